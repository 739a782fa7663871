"""Suppressions that do nothing, and those that give no reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context
from replylint.diagnostic import Match


@dataclass(frozen=True, config=STRICT)
class Suppressions:
    """Judges the suppressions of a text; runs after all other rules, when it is known what they did."""

    rule: str
    fault: Literal["unused", "no-reason"]
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match a rule that is suppressed for nothing, or a suppression without a reason."""
        if self.fault == "unused":
            for idle in context.idle:
                name = f"ignore {idle.rule}" if idle.rule else ""
                yield Match(idle.suppression.span, values={"match": name, "why": idle.why})
        else:
            for one in context.suppressions:
                if not one.reason and not one.fault:
                    yield Match(one.span, values={"match": f"ignore {', '.join(one.rules)}"})
