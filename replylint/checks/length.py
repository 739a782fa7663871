"""Sentences and paragraphs that are too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import ClassVar, Literal

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context
from replylint.diagnostic import Match
from replylint.language.doc import Doc, Range
from replylint.language.lexicon import lexicon

Unit = Literal["sentence", "paragraph"]
#: Marks after which a line break does not end a sentence whose full stop was forgotten.
_GOES_ON = frozenset(',;:(-–—«„"')


@dataclass(frozen=True, config=STRICT)
class Length:
    """Units of running text with more words than `words`: one number, or one for each language.

    Where none is given, the language's own limit counts (`limits: {sentence_words: …}` in language.yaml). List items
    and the words of postal addresses do not count.
    """

    rule: str
    unit: Unit
    words: int | Mapping[str, int] | None = None
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None: words are counted."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """Each unit that is past the limit."""
        doc, limit = context.doc, self._limit(context.language)
        for first, last in _sentences(doc) if self.unit == "sentence" else _paragraphs(doc):
            if limit is None or doc.words(first, last) <= limit:
                continue
            words = doc.words(first, last) - _address_words(doc, first, last)
            if words > limit:
                yield Match(doc.span(first, last), values={"words": str(words), "limit": f"{limit:g}"})

    def _limit(self, language: str) -> float | None:
        own = self.words.get(language) if isinstance(self.words, Mapping) else self.words
        return own if own is not None else lexicon(language).language.limits.get(f"{self.unit}_words")


def _sentences(doc: Doc) -> Iterator[Range]:
    """The sentences of running text. One whose full stop was forgotten at a line's end is two, and the items of
    a list are each their own.
    """
    for sentence in doc.sentences:
        if sentence.zone != "text":
            continue
        first, is_list = sentence.first, _is_inline_list(doc, sentence.first, sentence.last)
        for index in range(sentence.first + 1, sentence.last):
            before, here = doc.tokens[index - 1], doc.tokens[index]
            is_break = "\n" in doc.text[before.end : here.start] and before.norm not in _GOES_ON
            if (is_break and doc.text[here.start].isupper()) or (is_list and before.norm in (":", ";")):
                yield first, index
                first = index
        yield first, sentence.last


def _is_inline_list(doc: Doc, first: int, last: int) -> bool:
    """Whether items follow a colon, semicolons between them: a list that is not set as one."""
    marks = [token.norm for token in doc.tokens[first:last] if token.norm in (":", ";")]
    return marks[:1] == [":"] and marks.count(";") >= 2


def _paragraphs(doc: Doc) -> Iterator[Range]:
    running = [sentence for sentence in doc.sentences if sentence.zone == "text"]
    for _, group in groupby(running, key=lambda sentence: sentence.paragraph):
        inside = list(group)
        yield inside[0].first, inside[-1].last


def _address_words(doc: Doc, first: int, last: int) -> int:
    """The words of the postal addresses there."""
    return sum(doc.words(hit.first, hit.last) for hit in doc.cues_in("postal-address", first, last))
