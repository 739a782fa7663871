"""Interleaved replies: a quote right above a passage ties that passage to the asks that it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replylint.dialogue.answers import Segment
from replylint.dialogue.asks import Ask
from replylint.language.doc import Doc
from replylint.language.keys import fold
from replylint.mail.message import Block

_WORD = re.compile(r"\w+")


def asks_above(
    original: Doc, asks: Sequence[Ask], segments: Sequence[Segment], body: str, blocks: Sequence[Block]
) -> list[frozenset[int]]:
    """For each segment the numbers of the asks in the quote above it; a quote that holds all asks ties nothing.

    `body` and `blocks` are the shown text of the reply and its zones.
    """
    wanted = [_words(original.text[ask.span.start : ask.span.end]) for ask in asks]
    quotes = [(block.span.start, block.span.end) for block in blocks if block.kind == "quote"]
    result: list[frozenset[int]] = []
    for number, segment in enumerate(segments):
        since = segments[number - 1].span.end if number else 0
        above = [body[start:end] for start, end in quotes if since <= start and end <= segment.span.start]
        if not above:
            result.append(result[-1] if result else frozenset())
            continue
        quoted = _words(" ".join(above))
        held = frozenset(a for a, words in enumerate(wanted) if words in quoted)
        result.append(held if len(held) < len(asks) or len(asks) == 1 else frozenset())
    return result


def _words(text: str) -> str:
    """The words of a text, folded, with spaces around, so that one text can be sought in another."""
    return f" {' '.join(_WORD.findall(fold(text)))} "
