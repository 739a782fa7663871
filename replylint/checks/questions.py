"""Several questions of ours in running text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context
from replylint.diagnostic import Edit, Fix, Match
from replylint.dialogue.asks import Ask
from replylint.language.doc import Doc, Range, Sentence
from replylint.mail.message import Span

#: Between two things asked for in one go stand no more tokens than these ("and", "your", an adjective or two).
_BETWEEN_ITEMS = 4
#: Openings that make a question of their own, with or without a question mark.
_INDIRECT = frozenset({"indirect", "ask-for-information"})
_ASKING = frozenset({"question-word", "question-start", "question-inside", "whether"})


@dataclass(frozen=True, config=STRICT)
class UnnumberedQuestions:
    """Two or more questions to the reader, or two or more pieces of information asked for, that are not items of a
    list.
    """

    rule: str
    least: int = 2
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match from the first such question to the end of the last."""
        doc = context.doc
        places = [(ask.first, ask.last) for ask in context.reply.asks if _is_ours(doc, ask)]
        items = _items_asked_for(doc)
        ranges = sorted({*places, *(r for r in items if not any(p[0] <= r[0] < p[1] for p in places))})
        joined, listed = _further_questions(doc, context.reply.asks, ranges)
        ranges = sorted({*ranges, *joined})
        if len(ranges) < self.least:
            return
        ranges = sorted({*ranges, *listed})
        first, last = ranges[0][0], max(r[1] for r in ranges)
        while last < len(doc.tokens) and doc.tokens[last].norm in ("?", "!"):
            last += 1
        yield Match(doc.span(first, last), values={"count": str(len(ranges))}, fix=_fix(doc, places))


def _is_ours(doc: Doc, ask: Ask) -> bool:
    """A question that wants an answer: not an item of a numbered list, no courtesy, no mere invitation."""
    sentence = doc.sentences[ask.sentence]
    if ask.kind != "question" or _is_numbered(doc, sentence):
        return False
    if not doc.has_mark("?", ask.first, sentence.last) and not _is_indirect(doc, ask):
        return False
    return not any(doc.has(cue, sentence.first, sentence.last) for cue in ("courtesy-offer", "mere-invitation"))


def _is_indirect(doc: Doc, ask: Ask) -> bool:
    """Whether it asks without a question mark: "tell us which …", or a further question of such a sentence."""
    if ask.opening in _ASKING:
        sentence = doc.sentences[ask.sentence]
        return any(doc.has(cue, sentence.first, ask.first) for cue in ("indirect", "ask-for-information"))
    return any(name in _ASKING for name in ask.members)


def _further_questions(doc: Doc, asks: Sequence[Ask], ranges: Sequence[Range]) -> tuple[set[Range], set[Range]]:
    """Question words that begin a further question within an indirect one: behind a joiner ("which size and where to
    send it"), and behind a mere comma, where the clause may as well belong to the one before.
    """
    words, joiners = doc.starts("@question-word"), doc.starts("@joiner")
    joined: set[Range] = set()
    listed: set[Range] = set()
    for ask in asks:
        if not _is_ours(doc, ask) or not (ask.opening in _INDIRECT or set(ask.members) & _INDIRECT):
            continue
        seen = False
        for index in range(ask.first, ask.last):
            ends = words.get(index)
            if not ends:
                continue
            place = (index, max(ends))
            if seen and not any(first == index for first, _ in ranges):
                if index - 1 in joiners:
                    joined.add(place)
                elif doc.clause_of[index] != doc.clause_of[index - 1]:
                    listed.add(place)
            seen = True
    return joined, listed


def _is_numbered(doc: Doc, sentence: Sentence) -> bool:
    """Whether the sentence stands in an item of a numbered list."""
    return sentence.zone == "list" and doc.tokens[doc.paragraph(sentence.paragraph)[0]].kind == "number"


def _items_asked_for(doc: Doc) -> list[tuple[int, int]]:
    """The pieces of information that sentences ask for ("tell us your order number and your size")."""
    result: list[tuple[int, int]] = []
    for sentence in doc.body:
        opening = doc.first_cue("ask-for-information", sentence.first, sentence.last)
        if opening is None or _is_numbered(doc, sentence):
            continue
        items: list[tuple[int, int]] = [(opening.first, opening.last)]
        for hit in doc.cues_in("information-item", opening.last, sentence.last):
            between = range(items[-1][1], hit.first)
            if len(between) > _BETWEEN_ITEMS:
                break
            if len(items) > 1 and not any(doc.tokens[i].norm == "," or doc.starts("@joiner").get(i) for i in between):
                continue
            items.append((hit.first, hit.last))
        if len(items) > 1:
            result.extend([(items[0][0], items[1][1]), *items[2:]])
    return result


def _fix(doc: Doc, places: list[tuple[int, int]]) -> Fix | None:
    """A numbered list, where the questions are whole sentences that follow each other in one paragraph."""
    numbers = [doc.sentence_of[first] for first, _ in places]
    if len(places) < 2 or numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        return None
    sentences = [doc.sentences[n] for n in numbers]
    if len({s.paragraph for s in sentences}) > 1:
        return None
    lines = [f"{i}. {' '.join(doc.between(s.first, s.last).split())}" for i, s in enumerate(sentences, 1)]
    span = doc.span(sentences[0].first, sentences[-1].last)
    start = len(doc.text[: span.start].rstrip(" "))
    span = Span(span.part, start, span.end)
    before = "" if sentences[0].first == 0 or doc.text[: span.start].endswith("\n") else "\n"
    after = "" if doc.text[span.end : span.end + 1] in ("", "\n") else "\n"
    return Fix("number the questions", True, (Edit(span, before + "\n".join(lines) + after),))
