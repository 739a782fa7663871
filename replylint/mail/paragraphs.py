"""The author's own lines to paragraphs and list items."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replylint.mail.lines import Line, Piece

_ITEM = re.compile(
    r"(?P<indent>[ \t\xa0]*)(?:(?P<bullet>[-*•·▪◦‣●○■□→✓✔–—])(?=[ \t\xa0]|$)"
    r"|\(?(?P<number>\d{1,3})(?P<close>[.)])(?=[ \t\xa0]|$)"
    r"|(?P<round>\()?(?P<letter>[a-zа-яіїєґ])(?P<after>[.)])(?=[ \t\xa0]))"
)
_BARE = re.compile(r"(\d{1,2})[ \t]+[^\W\d_]")
_TERMINAL = re.compile(r"[.!?:;…][\"'»”)*_]*\s*$")


def paragraphs(lines: Sequence[Line], extra: Sequence[Piece]) -> list[Piece]:
    """Where each paragraph and list item of these lines begins, with the pieces found inside lines worked in."""
    pieces: list[Piece] = []
    items = _items(lines)
    width = max((len(line.text) for line in lines), default=0)
    inside_item = False
    indents: list[int] = []
    for index, line in enumerate(lines):
        inner = [piece for piece in extra if line.start <= piece.start <= line.end]
        if not line.blank:
            above = lines[index - 1] if index else None
            if index in items:
                indent = items[index]
                while indents and indents[-1] > indent:
                    indents.pop()
                if not indents or indents[-1] < indent:
                    indents.append(indent)
                pieces.append(Piece(line.start, "list", len(indents) - 1))
                inside_item = True
            elif inside_item and not _leaves_item(line, above, indents[-1]):
                pass
            elif above is None or above.blank or inside_item or _deliberate(above, line, width):
                inside_item = False
                indents = []
                if not (inner and inner[0].start <= line.start + len(line.text) - len(line.text.lstrip(" \t*_"))):
                    pieces.append(Piece(line.start, "text"))
        pieces.extend(inner)
    return pieces


def _leaves_item(line: Line, above: Line | None, indent: int) -> bool:
    """Whether a line without marker is text after the list and not the item going on."""
    own = len(line.text) - len(line.text.lstrip())
    if above is not None and above.blank:
        return own <= indent
    if own > indent:
        return False
    # a wrapped item goes on without indent; a sentence after a finished item does not
    return above is not None and bool(_TERMINAL.search(above.text)) and len(above.text) < 60


def _deliberate(above: Line, line: Line, width: int) -> bool:
    """Whether a line end was made by the author: the next word would have fit, and a sentence had ended."""
    if not _TERMINAL.search(above.text):
        return False
    word = line.text.split(None, 1)[0]
    return len(above.text) + 1 + len(word) <= min(width, 100) or width > 100


def _items(lines: Sequence[Line]) -> dict[int, int]:
    """Index of each line that opens a list item → its indent."""
    found: dict[int, re.Match[str]] = {}
    for index, line in enumerate(lines):
        match = _ITEM.match(line.text)
        if match:
            found[index] = match
    result = _bare_numbers(lines)
    numbers = {int(match["number"]) for match in found.values() if match["number"]}
    letters = {match["letter"] for match in found.values() if match["letter"]}
    for index, match in found.items():
        above = lines[index - 1] if index else None
        opens = above is None or above.blank or index - 1 in found or bool(_TERMINAL.search(above.text))
        if match["bullet"]:
            good = opens or index + 1 in found
        elif match["number"]:
            number = int(match["number"])
            good = match["close"] == ")" or number - 1 in numbers or number + 1 in numbers
        else:
            letter = match["letter"]
            near = {chr(ord(letter) - 1), chr(ord(letter) + 1)} & letters
            good = bool(near) or (match["after"] == ")" and letter in ("a", "а"))
        if good:
            result[index] = len(match["indent"].expandtabs(4))
    return result


def _bare_numbers(lines: Sequence[Line]) -> dict[int, int]:
    """Lines "1 …", "2 …", "3 …" in a row: items with no mark after the number."""
    opened = {index: int(match[1]) for index, line in enumerate(lines) if (match := _BARE.match(line.text))}
    runs = [index for index in opened if opened[index] == 1]
    result: dict[int, int] = {}
    for first in runs:
        size = 1
        while opened.get(first + size) == size + 1:
            size += 1
        if size > 2:
            result.update({first + i: 0 for i in range(size)})
    return result
