"""Finds in a body what others wrote: quoted lines, attribution lines, header blocks, separators, help-desk markers."""

from __future__ import annotations

import re
from dataclasses import dataclass

from replylint.mail.lines import Line
from replylint.mail.words import Attribution, Words, fold, tokens

#: Depth by leading marks; up to four spaces may stand before (some programs indent), `|` is Gmane's and Discourse's.
_MARKS = re.compile(r"\s{0,4}(?:>[ \t]?)+|\s{0,2}(?:\|[ \t]?)+")
_LABEL = re.compile(r"[\s>*_•·-]{0,6}([^\W\d_][\w .()'’/-]{0,30}?)[*_\s]{0,3}[:：][*_]{0,2}(?:\s|$|(?=\S))(.*)")
_RULE = re.compile(r"\s*[-_=*—–─═~]{5,}\s*")
_DASHES = re.compile(r"[\s>]*[-_=*—–─~#]{2,}")
#: "2016-10-24 15:36 GMT+02:00 Foo Bar <info@foo.bar>:", "ср, 30 апр. 2025 г. в 15:19, Foo <info@foo.bar>:": a date, then
#: an address; no word of any language in it but those of the date.
_BARE = re.compile(
    r"[*_]?(?:[^\W\d_]{1,14}[.,]{0,2}\s{1,3}){0,3}\d{1,4}\b.{0,160}?<\s*(?:mailto:)?[^<>\s]+@[^<>\s]+\s*>[\s:：*_]*", re.DOTALL
)
_DATED = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}|\d{1,2}[:.]\d{2}|\d{4}年")
_DAY_AND_YEAR = re.compile(r"\b\d{1,2}\b.{0,20}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.{1,12}\b\d{1,2}\b")
#: How many lines an attribution may be wrapped over, how long it may be, and how many tries one body is worth.
_WRAPPED, _LONGEST, _TRIES = 5, 500, 4000


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Lines `first` to `last` that part the author's words from others'.

    An unsure one is believed only above a quote. Below a sure one everything is the other's, marks or none; below a lone
    attribution line only where the author's own text stands above it; below a help desk's marker likewise.
    """

    first: int
    last: int
    sure: bool = True
    #: Headers or a separator: what follows is another mail even where nothing stands above.
    block: bool = False
    #: "Sent from my phone": a program writes it at the very end of a letter, so what stands below is an older one.
    phone: bool = False


def mark(lines: list[Line], words: Words) -> None:
    """Set kind and depth of all lines that are somebody else's. Lines already marked (from HTML) are kept."""
    _marked_quotes(lines, words)
    finds = [*_attributions(lines, words), *_separators(lines, words), *_phones(lines, words)]
    finds = sorted([*finds, *_header_blocks(lines, words, {found.first for found in finds})])
    for found, following in zip(finds, [*finds[1:], None], strict=False):
        if lines[found.first].kind is not None:
            continue
        below = _next_seen(lines, found.last + 1)
        quoted_below = below is not None and lines[below].kind == "quote"
        if not found.sure and not quoted_below:
            continue
        for line in lines[found.first : found.last + 1]:
            line.kind, line.depth = "signature" if found.phone else "attribution", 0
        lines[found.first].breaks = True
        if not found.sure or quoted_below or below is None or (following is not None and following.first == below):
            continue
        if found.block or any(line.kind is None and not line.blank for line in lines[: found.first]):
            _rest_is_quote(lines, found.last + 1)
            break


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


def _attributions(lines: list[Line], words: Words) -> list[Found]:
    """Every attribution line, wrapped or not."""
    found: list[Found] = []
    tries, taken = 0, -1
    for index, line in enumerate(lines):
        if index <= taken or line.kind is not None or line.blank or tries > _TRIES:
            continue
        hits = {hit[0].casefold() for hit in words.verbs.finditer(line.text[:_LONGEST])}
        if hits:
            tries += 1
            known = [one for hit in hits for one in words.attributions.get(hit, ())]
            span = _fit(lines, index, known)
        else:
            span = _fit_bare(lines, index) if any(char.isdigit() for char in line.text[:40]) else None
        if span:
            found.append(span)
            taken = span.last
    return found


def _fit(lines: list[Line], index: int, known: list[Attribution]) -> Found | None:
    """The stretch of lines around `index` that is an attribution by one of the patterns."""
    firsts = [index]
    while len(firsts) < _WRAPPED and firsts[-1] > 0:
        above = lines[firsts[-1] - 1]
        if above.kind is not None or (above.blank and not lines[firsts[-1]].text.lstrip().startswith(("<", "mailto"))):
            break
        firsts.append(firsts[-1] - 1)
    lasts = [index]
    while len(lasts) < 3 and lasts[-1] + 1 < len(lines) and not lines[lasts[-1] + 1].blank:
        if not lines[lasts[-1]].text.rstrip().endswith((":", "：")):
            lasts.append(lasts[-1] + 1)
        else:
            break
    lasts.sort(key=lambda last: not lines[last].text.rstrip().endswith((":", "：")))
    for first, by_person in [*((first, False) for first in reversed(firsts)), *((first, True) for first in firsts)]:
        for last in lasts:
            if last > index and lines[last].kind == "quote" and not lines[last].text.lstrip().startswith(("> ", ">:")):
                continue
            chunk = "\n".join(line.text for line in lines[first : last + 1]).strip()
            if len(chunk) > _LONGEST or not chunk:
                continue
            for one in known:
                if one.starts_with_person == by_person and one.pattern.fullmatch(chunk) and _believable(one, chunk):
                    return Found(first, last, _sure(one, chunk))
    return None


