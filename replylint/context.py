"""All that a check may look at. Built by the linter, read by checks and conditions, changed by none."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from replylint.config import Config, TextKind
from replylint.dialogue.asks import Ask, find_asks
from replylint.dialogue.coverage import Dialogue
from replylint.language.doc import Doc
from replylint.mail.message import Block, Message, Span, Suppression
from replylint.mail.people import Us


@dataclass(frozen=True)
class Letter:
    """One mail as it was read: the message, its zones, its language, and its author's own words analysed."""

    message: Message
    blocks: tuple[Block, ...]
    language: str
    doc: Doc

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """The questions and requests of its author."""
        return tuple(find_asks(self.doc))

    def at(self, owner: str) -> Letter:
        """The same letter under another name: "original", "history.3", or "" for the reply."""
        return replace(self, doc=self.doc.at(f"{owner}.body" if owner else "body"))

    def text_at(self, span: Span) -> str:
        """The shown text of a span of this mail's body or of one of its headers."""
        return self.message.shown(span.part.rpartition(".")[2])[span.start : span.end]


@dataclass(frozen=True)
class Idle:
    """A suppression that does nothing for one of its rules ("": that cannot be read), and why."""

    suppression: Suppression
    rule: str
    why: str


@dataclass(frozen=True)
class Context:
    """A reply beside the message it answers."""

    reply: Letter
    kind: TextKind
    config: Config
    original: Letter | None = None
    history: tuple[Letter, ...] = ()
    dialogue: Dialogue | None = None
    now: datetime | None = None
    #: For rules that judge suppressions: all that the text holds, and what of them did nothing.
    suppressions: tuple[Suppression, ...] = ()
    idle: tuple[Idle, ...] = ()

    @property
    def doc(self) -> Doc:
        """The reply's own words."""
        return self.reply.doc

    @property
    def language(self) -> str:
        """The reply's language."""
        return self.reply.language

    @cached_property
    def us(self) -> Us:
        """Who we are."""
        return Us(self.config, self.reply.message, self.original.message if self.original else None)

    def client_letters(self) -> tuple[Letter, ...]:
        """What the client wrote: the original and the earlier mails of the thread that are not ours."""
        before = tuple(x for x in self.history if not any(self.us.include(a.address) for a in x.message.from_))
        return (*before, *((self.original,) if self.original else ()))

    def text_of(self, span: Span) -> str:
        """The shown text at a span of the reply, the original or the history."""
        owner, _, part = span.part.rpartition(".")
        if not owner:
            return self.reply.text_at(span)
        if owner == "original":
            return self.original.text_at(Span(part, span.start, span.end)) if self.original else ""
        number = int(owner.split(".")[1])
        return self.history[number].text_at(Span(part, span.start, span.end))

    def end_of_own_text(self) -> Span:
        """An empty span where the reply's own words end: the place of what is missing at the end."""
        tokens = self.doc.tokens
        at = tokens[-1].end if tokens else 0
        return Span("body", at, at)
