"""The lines of a body, and what has been found out about each: the table on which zoning works."""

from __future__ import annotations

from dataclasses import dataclass, field

from replylint.mail.message import Block, BlockKind, Span
from replylint.mail.words import Token, tokens


@dataclass(slots=True)
class Line:
    """One line without its end; `kind` is None as long as it may be the author's own text."""

    start: int
    text: str
    kind: BlockKind | None = None
    depth: int = 0
    #: Whether a new block begins here even where the line before is of the same kind.
    breaks: bool = False
    _words: list[Token] | None = field(default=None, repr=False)

    @property
    def blank(self) -> bool:
        """Whether nothing is to be seen on it."""
        return not self.text or self.text.isspace()

    @property
    def end(self) -> int:
        """Place after its last character."""
        return self.start + len(self.text)

    @property
    def words(self) -> list[Token]:
        """Its first forty words."""
        if self._words is None:
            self._words = tokens(self.text)
        return self._words


def split(body: str) -> list[Line]:
    """The lines of a body."""
    lines, place = [], 0
    for text in body.split("\n"):
        lines.append(Line(place, text))
        place += len(text) + 1
    return lines


@dataclass(frozen=True, slots=True)
class Piece:
    """Where a block begins, which is also where the one before ends."""

    start: int
    kind: BlockKind
    depth: int = 0


def tile(body: str, pieces: list[Piece]) -> tuple[Block, ...]:
    """Blocks that cover the body without gap or overlap; blank space goes to the block before it, or to the first."""
    blocks = []
    for index, piece in enumerate(pieces):
        start = 0 if index == 0 else piece.start
        end = pieces[index + 1].start if index + 1 < len(pieces) else len(body)
        if end > start:
            blocks.append(Block(piece.kind, Span("body", start, end), piece.depth))
    if not blocks and body:
        blocks = [Block("text", Span("body", 0, len(body)))]
    return tuple(blocks)
