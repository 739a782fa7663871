"""Tells the parts of a body apart: the author's text from greeting, closing, signature and from what others wrote."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from replylint.mail import code, quotes
from replylint.mail.ending import find_ending
from replylint.mail.letter import greeting_end, is_formula
from replylint.mail.lines import Line, Piece, split, tile
from replylint.mail.message import OWN, Block, Message
from replylint.mail.paragraphs import paragraphs
from replylint.mail.quoted import quoted_original
from replylint.mail.words import Words, fold, words


def zones(message: Message, original: Message | None = None) -> tuple[Block, ...]:
    """Blocks that tile the body: every character lies in exactly one, blank space in the block before it.

    A text block is one paragraph, a list block one item with its marker, a greeting or closing its formula. With the
    `original` at hand, text quoted from it is found without marks too.
    """
    known = words()
    lines = split(message.body)
    _use_marks(lines, message, known)
    code.mark(lines)
    quotes.mark(lines, known)
    if original is not None:
        quotes.compare(lines, original.body)
    pieces = _letter(lines, message, known)
    return tile(message.body, _pieces(lines, pieces, message))


def _use_marks(lines: list[Line], message: Message, known: Words) -> None:
    """What HTML gave away: quotes, code, signatures. Its lists stand in the text with markers."""
    starts = [line.start for line in lines]
    for block in message.marked:
        inside = lines[bisect_left(starts, block.span.start) : bisect_left(starts, block.span.end)]
        first = next((line for line in inside if not line.blank), None)
        for line in inside:
            line.kind, line.depth = block.kind, block.depth
        if block.kind == "signature" and first is not None and is_formula(first.text, first.words, known):
            first.kind = "closing"


def _letter(lines: list[Line], message: Message, known: Words) -> list[Piece]:
    """Greeting at the top of the author's text, closing and signature at the ends of its stretches."""
    pieces: list[Piece] = []
    stretches = [stretch for stretch in _own(lines) if any(not line.blank for line in stretch)]
    names = frozenset(fold(part) for one in message.from_ for part in re.split(r"[\s.,_-]+", one.name) if len(part) > 2)
    if stretches:
        pieces += _greeting(stretches[0], known)
    ended = False
    for number in range(len(stretches) - 1, -1, -1):
        stretch = stretches[number]
        pieces += find_ending(stretch, known, last=not ended, names=names)
        ended = ended or any(line.kind is None and not line.blank for line in stretch) or bool(pieces)
    return pieces


def _own(lines: Sequence[Line]) -> list[list[Line]]:
    """Stretches of lines that nobody else has written."""
    result: list[list[Line]] = [[]]
    for line in lines:
        if line.kind is None or line.kind == "code":
            result[-1].append(line)
        elif result[-1]:
            result.append([])
    return [stretch for stretch in result if stretch]


def _greeting(stretch: Sequence[Line], known: Words) -> list[Piece]:
    """Mark the salutation; where text goes on in its line, the piece at which it does."""
    seen = [line for line in stretch if not line.blank and line.kind != "disclaimer"]
    for index, line in enumerate(seen[:3]):
        if line.kind is not None:
            return []
        indent = len(line.text) - len(line.text.lstrip(" \t*_>"))
        text = line.text[:200]
        end = greeting_end(text, [t for t in line.words if t.end <= len(text)], known)
        if end:
            rest = line.text[end:]
            if not rest.strip(" \t\xa0*_"):
                line.kind, line.breaks = "greeting", True
                return []
            begin = end + len(rest) - len(rest.lstrip())
            return [Piece(line.start + indent, "greeting"), Piece(line.start + begin, "text")]
        if not _is_heading(line, index):
            return []
    return []


def _is_heading(line: Line, index: int) -> bool:
    """A title or a subject line above the letter, as templates have."""
    text = line.text.strip()
    return text.startswith("#") or (index == 0 and len(text) < 80 and re.match(r"[\w -]{2,20}:\s", text) is not None)


def _pieces(lines: list[Line], extra: list[Piece], message: Message) -> list[Piece]:
    """All places where a block begins, in order."""
    extra = sorted(extra, key=lambda piece: piece.start)
    pieces: list[Piece] = []
    run: list[Line] = []

    def flush() -> None:
        pieces.extend(paragraphs(run, [p for p in extra if run[0].start <= p.start <= run[-1].end]) if run else ())
        run.clear()

    for line in lines:
        if line.kind is None:
            run.append(line)
            continue
        flush()
        if line.blank and pieces:
            continue
        last = pieces[-1] if pieces else None
        if last is None or last.kind != line.kind or last.depth != line.depth or line.breaks:
            pieces.append(Piece(line.start, line.kind, line.depth))
    flush()
    return pieces


def own_text(message: Message, blocks: Sequence[Block], *, courtesies: bool = True) -> str:
    """The author's words, code included: without quote, attribution, signature and disclaimer; trimmed.

    With `courtesies=False` greeting and closing are left out too, as for counting words.
    """
    wanted = {*OWN, "code"} if courtesies else {"text", "list", "code"}
    parts = [message.body[block.span.start : block.span.end] for block in blocks if block.kind in wanted]
    return "".join(parts).strip("\n").rstrip()


def names_of(message: Message, blocks: Sequence[Block]) -> tuple[str, ...]:
    """Names by which the author goes: the display names of From, then the first line of the signature; may be empty."""
    found = [one.name for one in message.from_ if one.name]
    for block in blocks:
        if block.kind == "signature" and block.depth == 0:
            text = message.body[block.span.start : block.span.end]
            first = next((line.strip(" -–—*_,") for line in text.split("\n") if line.strip(" -–—*_,")), "")
            if first and "@" not in first and not words().devices.fullmatch(first):
                found.append(first)
                break
    return tuple(dict.fromkeys(found))


__all__ = ["names_of", "own_text", "quoted_original", "zones"]
