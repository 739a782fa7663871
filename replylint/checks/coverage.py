"""Asks of the client's that the reply leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context
from replylint.diagnostic import Match, Related
from replylint.dialogue.asks import AskKind
from replylint.dialogue.judge import Status


@dataclass(frozen=True, config=STRICT)
class CoverageCheck:
    """One match for each ask of `kind` whose status is one of `statuses` and surely or likely so: an absence at the
    end.
    """

    rule: str
    kind: AskKind = "question"
    statuses: tuple[Status, ...] = ("unanswered",)
    needs: ClassVar[frozenset[str]] = frozenset({"original"})

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None: what was asked and answered is found by the dialogue."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """The open asks, in the order in which they were made."""
        if context.dialogue is None or context.original is None:
            return
        for number, covered in enumerate(context.dialogue.everything, 1):
            if covered.ask.kind != self.kind or covered.status not in self.statuses or covered.band == "unclear":
                continue
            if covered.reported:
                continue
            text = context.text_of(covered.ask.span)
            yield Match(
                context.end_of_own_text(),
                covered.band == "sure",
                {"ask": " ".join(text.split()), "number": str(number), "why": covered.why},
                related=(Related(covered.ask.span, "asked here"),),
            )
