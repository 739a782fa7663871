"""Text → tokens: words, numbers, links, placeholders, signs. Offsets are code points; nothing is changed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

from replylint.language.keys import fold

Kind = Literal[
    "word", "number", "day", "clock", "url", "email", "file", "placeholder", "sign", "emoji", "dots", "punct"
]

#: Characters that are not seen, or only change the letter before them: they belong to the word around them.
_UNSEEN = r"\u0300-\u036f\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufe0e\ufe0f\ufeff"
_INNER = rf"[\w{_UNSEEN}]"
#: Every quantifier is bounded or cannot overlap its neighbour, so that no text takes more than linear time.
_TOKEN = re.compile(
    rf"""
    (?P<placeholder>\{{\{{[^{{}}\n]{{0,200}}\}}\}}|\{{%[^%\n]{{0,200}}%\}}|%\{{\w{{1,60}}\}}
        |\$?\{{\$?[^\W\d][\w.$ -]{{0,60}}\}}
        |%[A-Z][A-Z_0-9]{{1,40}}%|\[[A-Z][A-Z_ ]{{1,40}}\]|<[^\W\d][\w ]{{0,40}}>)
  | (?P<url>(?:https?://|www\.)[^\s<>"«»“”]{{0,2000}}[^\s<>"«»“”.,;:!?)\]}}'…]
        |(?<![\w@.-])[a-z0-9][a-z0-9-]{{0,62}}(?:\.[a-z0-9-]{{1,63}}){{0,5}}
            \.(?:com|org|net|eu|ee|ru|ua|uk|io|info|de|fi|lv|lt|pl|example|test)
            (?![\w-])(?:/[^\s<>"«»“”]{{0,2000}}[^\s<>"«»“”.,;:!?)\]}}'…])?)
  | (?P<email>[\w.+-]{{1,64}}@[\w-]{{1,63}}(?:\.[\w-]{{1,63}}){{1,5}})
  | (?P<file>[\w-]{{1,100}}(?:\.[\w-]{{1,20}}){{0,3}}\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|png|jpe?g|gif|tiff?|svg|zip
        |rar|7z|csv|txt|mp[34]|wav|mov|psd|indd|ics|eml)\b)
  | (?P<clock>\d{{1,2}}:\d{{2}}(?![\d:]))
  | (?P<always>24/7(?![\d/]))
  | (?P<day>\d{{4}}-\d{{2}}-\d{{2}}(?!\d)|\d{{1,2}}(?P<sep>[./-])\d{{1,2}}(?P=sep)(?:\d{{4}}|\d{{2}})(?!\d)
        |\d{{1,2}}/\d{{1,2}}(?![\d/]))
  | (?P<number>\d{{1,3}}(?:[ \u00a0\u202f\u2009.,]\d{{3}}(?!\d)){{1,6}}(?:[.,]\d{{1,2}}(?!\d))?|\d++(?:[.,]\d++){{0,6}})
  | (?P<abbreviation>(?:[^\W\d_]{{1,3}}\.){{2,6}}(?!\w))
  | (?P<word>[^\W_]{_INNER}*(?:['’ʼ‘`‐‑-]\w{_INNER}*)*)
  | (?P<sign>[€$£₽₴¥₸%‰°№§])
  | (?P<emoji>[:;=]-?[()DPp]+(?!\w)|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?|\){{2,}})
  | (?P<dots>\.{{2,}}|…)
  | (?P<punct>[^\w\s{_UNSEEN}]|_)
    """,
    re.VERBOSE,
)
_STRANGE = re.compile(rf"[\s{_UNSEEN}]")
_DASHES, _QUOTES = frozenset("-–—−‐‑"), frozenset('"«»“”„‟')


class RawToken(NamedTuple):
    """A token's place and kind."""

    start: int
    end: int
    kind: Kind


class Options(NamedTuple):
    """What the tokenizer has to know of a language.

    `clitics` splits a word's end off ("don't" → "do", "n't"); `ordinals` are endings that stay with a number ("14th",
    "21-го"): other letters that follow one are a word of their own ("9am", "15kg"); `apart` finds abbreviations of
    several parts also where they are written with spaces ("т. е.").
    """

    clitics: re.Pattern[str] | None = None
    ordinals: frozenset[str] = frozenset()
    apart: re.Pattern[str] | None = None


def options(clitics: Sequence[str], ordinals: Sequence[str], abbreviations: Sequence[str]) -> Options:
    """The options of a language from the words in its lexicon."""
    ends = sorted((fold(c) for c in clitics), key=len, reverse=True)
    pattern = "|".join(re.escape(c).replace("'", "['’ʼ‘`]") for c in ends)
    several = {a for a in abbreviations if re.fullmatch(r"(?:[^\W\d_]{1,3}\. ?){2,6}", a)}
    spaced = "|".join(
        sorted({r"\.\s?".join(p.strip() for p in a.split(".") if p) + r"\." for a in several}, key=len, reverse=True)
    )
    return Options(
        re.compile(f"(?:{pattern})$", re.IGNORECASE) if ends else None,
        frozenset(map(fold, ordinals)),
        re.compile(rf"(?:{spaced})(?!\w)", re.IGNORECASE) if several else None,
    )


def tokens(text: str, start: int, end: int, known: Options) -> Iterator[RawToken]:
    """The tokens of `text[start:end]`, in order and disjoint."""
    match = _TOKEN.search(text, start, end)
    while match:
        kind, first, last = match.lastgroup or "punct", match.start(), match.end()
        if kind == "number":
            last, kind = _number_end(text, last, end, known.ordinals)
        elif kind in ("word", "abbreviation"):
            whole = known.apart.match(text, first, end) if known.apart and last - first <= 4 else None
            if whole and whole.end() > last:
                last = whole.end()
            elif kind == "word":
                while text[last - 1] == "_":  # emphasis, not part of a name_with_underscores
                    last -= 1
                cut = known.clitics.search(text, first, last) if known.clitics else None
                if cut and cut.start() > first:
                    yield RawToken(first, cut.start(), "word")
                    first = cut.start()
            kind = "word"
        elif kind == "always":
            kind = "number"
        yield RawToken(first, last, kind)  # type: ignore[arg-type]
        match = _TOKEN.search(text, last, end)


def _number_end(text: str, last: int, end: int, ordinals: frozenset[str]) -> tuple[int, str]:
    """Where a number ends whose digits end at `last`, its ordinal ending included; a code such as 12ab34 is a word."""
    hyphen = last < end - 1 and text[last] in "-‐‑"
    run = start = last + hyphen
    while run < end and text[run].isalpha():
        run += 1
    if run > start and (run == end or not text[run].isalnum()) and fold(text[last:run]) in ordinals:
        return run, "number"
    if not hyphen and run > start and run < end and text[run].isdigit():
        while run < end and text[run].isalnum():
            run += 1
        return run, "word"
    return last, "number"


def norm(form: str) -> str:
    """A token's form as it is compared: folded, composed, the unseen left out; "т. е." is "т.е.", "1 850" "1850"."""
    if not form.isascii() or " " in form:
        if _STRANGE.search(form):
            form = _STRANGE.sub(
                lambda m: m[0] if "\u0300" <= m[0] <= "\u036f" else "", unicodedata.normalize("NFC", form)
            )
        elif len(form) == 1 and form in _DASHES:
            return form
    return fold(form)


def mark_key(normed: str, kind: str) -> str:
    """The key of a mark: all dashes are alike, all quotation marks, and three dots however they are typed."""
    if kind == "dots":
        return "…"
    return "-" if normed in _DASHES else '"' if normed in _QUOTES else "'" if normed in "'‘’" else normed
