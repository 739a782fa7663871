"""Text as it is shown: one kind of line end, nothing that a terminal would obey, and the way back to the source.

A control character (NUL, escape, bell, delete …) is shown as its picture (␀ ␛ ␇ ␡), a C1 control or a bidirectional
override as �: one character for one, so that places stay. Tabs and line ends stay; form feeds, vertical tabs and
Unicode's own line separators are line ends.
"""

from __future__ import annotations

import re

from replylint.mail.message import OffsetMap

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_TABLE = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    **dict.fromkeys(range(128, 160), "�"),
    **dict.fromkeys((*range(8234, 8239), *range(8294, 8298), *range(55296, 57344)), "�"),
    **dict.fromkeys((11, 12, 133, 8232, 8233), "\n"),
    0x7F: "␡",
    0x09: "\t",
    0x0A: "\n",
}


def neutral(text: str) -> str:
    """The same text, character for character, with nothing left that a terminal would obey."""
    return text.translate(_TABLE) if _CONTROLS.search(text) else text


def one_line(text: str) -> str:
    """A header's value: neutral, on one line, single spaces."""
    return " ".join(neutral(text).split())


def shown(text: str, offset: int = 0) -> tuple[str, OffsetMap]:
    """Shown text of source text, and its map into a source in which the text stands `offset` characters in."""
    if "\r" not in text:
        return neutral(text), OffsetMap.shifted(offset, len(text)) if text else OffsetMap()
    pieces, runs, place, length = [], [], 0, 0
    for match in re.finditer(r"\r\n?|\n", text):
        piece = text[place : match.start()]
        pieces.append(piece + "\n")
        if match[0] != "\r\n" or piece:
            runs.append((length, offset + place, len(piece) + (match[0] != "\r\n")))
        length += len(piece) + 1
        place = match.end()
    if place < len(text):
        pieces.append(text[place:])
        runs.append((length, offset + place, len(text) - place))
    return neutral("".join(pieces)), OffsetMap(tuple(runs))


_QUOTED = re.compile(r">*")


def unflowed(text: str, source: OffsetMap, delsp: bool = False) -> tuple[str, OffsetMap]:
    """format=flowed (RFC 3676) undone: soft-broken lines joined, stuffed spaces taken out.

    Quoted lines keep their marks; a quoted paragraph becomes one line with one set of marks.
    """
    out: list[str] = []
    kept: list[tuple[int, int, int]] = []  # shown start, old start, length
    length, place, soft_depth = 0, 0, -1
    lines = text.split("\n")
    for index, line in enumerate(lines):
        marks = _QUOTED.match(line)
        depth = marks.end() if marks else 0
        begin = depth + (line[depth : depth + 1] == " ")
        body = line[begin:]
        soft = body.endswith(" ") and body != "-- " and index + 1 < len(lines) and bool(body.strip())
        joined = soft_depth == depth
        if not joined and soft_depth >= 0:
            out.append("\n")
            length += 1
        prefix = "" if joined or not depth else line[:depth] + " "
        end = len(body) - 1 if soft and delsp else len(body)
        piece = prefix + body[:end]
        if end:
            kept.append((length + len(prefix), place + begin, end))
        out.append(piece)
        length += len(piece)
        soft_depth = depth if soft else -1
        if not soft and index + 1 < len(lines):
            out.append("\n")
            kept.append((length, place + len(line), 1))
            length += 1
        place += len(line) + 1
    return "".join(out), compose(kept, source)


def compose(kept: list[tuple[int, int, int]], source: OffsetMap) -> OffsetMap:
    """The map of a text made of runs (`kept`) of a text that has the map `source`."""
    runs: list[tuple[int, int, int]] = []
    if not source.runs:
        return source
    index = 0
    for shown_start, old_start, length in kept:
        while index + 1 < len(source.runs) and source.runs[index + 1][0] <= old_start:
            index += 1
        at = index
        while at < len(source.runs) and source.runs[at][0] < old_start + length:
            start, origin, size = source.runs[at]
            low, high = max(start, old_start), min(start + size, old_start + length)
            if low < high:
                run = (shown_start + low - old_start, origin + low - start, high - low)
                if runs and runs[-1][0] + runs[-1][2] == run[0] and runs[-1][1] + runs[-1][2] == run[1]:
                    runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + run[2])
                else:
                    runs.append(run)
            at += 1
    return OffsetMap(tuple(runs))
