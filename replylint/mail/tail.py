"""What follows the letter proper: legal disclaimers, blocks below a line of dashes, lines of devices."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replylint.mail.letter import is_contact, is_formula, is_signer
from replylint.mail.lines import Line
from replylint.mail.message import BlockKind
from replylint.mail.words import Words

_DELIMITER = re.compile(r"--\s?|— ?|–|_{2,}|-{3,}|={3,}|\*{3,}")
#: How many lines may follow a lone "--".
_SOFT_BLOCK = 14


def disclaimer(lines: list[Line], words: Words) -> int:
    """Mark banners at the top and legal text at the end; the number of lines before the latter."""
    starts = _paragraphs(lines)
    firsts = {*starts, *(i for i, line in enumerate(lines) if len(line.text) > 60)}
    matched = [
        i for i in sorted(firsts) if lines[i].kind is None and words.disclaimers.at(lines[i].text, lines[i].words)
    ]
    if not matched:
        return len(lines)
    if matched[0] == starts[0] and len(starts) > 1:
        # a banner above the letter; of two or three lines at most
        if starts[1] <= 4:
            set_kind(lines[: starts[1]], "disclaimer")
        matched.pop(0)
    closed = next(
        (i for i, line in enumerate(lines) if line.kind is None and is_formula(line.text, line.words, words)), None
    )
    for start in matched:
        size = sum(len(line.text) for line in _paragraph(lines, start))
        above = start - 1
        while above >= 0 and lines[above].blank:
            above -= 1
        ruled = above >= 0 and _DELIMITER.fullmatch(lines[above].text.strip()) is not None
        if size > 80 or ruled or (closed is not None and closed < start):
            first = above if ruled else start
            set_kind(lines[first:], "disclaimer")
            return first
    return len(lines)


def _paragraphs(lines: Sequence[Line]) -> list[int]:
    """Index of the first line of each paragraph."""
    return [i for i, line in enumerate(lines) if not line.blank and (i == 0 or lines[i - 1].blank)]


def _paragraph(lines: Sequence[Line], start: int) -> list[Line]:
    end = start
    while end < len(lines) and not lines[end].blank:
        end += 1
    return list(lines[start:end])


def signature_block(lines: Sequence[Line], words: Words) -> int:
    """Mark what follows a line of `-- `; the number of lines before it."""
    for index in range(_last_lines(lines, 2 * _SOFT_BLOCK), len(lines)):
        line = lines[index]
        text = line.text.strip()
        if line.blank or line.kind is not None or len(text) > 200 or not _DELIMITER.fullmatch(text):
            continue
        below = [other for other in lines[index + 1 :] if not other.blank]
        hard = line.text == "-- " and len(below) < 2 * _SOFT_BLOCK
        soft = text in ("--", "—", "–") and len(below) <= _SOFT_BLOCK
        short = (
            len(below) <= 8 and bool(below) and (is_signer(below[0], words) or any(is_contact(x, words) for x in below))
        )
        plain = all(len(other.words) < 16 for other in below)
        if (hard or (soft and plain) or (short and plain)) and not _postscript(below, words):
            set_kind(lines[index:], "signature")
            return index
    return len(lines)


def _last_lines(lines: Sequence[Line], count: int) -> int:
    """Index of the line below which `count` lines are not blank."""
    index = len(lines)
    while index and count >= 0:
        index -= 1
        count -= not lines[index].blank
    return index


def _postscript(lines: Sequence[Line], words: Words) -> bool:
    return any(words.postscripts.at(line.text, line.words) for line in lines)


def device_lines(lines: Sequence[Line], words: Words) -> int:
    """Mark "Sent from my phone" and the like at the end; the number of lines before them."""
    end = len(lines)
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line.blank:
            continue
        if len(line.text) > 200 or not words.devices.fullmatch(line.text.strip()):
            break
        end = index
    if end < len(lines):
        set_kind(lines[end:], "signature")
    return end


def set_kind(lines: Sequence[Line], kind: BlockKind) -> None:
    for line in lines:
        line.kind = kind
