"""How often the language of a text is found out: `python benchmarks/identify.py --cases FOLDER`.

FOLDER holds labelled cases: YAML lists with `id`, `original` and `reply`; the language stands before the id's first
hyphen. Cases with a finding `wrong-language`, and those named by --skip, are left out: they mix languages on purpose.
The sentences of other languages are in other_languages.yaml beside this file.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterator
from pathlib import Path

from replylint import strictyaml
from replylint.language.identify import identify, identify_scored
from replylint.language.lexicon import languages

CUTS = (5, 10, 20, 0)


def texts(folder: Path, skip: list[str]) -> Iterator[tuple[str, str, str]]:
    """(language, where from, text) of every labelled text."""
    for path in sorted(folder.glob("*.yaml")):
        for case in strictyaml.load(path).data:
            mixed = any(finding["rule"] == "wrong-language" for finding in case.get("findings") or ())
            for part in ("original", "reply"):
                if (case.get(part) or "").strip() and not mixed and case["id"] not in skip:
                    yield case["id"].partition("-")[0], f"{case['id']} {part}", case[part]


def cut(text: str, words: int) -> str | None:
    """The text up to its `words`-th word, None where it has fewer; 0 for the whole."""
    ends = [match.end() for match in re.finditer(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text)]
    return text if not words else text[: ends[words - 1]] if len(ends) >= words else None


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, help="folder of labelled cases")
    parser.add_argument("--skip", nargs="*", default=[], metavar="ID", help="cases to leave out")
    parser.add_argument("--errors", action="store_true", help="name every text that was misjudged")
    options = parser.parse_args()
    if options.cases:
        labelled = list(texts(options.cases, options.skip))
        print("right of all, in per cent (share of sure guesses, and how many of those are wrong)\n")
        print("language " + "".join(f"{f'{words} words' if words else 'whole':>28}" for words in CUTS))
        for code in (*languages(), "all"):
            cells = []
            for words in CUTS:
                right = sure = sure_wrong = count = 0
                for language, name, text in labelled:
                    part = cut(text, words) if code in (language, "all") else None
                    if part is None:
                        continue
                    guess = identify_scored(part)
                    count += 1
                    right += guess.language == language
                    sure += guess.sure
                    sure_wrong += guess.sure and guess.language != language
                    if options.errors and code != "all" and guess.language != language:
                        print(f"  {name} ({words or 'whole'}): {guess.language}: {part[:120]!r}")
                share = f"{100 * right / count:.1f} of {count} " if count else "-"
                cells.append(f"{share + (f'({100 * sure / count:.0f}, {sure_wrong})' if count else ''):>28}")
            print(f"{code:9}{''.join(cells)}")
        start = time.perf_counter()
        for _, _, text in labelled:
            identify(text)
        print(f"\n{1000 * (time.perf_counter() - start) / len(labelled):.2f} ms a text, warm\n")
    taken = total = 0
    for language, sentences in strictyaml.load(Path(__file__).with_name("other_languages.yaml")).data.items():
        wrong = [(sentence, code) for sentence in sentences if (code := identify(sentence)) != "und"]
        whole = identify(" ".join(sentences))
        taken, total = taken + len(wrong), total + len(sentences)
        print(f"{language:25}{len(wrong):3} of {len(sentences)} sentences taken for one of ours; all together: {whole}")
        if options.errors:
            print("".join(f"  {code}: {sentence}\n" for sentence, code in wrong), end="")
    print(f"{'all':25}{taken:3} of {total} ({100 * taken / total:.1f} %)")


if __name__ == "__main__":
    main()
