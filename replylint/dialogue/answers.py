"""A reply cut into segments, each with the evidence of an answer that it holds."""

from __future__ import annotations

from dataclasses import dataclass

from replylint.language.doc import Doc
from replylint.mail.message import Span

#: Cue classes and token kinds that are noted of each segment.
VALUES = (
    "money",
    "date",
    "time",
    "duration",
    "place",
    "person",
    "percent",
    "size",
    "reason",
    "steps",
    "counted",
    "duty",
    "permission",
    "stock",
    "inclusion",
    "received",
)
ACTS = (
    "yes",
    "no",
    "negation",
    "done",
    "promise",
    "refusal",
    "deferral",
    "no-date",
    "attached",
    "apology",
    "thanks",
    "wish",
    "topic",
    "joint",
    "counter-question",
    "courtesy-offer",
    "mere-invitation",
    "summary",
    "next-step",
    "nothing-needed",
    "general",
    "addressee",
    "ourselves",
)


@dataclass(frozen=True)
class Segment:
    """One sentence of the reply: its tokens (half-open), what it holds, and the numbers of questions that it names."""

    span: Span
    first: int
    last: int
    paragraph: int
    holds: frozenset[str]
    number: int | None = None
    is_question: bool = False


def segments(doc: Doc) -> list[Segment]:
    """The sentences between greeting and closing, in order."""
    result = []
    for sentence in doc.sentences:
        if sentence.zone not in ("text", "list"):
            continue
        first, last = sentence.first, sentence.last
        holds = {name for name in (*VALUES, *ACTS) if doc.has(name, first, last)}
        for index in range(first, last):
            kind = doc.tokens[index].kind
            if kind in ("number", "url", "email", "file", "placeholder", "clock", "day"):
                holds.add(kind)
            elif "<name>" in doc.tokens[index].keys:
                holds.add("name")
        is_question = any(doc.tokens[i].norm == "?" for i in range(max(first, last - 2), last))
        result.append(
            Segment(
                doc.span(first, last),
                first,
                last,
                sentence.paragraph,
                frozenset(holds),
                _names_number(doc, first, last),
                is_question,
            )
        )
    return result


def _names_number(doc: Doc, first: int, last: int) -> int | None:
    """The number of a question that the segment names, as its list number or in words ("question 2")."""
    reference = doc.first_cue("ordinal-reference", first, min(first + 8, last))
    if reference:
        digits = next(
            (doc.tokens[i].norm for i in range(reference.first, reference.last) if doc.tokens[i].norm.isdigit()), None
        )
        if digits is not None and len(digits) <= 2:
            return int(digits)
    token = doc.tokens[first]
    labelled = first + 1 < last and doc.tokens[first + 1].norm in (".", ")")
    return int(token.norm) if labelled and token.norm.isdigit() and len(token.norm) <= 2 else None
