"""Answers in another order than the questions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context
from replylint.diagnostic import Match, Related
from replylint.dialogue.coverage import Coverage
from replylint.dialogue.judge import Exchange
from replylint.dialogue.links import Links, links

#: What a passage may hold that answers nothing.
_IDLE = frozenset({"thanks", "wish", "apology", "courtesy-offer", "mere-invitation"})


class _Answer(NamedTuple):
    """An ask by its number in the client's mail, and the segments that answer it, best first."""

    ask: int
    segments: tuple[int, ...]
    covered: Coverage


@dataclass(frozen=True, config=STRICT)
class OutOfOrder:
    """One match, the first answer that stands before the answer to an earlier question.

    Where an answer stands is what a judge thinks, so the two must be surely tied: each shares rarer words with its own
    question than with the other's, by `margin` in all; each is at least as likely as `confidence`, and surely so from
    `sure` on. Answers that name their question's number, or stand under it quoted, may come as they like; so may those
    that share a passage, and those that are mere thanks, wishes or regrets.
    """

    rule: str
    confidence: float = 0.75
    sure: float = 0.9
    margin: float = 0.8
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """The first answer out of place, with its question and the one whose answer should come first."""
        dialogue, original = context.dialogue, context.original
        if dialogue is None or original is None or dialogue.in_order is not False or _quotes(context):
            return
        answers = [a for a in self._trusted(dialogue.coverage) if not _IDLE & dialogue.segments[a.segments[0]].holds]
        if any(dialogue.segments[s].number is not None for answer in answers for s in answer.segments[:1]):
            return
        pairs = [
            (early, late)
            for early in answers
            for late in answers
            if early.ask > late.ask and max(early.segments) < min(late.segments)
        ]
        if not pairs:
            return
        asks = [covered.ask for covered in dialogue.coverage]
        tied = links(Exchange(original.doc, context.doc, asks, dialogue.segments))
        fitting = [pair for pair in pairs if self._are_tied(tied, *pair)]
        if fitting:
            early, late = min(fitting, key=lambda pair: (-_confidence(pair), pair[0].segments[0], pair[1].ask))
            yield Match(
                dialogue.segments[early.segments[0]].span,
                _confidence((early, late)) >= self.sure,
                values={"ask": str(early.ask + 1), "before": str(late.ask + 1)},
                related=(
                    Related(early.covered.ask.span, "this is the question that it answers"),
                    Related(late.covered.ask.span, "this was asked before, and is answered later"),
                ),
            )

    def _trusted(self, coverage: Sequence[Coverage]) -> list[_Answer]:
        """The answers whose place is their own and likely enough."""
        shared = Counter(covered.segments[0] for covered in coverage if covered.segments)
        return [
            _Answer(number, covered.segments, covered)
            for number, covered in enumerate(coverage)
            if covered.segments
            and covered.status != "unanswered"
            and covered.confidence >= self.confidence
            and shared[covered.segments[0]] == 1
        ]

    def _are_tied(self, tied: Links, early: _Answer, late: _Answer) -> bool:
        """Whether each of two answers belongs to its own question rather than to the other's."""
        one, two = early.segments[0], late.segments[0]
        own = tied.best(early.ask, one), tied.best(late.ask, two)
        crossed = tied.best(early.ask, two), tied.best(late.ask, one)
        return min(own) > 0 and own[0] > crossed[1] and own[1] > crossed[0] and sum(own) - sum(crossed) >= self.margin


def _confidence(pair: tuple[_Answer, _Answer]) -> float:
    return min(answer.covered.confidence for answer in pair)


def _quotes(context: Context) -> bool:
    """Whether own text stands below a quote: an answer in between, each under its question."""
    kinds = [block.kind for block in context.reply.blocks]
    return "quote" in kinds and any(kind in ("text", "list") for kind in kinds[kinds.index("quote") :])
