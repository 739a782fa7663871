"""What one ask is: its kind, its place, how it was found, and what a good answer must hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from replylint.mail.message import Span

AskKind = Literal["question", "request"]
#: Cue classes that tell what a good answer must hold.
EXPECTATIONS = (
    "asks-price",
    "asks-when",
    "asks-duration",
    "asks-where",
    "asks-who",
    "asks-how-many",
    "asks-how",
    "asks-why",
    "asks-which",
    "asks-link",
    "asks-contact",
    "asks-must",
    "asks-may",
    "asks-have",
    "asks-included",
    "asks-done",
)


@dataclass(frozen=True)
class Ask:
    """One question or request: `first` and `last` are its tokens (half-open) in its doc, `number` its own in a list."""

    kind: AskKind
    span: Span
    first: int
    last: int
    sentence: int
    #: The cue class by which it was found, and those of the openings that it introduces.
    opening: str
    members: tuple[str, ...] = ()
    expects: frozenset[str] = frozenset()
    number: int | None = None
    #: Whether a question word says what is wanted; otherwise yes or no may be the answer.
    open_ended: bool = False
