"""The words of all mail.yaml files, compiled once for finding the parts of a mail.

A mail's language is not known before its parts are, and people quote, greet and sign in several languages, so the words
of all languages are looked for together. Words are compared folded: case, е and ё, and apostrophes make no difference.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path

from replylint import strictyaml
from replylint.language.lexicon import FOLDER, MailWords

#: A word, a placeholder of a template, or an ampersand.
TOKEN = re.compile(
    r"\{\{[^{}\n]{1,60}\}\}|\{[$%]?\w{1,40}\}|\[[^\[\]\n]{1,30}\]|%\w{1,40}%|\w++(?:['’ʼ‘`´\-‑/]\w++)*+|&"
)
_FOLD = str.maketrans({"ё": "е", "Ё": "е", "’": "'", "ʼ": "'", "‘": "'", "`": "'", "´": "'", "‑": "-"})
#: What may stand between two words of a phrase.
_GAP = re.compile(r"[\s,\-–—:]{1,4}|\.\s?")
_HOLE = re.compile(r"\{(date|person|device|any|name)\}")


def fold(text: str) -> str:
    """Text in the form in which words are compared."""
    return text.translate(_FOLD).casefold()


@dataclass(frozen=True, slots=True)
class Token:
    """A word of a line: its folded form and its place in the line."""

    word: str
    start: int
    end: int


def tokens(text: str, limit: int = 40) -> list[Token]:
    """The first `limit` words of a line."""
    result = []
    for match in TOKEN.finditer(text):
        result.append(Token(fold(match[0]), match.start(), match.end()))
        if len(result) == limit:
            break
    return result


class Phrases:
    """A set of phrases, looked up at a place in a list of tokens; the longest wins."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in phrases:
            words = tuple(token.word for token in tokens(phrase))
            if words:
                self._by_first.setdefault(words[0], []).append(words)
        for known in self._by_first.values():
            known.sort(key=len, reverse=True)

    def at(self, text: str, words: Sequence[Token], index: int = 0) -> int:
        """How many tokens of `words` from `index` on are one of the phrases; 0 for none."""
        if index >= len(words):
            return 0
        for phrase in self._by_first.get(words[index].word, ()):
            last = index + len(phrase)
            if last <= len(words) and all(
                words[index + i].word == phrase[i]
                and (i == 0 or _GAP.fullmatch(text, words[index + i - 1].end, words[index + i].start))
                for i in range(len(phrase))
            ):
                return len(phrase)
        return 0

    def inside(self, text: str, words: Sequence[Token], index: int = 0) -> bool:
        """Whether one of the phrases stands anywhere from `index` on."""
        return any(self.at(text, words, i) for i in range(index, len(words)))


