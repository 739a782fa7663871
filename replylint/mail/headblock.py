"""Finds blocks of From/Sent/To/Subject lines in a body."""

from __future__ import annotations

import re

from replylint.mail.attribution import DATED, DAY_AND_YEAR
from replylint.mail.found import Found
from replylint.mail.lines import Line
from replylint.mail.words import Words, fold

_LABEL = re.compile(r"[\s>*_•·-]{0,6}([^\W\d_][\w .()'’/-]{0,30}?)[*_\s]{0,3}[:：][*_]{0,2}(?:\s|$|(?=\S))(.*)")
RULE = re.compile(r"\s*[-_=*—–─═~]{5,}\s*")


def header_blocks(lines: list[Line], words: Words, taken: set[int]) -> list[Found]:
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
        separated = above >= 0 and (above in taken or RULE.fullmatch(lines[above].text) is not None)
        if _is_header_block(fields, values, separated):
            first = above if separated and above not in taken else index
            found.append(Found(first, last, block=True))
            index = last + 1
        else:
            index = last + 1
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
            if unlabelled > 3 or not (
                _label(following, words) or text[:1] in " \t" or text.rstrip().endswith((";", ","))
            ):
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
        if (
            "from" in known
            and (
                (told > 1 and (separated or addressed))
                or ("subject" in known and told > 2)
                or (known in (["from", "subject"], ["from", "date"]) and ("subject" in known or DATED.search(values)))
                # programs write who and when before to whom, people who describe a journey do not
                or (known[:2] == ["from", "date"] and told > 2 and DATED.search(values) and DAY_AND_YEAR.search(values))
            )
        ):
            return True
        if separated and told > 2:
            return True
    return False
