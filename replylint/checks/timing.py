"""How long the client has waited."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import ClassVar

from pydantic import Field
from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context
from replylint.diagnostic import Match
from replylint.mail.message import Span


@dataclass(frozen=True, config=STRICT)
class SlowReply:
    """The reply's Date is more than `hours` after the original's, and the text does not apologise for the wait.

    A word of ours in between (a confirmation that the letter has come) is an answer in time.
    """

    rule: str
    hours: float = Field(default=2, ge=0)
    needs: ClassVar[frozenset[str]] = frozenset({"envelope"})

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match, where the apology belongs: at the beginning of the text."""
        assert context.original is not None
        asked, sent = context.original.message.date, context.reply.message.date
        if asked is None or sent is None or sent - asked <= timedelta(hours=self.hours):
            return
        for letter in context.history:
            ours = any(context.us.include(one.address) for one in letter.message.from_)
            if ours and letter.message.date is not None and asked < letter.message.date < sent:
                return
        doc = context.doc
        if any(doc.has(cue) for cue in ("wait-apology", "earlier-contact")):
            return
        start = doc.tokens[doc.body[0].first].start if doc.body else 0
        yield Match(Span("body", start, start), values={"wait": _in_words(sent - asked)})


def _in_words(wait: timedelta) -> str:
    hours = round(wait.total_seconds() / 3600)
    return f"{hours} hours" if hours < 48 else f"{round(hours / 24)} days"
