"""Pure data: a mail, its parts and their places. Names follow RFC 5322."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

BlockKind = Literal["text", "quote", "attribution", "greeting", "closing", "signature", "disclaimer", "code", "list"]
#: What the author wrote to this reader; the others are never linted.
OWN: frozenset[BlockKind] = frozenset({"text", "list", "greeting", "closing"})


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of the *shown* text of one part, in code points.

    `part` is body, subject, from, to, cc or reply_to; with `original.` before it for the client's message and
    `history.N.` for an earlier mail (0 the oldest).
    """

    part: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of the body and what it is; `depth` is the level of quoting or nesting (0 the author's own)."""

    kind: BlockKind
    span: Span
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: display name (may be empty) and address in lower case."""

    name: str
    address: str

    def __str__(self) -> str:
        """As a header shows it."""
        name = f'"{self.name}"' if any(mark in self.name for mark in ',;<>@"()') else self.name
        return f"{name} <{self.address}>" if name else self.address


@dataclass(frozen=True, slots=True)
class OffsetMap:
    """The way from shown text back to the source: runs of characters that stand there unchanged.

    Each run is (start in the shown text, start in the source, length), sorted and disjoint. What lies in no run was
    made (an entity decoded, a tag turned into a line break) and has no exact way back.
    """

    runs: tuple[tuple[int, int, int], ...] = ()

    @classmethod
    def shifted(cls, offset: int, length: int) -> OffsetMap:
        """The map of a text that stands in its source as one piece, `offset` characters in."""
        return cls(((0, offset, length),))

    def to_source(self, start: int, end: int) -> tuple[int, int] | None:
        """The source range of a shown range, or None where it is not one unbroken run."""
        index = bisect_right(self.runs, (start, float("inf"), 0)) - 1
        if index < 0:
            return None
        shown, source, length = self.runs[index]
        if end > shown + length:
            return None
        return start - shown + source, end - shown + source


@dataclass(frozen=True, slots=True)
class Suppression:
    """What a template asks not to be told: rules or groups, and why.

    `span` is where the comment stood; `whole`: for the whole text (front matter). `fault` says what is wrong with one
    that cannot be read.
    """

    span: Span
    rules: tuple[str, ...] = ()
    reason: str = ""
    whole: bool = False
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One mail as its reader sees it. Absent headers are empty, `date` is None or aware of its time zone.

    `body` is the shown text with line feeds for line ends. `marked` holds structure that the source gave away (HTML
    quotes, code, signatures): a hint to the zones, which tile the body anew. `meta` is a template's front matter.
    """

    body: str
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    from_: tuple[Address, ...] = ()
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    subject: str | None = None
    date: datetime | None = None
    attachments: tuple[str, ...] = ()
    #: Sent by a machine: an automatic reply, a notice that a mail was not delivered.
    automatic: bool = False
    #: Pictures and other parts that stand within the text, by name.
    embedded: tuple[str, ...] = ()
    path: str = ""
    entry: str | None = None
    source: OffsetMap = OffsetMap()
    #: Line of the source file (from 1) on which the body begins; 0 where the body's lines are not lines of the file.
    first_line: int = 1
    marked: tuple[Block, ...] = ()
    meta: Mapping[str, Any] = field(default_factory=dict)
    #: Comments to replylint; they are no part of the shown text.
    suppressions: tuple[Suppression, ...] = ()

    @property
    def has_headers(self) -> bool:
        """Whether this came as a mail rather than as bare text."""
        return bool(self.from_ or self.to or self.message_id or self.date)

    def shown(self, part: str) -> str:
        """The text of a part as it is shown: what spans of that part point into. "" for a part that there is not."""
        if part == "body":
            return self.body
        if part == "subject":
            return self.subject or ""
        people = {"from": self.from_, "to": self.to, "cc": self.cc, "reply_to": self.reply_to}.get(part, ())
        return ", ".join(map(str, people))


@dataclass(frozen=True, slots=True)
class Thread:
    """One conversation in the order of its dates."""

    id: str
    messages: tuple[Message, ...]
