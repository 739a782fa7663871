"""Acronyms that the client may not know."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context
from replylint.diagnostic import Match
from replylint.language.acronyms import acronym_in
from replylint.language.doc import Doc
from replylint.language.lexicon import Lexicon, common_acronyms, lexicon

#: An acronym that is not in the lexicon has at least so many letters: with fewer it is a code, initials or a name.
_LEAST = 3
#: So many words in capitals in a row are shouted, or a heading.
_SHOUTED = 3


@dataclass(frozen=True, config=STRICT)
class Acronyms:
    """Each acronym that is not commonly known, at its first place; unsure of those that many know.

    `left_to`: rules whose phrases are theirs alone, such as terms that are jargon.
    """

    rule: str
    left_to: tuple[str, ...] = ()
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None: acronyms are told by their shape."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """In the order of the text."""
        doc, known = context.doc, _Known(lexicon(context.language))
        taken = {
            index
            for rule in self.left_to
            for name in ("phrases", "unsure")
            for hit in doc.find(f"{rule}:{name}")
            for index in range(hit.first, hit.last)
        }
        seen: set[str] = set()
        for sentence in doc.body:
            for index in range(sentence.first, sentence.last):
                token = doc.tokens[index]
                if token.kind != "word" or index in taken:
                    continue
                form = doc.text[token.start : token.end]
                base = acronym_in(form, known.endings)
                if base is None or base in seen or known.common(base) or _is_part(doc, index):
                    continue
                if base not in known.listed and (len(base) < _LEAST or known.is_word(base) or _is_shouted(doc, index)):
                    continue
                seen.add(base)
                yield Match(doc.span(index, index + 1), base not in known.half, {"match": base})


class _Known:
    """What a language's lexicon, and that of all languages, say about words in capitals."""

    def __init__(self, lex: Lexicon) -> None:
        ours, every = lex.acronyms, common_acronyms()
        self.endings = ours.endings
        self._common = frozenset(ours.known).union(every.known)
        self.half = frozenset(ours.half_known).union(every.half_known)
        self.listed = self.half.union(ours.unknown)
        self._keys, self._vowels = lex.keys, frozenset(lex.language.vowels)

    def common(self, base: str) -> bool:
        """Whether any client knows it."""
        return base in self._common and base not in self.half

    def is_word(self, base: str) -> bool:
        """Whether it is an ordinary word in capitals: one that the dictionary has and that can be spoken."""
        word = base.lower()
        return not self._vowels.isdisjoint(word) and self._keys.knows(word)


def _is_part(doc: Doc, index: int) -> bool:
    """Whether it is part of a code, a name or another mark: "AB 1234", "P&L", "R/D", "#TAG"."""
    token = doc.tokens[index]
    if index + 1 < len(doc.tokens):
        after = doc.tokens[index + 1]
        if after.kind in ("number", "day") or (after.start == token.end and after.norm in ("&", "/", "_", "+", "@")):
            return True
        if after.kind == "word" and any(letter.isdigit() for letter in after.norm):
            return True
    before = doc.tokens[index - 1] if index else None
    return before is not None and before.end == token.start and before.norm not in ('"', "(", "«", "„", "“", "'", "*")


def _is_shouted(doc: Doc, index: int) -> bool:
    """Whether the words around it stand in capitals too."""
    sentence = doc.sentences[doc.sentence_of[index]]
    first = last = index
    low, high = max(sentence.first, index - _SHOUTED), min(sentence.last, index + _SHOUTED)
    while first > low and _in_capitals(doc, first - 1):
        first -= 1
    while last + 1 < high and _in_capitals(doc, last + 1):
        last += 1
    return last - first + 1 >= _SHOUTED


def _in_capitals(doc: Doc, index: int) -> bool:
    token = doc.tokens[index]
    form = doc.text[token.start : token.end]
    return token.kind == "word" and form.isupper() and len(form) > 1
