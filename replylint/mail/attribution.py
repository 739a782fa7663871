"""Finds attribution lines ("On Monday Dana wrote:"), wrapped over several lines or not."""

from __future__ import annotations

import re

from replylint.mail.found import Found
from replylint.mail.lines import Line
from replylint.mail.words import Attribution, Words

#: "2016-10-24 15:36 GMT+02:00 Foo Bar <info@foo.bar>:", "ср, 30 апр. 2025 г. в 15:19, Foo <info@foo.bar>:": a date, an
#: address, and no word of any language but those of the date.
_BARE = re.compile(
    r"[*_]?(?:[^\W\d_]{1,14}[.,]{0,2}\s{1,3}){0,3}\d{1,4}\b.{0,160}?<\s*(?:mailto:)?[^<>\s]+@[^<>\s]+\s*>[\s:：*_]*",
    re.DOTALL,
)
DATED = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\s?\d{1,2}[-/.]\s?\d{2,4}|\d{1,2}[:.]\d{2}|\d{4}年")
DAY_AND_YEAR = re.compile(r"\b\d{1,2}\b.{0,20}\b(?:19|20)\d\d\b|\b(?:19|20)\d\d\b.{1,12}\b\d{1,2}\b")
#: How many lines an attribution may be wrapped over, how long it may be, and how many tries one body is worth.
_WRAPPED, _LONGEST, _TRIES = 5, 500, 4000


def attributions(lines: list[Line], words: Words) -> list[Found]:
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
    # "at 6:30 from the station" tells who only by what follows, so it must end as an attribution does
    return ends or "@" in chunk or (len(chunk.split()) < 20 and not one.phrase.endswith("}"))


def _sure(one: Attribution, chunk: str) -> bool:
    if one.weak:
        return False
    if "@" not in chunk and not chunk.rstrip(" *_").endswith((":", "：", "-", "—", "–")):
        return False
    return "@" in chunk or re.search(r"\d{1,2}[:.]\d{2}", chunk) is not None or DAY_AND_YEAR.search(chunk) is not None


def _fit_bare(lines: list[Line], index: int) -> Found | None:
    for last in range(index, min(index + 3, len(lines))):
        if lines[last].blank or lines[last].kind is not None:
            break
        chunk = "\n".join(line.text for line in lines[index : last + 1])
        if len(chunk) <= _LONGEST and "@" in chunk and _BARE.fullmatch(chunk.strip()) and DATED.search(chunk):
            ended = chunk.rstrip(" *_").endswith((":", "："))
            return Found(index, last, sure=ended or chunk[:1].isdigit())
    return None