@dataclass(frozen=True)
class Attribution:
    """One kind of attribution line; `weak` ones need a quote right below to be believed."""

    phrase: str

    @property
    def literal(self) -> int:
        """How much of it is fixed: the one that leaves least to its holes tells best who and when."""
        return len(_HOLE.sub("", self.phrase))

    @property
    def weak(self) -> bool:
        """Whether it tells no date."""
        return "{date}" not in self.phrase

    @property
    def starts_with_person(self) -> bool:
        """Whether nothing marks its beginning, so that a line of the author's own could be taken for a name."""
        return self.phrase.startswith("{person}")

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Matches the whole of one, wrapped over several lines or not; compiled at the first mail that may need it."""
        regex = _regex(self.phrase)
        if self.phrase.startswith("{date}"):
            # nothing marks its beginning: the lines above are not part of it
            regex = regex.replace(r"\s{1,3}", r"[ \t\xa0]{1,3}", 1)
        return re.compile(rf"[\s\-*_—–]*{regex}[\s:：.\-*_—–]*", re.IGNORECASE | re.DOTALL)


#: At most three words before the first figure ("Mon, Feb 1", "среда, 5 марта"), then the rest of date and time.
_DATE = r"(?P<date{n}>(?:[^\W\d]{{1,14}}[.,]{{0,2}}\s{{1,3}}){{0,3}}\d.{{0,60}}?)"
_PARTS = {
    "date": _DATE,
    "person": r"(?P<person{n}>.{{1,160}}?)",
    "any": r".{{0,80}}?",
    "device": r"\S{{1,30}}(?:\s\S{{1,20}})?",
    "name": "",
}


def _regex(phrase: str) -> str:
    """The regular expression of a phrase with holes; literal words fold as `fold` does.

    Programs leave out the space after an address ("<a@b.c>wrote:") and before a link, so spaces beside holes may lack.
    """
    out, count = [], 0
    parts = _HOLE.split(phrase)
    for index, part in enumerate(parts):
        if index % 2:
            out.append(_PARTS[part].format(n=count))
            count += 1
            continue
        inner = re.escape(part.strip()).replace("\\ ", r"\s+").replace("ё", "[её]")
        before = (
            r"\s*" if part[:1] == " " and index and parts[index - 1] != "date" else r"\s+" if part[:1] == " " else ""
        )
        after = ""
        if part[-1:] == " " and part.strip():
            after = r"\b\s*" if index + 1 < len(parts) and parts[index + 1] == "any" else r"\s+"
        out.append(before + re.sub("['’]", "['’ʼ‘`]", inner) + after)
    return "".join(out)


@dataclass(frozen=True)
class Words:
    """Everything compiled."""

    greetings: Phrases
    salutations: Phrases
    exclamations: Phrases
    addressees: Phrases
    closings: Phrases
    askings: Phrases
    disclaimers: Phrases
    signature_words: Phrases
    posts: Phrases
    postscripts: Phrases
    separators: Phrases
    forward_separators: Phrases
    reply_markers: Phrases
    html_stubs: Phrases
    not_names: frozenset[str]
    reply_prefixes: frozenset[str]
    forward_prefixes: frozenset[str]
    #: Folded label → (language, field) of each language that has it.
    labels: dict[str, tuple[tuple[str, str], ...]]
    devices: re.Pattern[str]
    #: A word of an attribution pattern that must be there → the patterns; and all these words as one expression.
    attributions: dict[str, tuple[Attribution, ...]] = field(default_factory=dict)
    verbs: re.Pattern[str] = re.compile(r"(?!)")
    #: Beginnings of month names, folded → 1 to 12; the longest beginning that a word has tells.
    months: dict[str, int] = field(default_factory=dict)

    def month(self, word: str) -> int:
        """The number of the month that a word names, in any form or abbreviation; 0 for none."""
        folded = fold(word)
        return next(
            (self.months[folded[:size]] for size in range(min(len(folded), 8), 2, -1) if folded[:size] in self.months),
            0,
        )


def load() -> dict[str, MailWords]:
    """Language code → its MailWords: every mail.yaml, then headers.yaml for languages without one."""
    documents = strictyaml.load_kept([*sorted(FOLDER.glob("*/mail.yaml")), FOLDER / "headers.yaml"])
    headers = documents.pop()
    result = {Path(document.path).parent.name: document.validate(MailWords) for document in documents}
    for code, entries in (headers.data or {}).items():
        if code not in result:
            result[code] = headers.of(entries).validate(MailWords)
    return result


@lru_cache(maxsize=1)
def words() -> Words:
    """The compiled words of all languages."""
    all_words = load()
    every = list(all_words.values())

    def joined(name: str) -> list[str]:
        return [phrase for one in every for phrase in getattr(one, name)]

    labels: dict[str, list[tuple[str, str]]] = {}
    for code, one in all_words.items():
        for name, entries in one.header_labels.items():
            for label in entries:
                labels.setdefault(fold(label), []).append((code, name))
    greetings = joined("greetings")
    devices = "|".join(
        sorted({_regex(line).replace("date", "d") for line in joined("device_lines")}, key=len, reverse=True)
    )
    attributions = _attributions(joined("attributions"))
    return Words(
        greetings=Phrases(g for g in greetings if "{name}" not in g and not g.endswith("!")),
        exclamations=Phrases(g for g in greetings if g.endswith("!")),
        salutations=Phrases(g.replace("{name}", "") for g in greetings if "{name}" in g),
        addressees=Phrases(joined("addressees")),
        closings=Phrases(joined("closings")),
        askings=Phrases(joined("askings")),
        disclaimers=Phrases(joined("disclaimers")),
        signature_words=Phrases(joined("signature_words")),
        posts=Phrases(joined("posts")),
        postscripts=Phrases(joined("postscripts")),
        separators=Phrases(joined("separators")),
        forward_separators=Phrases(joined("forward_separators")),
        reply_markers=Phrases(joined("reply_markers")),
        html_stubs=Phrases(joined("html_stubs")),
        not_names=frozenset(fold(word) for word in joined("not_names")),
        reply_prefixes=frozenset(fold(word) for word in joined("reply_prefixes")),
        forward_prefixes=frozenset(fold(word) for word in joined("forward_prefixes")),
        labels={label: tuple(known) for label, known in labels.items()},
        devices=re.compile(rf"[\s<(\[«*_]{{0,3}}(?:{devices})[\s>)\]»*_.!]{{0,4}}", re.IGNORECASE),
        attributions=attributions,
        months={fold(stem): i + 1 for one in every for i, stems in enumerate(one.months) for stem in stems.split()},
        verbs=re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, attributions)) + r")(?!\w)", re.IGNORECASE),
    )


def _attributions(phrases: Iterable[str]) -> dict[str, tuple[Attribution, ...]]:
    """Patterns by the longest of their literal words, which a line must have for the pattern to be tried at all."""
    result: dict[str, list[Attribution]] = {}
    for phrase in dict.fromkeys(phrases):
        literal = [word for part in _HOLE.split(phrase)[::2] for word in re.findall(r"[^\W\d_]+", part)]
        key = max(literal, key=len).casefold()
        result.setdefault(key, []).append(Attribution(phrase))
    for known in result.values():
        known.sort(key=lambda one: one.literal, reverse=True)
    return {key: tuple(made) for key, made in result.items()}