def _believable(one: Attribution, chunk: str) -> bool:
    """Whether what stands where the name would be can be a name."""
    ends = chunk.rstrip(" -—–*_").endswith((":", "："))
    if one.weak:
        return ends and len(chunk) < 160 and "\n\n" not in chunk and len(chunk.split()) < 12
    name = chunk.partition("<")[0] if one.starts_with_person else ""
    if one.starts_with_person and (len(name.split()) > 12 or re.search(r"[.!?]\s+\S", name[:80]) is not None):
        return False
    return ends or "@" in chunk or len(chunk.split()) < 20


def _sure(one: Attribution, chunk: str) -> bool:
    if one.weak:
        return False
    return "@" in chunk or re.search(r"\d{1,2}[:.]\d{2}", chunk) is not None or _DAY_AND_YEAR.search(chunk) is not None


def _fit_bare(lines: list[Line], index: int) -> Found | None:
    for last in range(index, min(index + 3, len(lines))):
        if lines[last].blank or lines[last].kind is not None:
            break
        chunk = "\n".join(line.text for line in lines[index : last + 1])
        if len(chunk) <= _LONGEST and "@" in chunk and _BARE.fullmatch(chunk.strip()) and _DATED.search(chunk):
            ended = chunk.rstrip(" *_").endswith((":", "："))
            return Found(index, last, sure=ended or chunk[:1].isdigit())
    return None


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
        if line.kind is None and 8 < len(line.text) < 160 and lines[index + 1].blank and (index == 0 or lines[index - 1].blank):
            text = line.text.strip()
            if words.devices.fullmatch(text):
                found.append(Found(index, index, phone=True))
    return found


def _header_blocks(lines: list[Line], words: Words, taken: set[int]) -> list[Found]:
    """Blocks of From/Sent/To/Subject lines, with the rule above them if there is one."""
    found = []
    index = 0
    while index < len(lines):
        line = lines[index]
        if line.kind is not None or len(line.text) > 400 or not _label(line.text, words):
            index += 1
            continue
        last, fields, values = _collect(lines, index, words)
        above = index - 1
        while above >= 0 and lines[above].blank:
            above -= 1
        separated = above >= 0 and (above in taken or _RULE.fullmatch(lines[above].text) is not None)
        if _is_header_block(fields, values, separated):
            first = above if separated and above not in taken else index
            found.append(Found(first, last, block=True))
            index = last + 1
        else:
            index += 1
    return found


def _collect(lines: list[Line], index: int, words: Words) -> tuple[int, dict[str, list[str]], str]:
    """The last line of a run of labelled lines, language → fields in it, and all values joined."""
    fields: dict[str, list[str]] = {}
    values: list[str] = []
    last, unlabelled = index, 0
    for at in range(index, min(index + 25, len(lines))):
        text = lines[at].text
        if not text.strip():
            # some programs put a blank line after each header
            if at + 1 < len(lines) and _label(lines[at + 1].text, words) and len(values) < 6:
                continue
            break
        known = _label(text, words)
        if known:
            last, unlabelled = at, 0
            for code, name in known:
                fields.setdefault(code, []).append(name)
            values.append(text.replace("\u200e", ""))
        else:
            unlabelled += 1
            following = lines[at + 1].text if at + 1 < len(lines) else ""
            if unlabelled > 3 or not (_label(following, words) or text[:1] in " \t" or text.rstrip().endswith((";", ","))):
                break
            values.append(text)
    return last, fields, "\n".join(values)


def _label(text: str, words: Words) -> tuple[tuple[str, str], ...]:
    match = _LABEL.match(text) if ":" in text or "：" in text else None
    return words.labels.get(fold(match[1].strip()), ()) if match else ()


def _is_header_block(fields: dict[str, list[str]], values: str, separated: bool) -> bool:
    """Whether labelled lines are a mail's headers and not, say, a timetable ("From: Tartu, To: Riga, Date: 5 May")."""
    for known in fields.values():
        told = len(set(known) - {"other"})
        addressed = "@" in values and told > 1
        if "from" in known and (
            (told > 1 and (separated or addressed))
            or ("subject" in known and told > 2)
            # programs write who and when before to whom, people who describe a journey do not
            or (known[:2] == ["from", "date"] and told > 2 and _DATED.search(values) and _DAY_AND_YEAR.search(values))
        ):
            return True
        if separated and told > 2:
            return True
    return False


def compare(lines: list[Line], original: str) -> None:
    """Mark what stands in the original word for word as quote, and the author's words between such lines as the author's.

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
    for first, last in zip(long, long[1:], strict=False):
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
