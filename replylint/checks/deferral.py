"""What is put off without saying until when."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT, CueClass
from replylint.context import Context
from replylint.diagnostic import Match, Related
from replylint.language.doc import Doc, Range


@dataclass(frozen=True, config=STRICT)
class Deferral:
    """Sentences that put an answer or an act off, where neither they nor the next one hold a phrase of `dates`.

    `present` are the cue classes that put off. Phrases that lie within one of `apart_from` do not count. Where the
    client's message is at hand, the place where one of his asks is put off without a date counts too.
    """

    rule: str
    present: tuple[CueClass, ...]
    dates: tuple[CueClass, ...]
    apart_from: tuple[CueClass, ...] = ()
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own: cue classes belong to the lexicon."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match a sentence: from its first phrase that puts off to its last, or what the client's ask got."""
        doc = context.doc
        told: set[int] = set()
        for number, sentence in enumerate(doc.sentences):
            if sentence.zone not in ("text", "list") or self._is_dated(doc, number):
                continue
            hits = [
                hit
                for name in self.present
                for hit in doc.cues_in(name, sentence.first, sentence.last)
                if not self._is_apart(doc, (hit.first, hit.last))
            ]
            if hits:
                told.add(number)
                first, last = _clauses(doc, min(hit.first for hit in hits), max(hit.last for hit in hits))
                yield Match(doc.span(first, last), True, {"match": doc.between(first, last)})
        yield from self._put_off(context, told)

    def _put_off(self, context: Context, told: set[int]) -> Iterator[Match]:
        """The sentences in which asks of the client's are put off, apart from those told already."""
        doc = context.doc
        for covered in context.dialogue.coverage if context.dialogue else ():
            if covered.status != "deferred-without-date" or covered.band == "unclear" or not covered.answers:
                continue
            first, last = doc.tokens_in(covered.answers[0].start, covered.answers[0].end)
            number = doc.sentence_of[first]
            if number not in told and not self._is_dated(doc, number):
                told.add(number)
                related = (Related(covered.ask.span, "asked here"),)
                values = {"match": doc.between(first, last)}
                yield Match(doc.span(first, last), covered.band == "sure", values, related=related)

    def _is_dated(self, doc: Doc, number: int) -> bool:
        following = doc.sentences[min(number + 1, len(doc.sentences) - 1)]
        return any(doc.has(name, doc.sentences[number].first, following.last) for name in self.dates)

    def _is_apart(self, doc: Doc, place: Range) -> bool:
        return any(
            hit.first <= place[0] and place[1] <= hit.last for name in self.apart_from for hit in doc.find("@" + name)
        )


def _clauses(doc: Doc, first: int, last: int) -> Range:
    """From the beginning of the first token's clause to the end of the last one's, without the marks around."""
    sentence = doc.sentences[doc.sentence_of[first]]
    clause, other = doc.clause_of[first], doc.clause_of[last - 1]
    while first > sentence.first and doc.clause_of[first - 1] == clause:
        first -= 1
    while last < sentence.last and doc.clause_of[last] == other:
        last += 1
    first = max(first, min(doc.opening(first), last - 1))
    while doc.tokens[first].kind == "punct" and first < last - 1:
        first += 1
    while doc.tokens[last - 1].kind in ("punct", "dots", "emoji") and first < last - 1:
        last -= 1
    return first, last
