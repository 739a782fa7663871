"""Finds in a body what others wrote: quoted lines, attribution lines, header blocks, separators, help-desk markers."""

from __future__ import annotations

import re
from itertools import pairwise

from replylint.mail.attribution import attributions
from replylint.mail.found import Found
from replylint.mail.headblock import RULE, header_blocks
from replylint.mail.lines import Line
from replylint.mail.words import Words

#: Depth by leading marks; up to four spaces may stand before (some programs indent), the author's initials too (The
#: Bat!). `|` is Gmane's and Discourse's.
_MARKS = re.compile(r"\s{0,4}(?:[A-ZА-ЯЁІЇЄҐ]{0,3}>[ \t]?)+|\s{0,2}(?:\|[ \t]?)+")
_DASHES = re.compile(r"[\s>]*[-_=*—–─~#]{2,}")


def mark(lines: list[Line], words: Words) -> None:
    """Set kind and depth of all lines that are somebody else's. Lines already marked (from HTML) are kept."""
    _marked_quotes(lines, words)
    finds = [*attributions(lines, words), *_separators(lines, words), *_phones(lines, words)]
    taken = {index for found in finds for index in range(found.first, found.last + 1)}
    finds += [found for found in _leads(lines, words) if found.first not in taken]
    finds = sorted([*finds, *header_blocks(lines, words, {found.first for found in finds})])
    looked, own_above = 0, False
    for found, following in zip(finds, [*finds[1:], None], strict=False):
        if lines[found.first].kind is not None:
            continue
        below = _next_seen(lines, found.last + 1)
        quoted_below = below is not None and lines[below].kind == "quote"
        if not found.sure and not quoted_below:
            continue
        own_above = own_above or any(line.kind is None and not line.blank for line in lines[looked : found.first])
        looked = found.last + 1
        for line in lines[found.first : found.last + 1]:
            line.kind, line.depth = "signature" if found.phone else "attribution", 0
        lines[found.first].breaks = not found.phone
        _take_rule_above(lines, found.first)
        if not found.sure or quoted_below or below is None or (following is not None and following.first == below):
            continue
        if found.block or own_above:
            _rest_is_quote(lines, found.last + 1)
            break


def _take_rule_above(lines: list[Line], first: int) -> None:
    """A line of dashes above an attribution belongs to it."""
    above = next((index for index in range(first - 1, -1, -1) if not lines[index].blank), None)
    if above is not None and lines[above].kind is None and RULE.fullmatch(lines[above].text):
        for line in lines[above:first]:
            line.kind = "attribution"
        lines[above].breaks, lines[first].breaks = True, False


def _leads(lines: list[Line], words: Words) -> list[Found]:
    """Short lines right above a quote that end with a colon and tell a date or use an attribution's verb."""
    found = []
    for index, line in enumerate(lines[1:], 1):
        if line.kind != "quote" or lines[index - 1].kind == "quote":
            continue
        above = index - 1 if not lines[index - 1].blank else index - 2
        if above < 0 or lines[above].kind is not None or not 4 < len(lines[above].text) < 120:
            continue
        text = lines[above].text.rstrip(" *_")
        telling = any(char.isdigit() for char in text) or words.verbs.search(text) is not None
        if telling and text.endswith((":", "：")) and len(lines[above].words) < 14:
            found.append(Found(above, above, sure=False))
    return found


def _next_seen(lines: list[Line], begin: int) -> int | None:
    return next((index for index in range(begin, len(lines)) if not lines[index].blank), None)


def _rest_is_quote(lines: list[Line], begin: int) -> None:
    """Everything from here on is the other's mail, without marks."""
    for line in lines[begin:]:
        if line.kind != "quote":
            line.kind, line.depth = "quote", 1


