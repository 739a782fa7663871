"""A price that is quoted with no word on what it covers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT, CueClass
from replylint.context import Context
from replylint.diagnostic import Match
from replylint.language.doc import Doc, Hit, Range

#: As many sums in one reply are an itemised bill.
_ITEMISED = 3
#: So many words behind the colon or bracket that follows a sum say what it covers.
_LISTED = 3
#: A clause of fewer words is judged with its whole sentence.
_SHORT = 4
#: A sentence with so many tokens beside the sum is a bare value.
_BARE = 3


@dataclass(frozen=True, config=STRICT)
class PriceContents:
    """One match, the first price of a service, where nothing in the reply says what it includes.

    A price is a sum beside a phrase of `quotes`, or a bare sum that answers the client's question for the price; it is
    one of a service if a phrase of `services` stands in its sentence, the one before, or that question. Clauses with a
    phrase of `others` speak of other sums. `contents` say what a price covers wherever they stand, `counts` near it.
    """

    rule: str
    quotes: CueClass
    services: CueClass
    others: CueClass
    contents: CueClass
    counts: CueClass
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own: cue classes belong to the lexicon."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """The clause of the first such price."""
        doc = context.doc
        if doc.has(self.contents):
            return
        asked = self._service_was_asked(context)
        sums = [hit for hit in doc.find("@money") if self._is_sum(doc, hit)]
        prices = [hit for hit in (*sums, *(_bare_numbers(doc) if asked else ())) if not self._is_other(doc, hit)]
        if len({doc.clause_of[hit.first] for hit in prices}) >= _ITEMISED or any(
            self._says_more(doc, hit) for hit in prices
        ):
            return
        for hit in prices:
            if self._is_quote(doc, hit, asked):
                first, last = _clause(doc, hit.first)
                yield Match(doc.span(first, last), values={"match": doc.between(first, last)})
                return

    def _is_sum(self, doc: Doc, hit: Hit) -> bool:
        """Whether the hit names a figure of money ("free of charge" does not) in the letter's text."""
        if doc.sentences[doc.sentence_of[hit.first]].zone not in ("text", "list"):
            return False
        tokens = [doc.tokens[i] for i in range(hit.first, hit.last)]
        figure = any(token.kind == "number" for token in tokens) or doc.has("number-word", hit.first, hit.last)
        unit = any(token.kind == "sign" for token in tokens) or doc.has("currency", hit.first, hit.last)
        dated = any(d.first < hit.last and hit.first < d.last <= hit.last + 2 for d in doc.find("@date"))
        return figure and (unit or (doc.has(self.quotes, hit.first, hit.last) and not dated))

    def _is_other(self, doc: Doc, hit: Hit) -> bool:
        first, last = _clause(doc, hit.first)
        sentence = doc.sentences[doc.sentence_of[hit.first]]
        if doc.words(first, last) < _SHORT:
            first, last = sentence.first, sentence.last
        asks = any(doc.tokens[i].norm == "?" for i in range(hit.last, sentence.last))
        return asks or doc.has(self.others, first, last)

    def _service_was_asked(self, context: Context) -> bool:
        """Whether the client asked for the price of a service."""
        if context.dialogue is None or context.original is None:
            return False
        doc = context.original.doc
        for covered in context.dialogue.coverage:
            sentence = doc.sentences[doc.sentence_of[covered.ask.first]]
            if doc.has("asks-price", covered.ask.first, covered.ask.last) and doc.has(
                self.services, sentence.first, sentence.last
            ):
                return True
        return False

    def _is_quote(self, doc: Doc, hit: Hit, asked: bool) -> bool:
        number = doc.sentence_of[hit.first]
        sentence = doc.sentences[number]
        quoted = doc.has(self.quotes, sentence.first, sentence.last)
        bare = sentence.last - sentence.first <= hit.last - hit.first + _BARE
        named = doc.has(self.services, doc.sentences[max(0, number - 1)].first, sentence.last)
        return (quoted or (asked and bare)) and (asked or named)

    def _says_more(self, doc: Doc, hit: Hit) -> bool:
        """Whether counts stand near the sum, or words that explain it behind a colon or bracket."""
        number = doc.sentence_of[hit.first]
        near = doc.sentences[max(0, number - 1)].first, doc.sentences[min(len(doc.sentences) - 1, number + 1)].last
        sums = doc.cues_in("money", *near)
        if any(not any(m.first < c.last and c.first < m.last for m in sums) for c in doc.cues_in(self.counts, *near)):
            return True
        sentence = doc.sentences[number]
        marks = [i for i in range(hit.last, sentence.last) if doc.tokens[i].norm in (":", "(")]
        return bool(marks) and doc.words(marks[0], sentence.last) >= _LISTED


def _bare_numbers(doc: Doc) -> Iterator[Hit]:
    """Sentences that are nothing but a figure: the answer "1 400." to a client who asked for the price."""
    for sentence in doc.body:
        known = [doc.tokens[i].kind for i in range(sentence.first, sentence.last)]
        if "number" in known and set(known) <= {"number", "punct"}:
            yield Hit(sentence.first, sentence.first + known.index("number") + 1, 0)


def _clause(doc: Doc, index: int) -> Range:
    """The clause around a token, within its sentence."""
    sentence = doc.sentences[doc.sentence_of[index]]
    first = last = index
    while first > sentence.first and doc.clause_of[first - 1] == doc.clause_of[index]:
        first -= 1
    while last < sentence.last and doc.clause_of[last] == doc.clause_of[index]:
        last += 1
    while first < index and doc.tokens[first].kind == "punct":
        first += 1
    return first, last
