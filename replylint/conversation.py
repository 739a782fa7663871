"""All that a check of threads may look at: the mails of one conversation in order, and what was open after each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from replylint.config import Config
from replylint.context import Letter
from replylint.dialogue.judge import Status
from replylint.mail.message import Span

#: Who speaks: we to the client, the client, or we among ourselves; machines (automatic replies) say nothing.
Side = Literal["us", "client", "ourselves", "machine"]


@dataclass(frozen=True)
class Open:
    """An ask of the client's that is open: its place in the thread, what our mails made of it so far, and how surely.

    `status` is None where none of our mails has come since.
    """

    span: Span
    status: Status | None = None
    sure: bool = True


@dataclass(frozen=True)
class Turn:
    """One mail of a thread, and the client's asks that are open after it. Its part is `history.N`, N its number."""

    letter: Letter
    side: Side
    open: tuple[Open, ...] = ()

    @property
    def date(self) -> datetime | None:
        """When it was sent, as its header says."""
        return self.letter.message.date


@dataclass(frozen=True)
class Conversation:
    """A thread with the moment to judge it by; `now` is None where no mail is dated."""

    turns: tuple[Turn, ...]
    config: Config
    language: str
    now: datetime | None = None

    def end_of(self, number: int) -> Span:
        """An empty span at the end of the author's words of a mail: the place of what should have followed it."""
        doc = self.turns[number].letter.doc
        at = doc.tokens[-1].end if doc.tokens else 0
        return Span(doc.part, at, at)

    def text_of(self, span: Span) -> str:
        """The shown text at a span of one of the mails."""
        _, number, part = span.part.split(".")
        return self.turns[int(number)].letter.text_at(Span(part, span.start, span.end))