def _marked_quotes(lines: list[Line], words: Words) -> None:
    bars = sum(1 for line in lines if line.text.lstrip().startswith("|"))
    before: Line | None = None
    for index, line in enumerate(lines):
        if line.kind is not None:
            before = None
            continue
        match = _MARKS.match(line.text)
        if match and before is None and words.verbs.fullmatch(line.text[match.end() :].strip(" :")):
            match = None  # the end of a wrapped address: "<dana@client.example / > wrote:"
        if match and ("|" not in match[0] or (bars > 2 and line.text.count("|") == match[0].count("|"))):
            line.kind, line.depth = "quote", match[0].count(">") + match[0].count("|")
            before = line
        elif before is not None and not line.blank and _is_leftover(before, line, lines[index + 1 : index + 2]):
            line.kind, line.depth = "quote", before.depth
        else:
            before = None
    _bridge_blanks(lines)


def _is_leftover(before: Line, line: Line, after: list[Line]) -> bool:
    """The tail of a long quoted line that a program broke without repeating the mark."""
    if len(before.text) < 65 or len(line.text) > 30 or not after:
        return False
    return bool(_MARKS.match(after[0].text)) and before.text.rstrip()[-1:] not in ".!?:"


def _bridge_blanks(lines: list[Line]) -> None:
    """Blank lines between quoted lines are quoted too."""
    last = -1
    for index, line in enumerate(lines):
        if line.kind == "quote":
            if 0 <= last < index - 1 and all(between.blank for between in lines[last + 1 : index]):
                for between in lines[last + 1 : index]:
                    between.kind, between.depth = "quote", min(lines[last].depth, line.depth)
            last = index
        elif not line.blank:
            last = -1


def _separators(lines: list[Line], words: Words) -> list[Found]:
    """Lines such as "-----Original Message-----" and "Begin forwarded message:", and help-desk markers."""
    found = []
    for index, line in enumerate(lines):
        text = line.text
        if line.kind is not None or len(text) > 200 or line.blank:
            continue
        dashed = _DASHES.match(text) is not None
        if not dashed and not text.rstrip().endswith((":", "-", "—")) and "[" not in text:
            if words.reply_markers.at(text, line.words) and len(text) < 120:
                found.append(Found(index, index))
            continue
        known = line.words
        if words.reply_markers.at(text, known):
            found.append(Found(index, index))
            continue
        size = words.separators.at(text, known) or words.forward_separators.at(text, known)
        if not size:
            continue
        whole = size == len(known)
        if whole or (dashed and words.forward_separators.at(text, known) and len(known) < size + 10):
            found.append(Found(index, index, block=True))
    return found


def _phones(lines: list[Line], words: Words) -> list[Found]:
    """Lines of a device that stand alone, with text below them."""
    found = []
    for index, line in enumerate(lines[:-1]):
        if (
            line.kind is None
            and 8 < len(line.text) < 160
            and lines[index + 1].blank
            and (index == 0 or lines[index - 1].blank)
        ):
            text = line.text.strip()
            if words.devices.fullmatch(text):
                found.append(Found(index, index, phone=True))
    return found


def compare(lines: list[Line], original: str) -> None:
    """Mark what stands in the original word for word as quote, and what stands between as the author's.

    A line counts when it holds at least four words and the original has them in a row; shorter lines count only between
    two that do.
    """
    known = {_squeezed(line) for line in original.split("\n")} - {""}
    whole = " ".join(original.split()).casefold()

    def stands_there(line: Line) -> bool:
        text = _squeezed(line.text)
        return text in known or (len(text) > 30 and text in whole)

    long = [index for index, line in enumerate(lines) if len(line.text.split()) > 3 and stands_there(line)]
    for index in long:
        if lines[index].kind is None:
            lines[index].kind, lines[index].depth = "quote", 1
    for first, last in pairwise(long):
        between = lines[first + 1 : last]
        if all(line.blank or stands_there(line) for line in between):
            for line in between:
                if line.kind is None:
                    line.kind, line.depth = "quote", 1
        elif all(line.kind == "quote" and not _MARKS.match(line.text) for line in between):
            for line in between:
                if not line.blank and not stands_there(line):
                    line.kind, line.depth = None, 0


def _squeezed(text: str) -> str:
    match = _MARKS.match(text)
    return " ".join((text[match.end() :] if match else text).split()).casefold()
