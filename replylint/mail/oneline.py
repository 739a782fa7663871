"""Closing and name at the end of a line that holds text too: "Best, Renata", "… on Saturday. Ken Burrows"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replylint.mail import tail
from replylint.mail.letter import is_contact, is_contact_text, is_formula, is_name, is_signer
from replylint.mail.lines import Line, Piece
from replylint.mail.words import Token, Words

#: Between sentences.
ENDS = re.compile(r"(?<=[.!?…)])\s+")
_SAME_LINE = re.compile(r"[,.!–—-]{1,2}\s*")


def one_line(lines: list[Line], words: Words, last: bool, names: frozenset[str]) -> list[Piece]:
    """Closing and name, or a name alone, at the end of a line of text: "Best, Renata", "… on Saturday. Ken Burrows"."""
    if not last:
        return []
    seen = [index for index, line in enumerate(lines) if not line.blank][-4:]
    for index in reversed(seen):
        line = lines[index]
        if line.kind is not None:
            return []
        found = split_name(line, words, names, whole=index > 0 or len(line.words) > 3)
        if found:
            below = [other for other in lines[index + 1 :] if not other.blank]
            if all(
                len(other.words) < 5 or is_contact(other, words) or is_signer(other, words, True) for other in below
            ):
                tail.set_kind(lines[index + 1 :], "signature")
                return found
        short = len(line.words) < 5 and line.text.rstrip()[-1:] not in ".!?,:;"
        if not short and not is_contact(line, words) and not is_signer(line, words, after_closing=True):
            return []
    return []


def split_name(line: Line, words: Words, names: frozenset[str], whole: bool) -> list[Piece]:
    text, known = line.text, line.words
    if not known or len(known) == 40 or text.rstrip().endswith("?"):
        return []
    places = [0] * whole + [match.end() for match in ENDS.finditer(text) if not _after_initial(text, match.start())][
        -3:
    ]
    for place in reversed(places):
        first = next((i for i, token in enumerate(known) if token.start >= place), None)
        if first is None:
            continue
        size = words.closings.at(text, known, first)
        rest = first + size
        if size and rest < len(known) and len(known) - rest < 7:
            between = text[known[rest - 1].end : known[rest].start]
            named = is_name(known[rest], text, words) or words.signature_words.at(text, known, rest) > 0
            joined = _SAME_LINE.fullmatch(between) is not None
            if joined and not first and len(known) == rest + 1:
                named = named or known[rest].word not in words.not_names  # "cheers, kai"
            if not joined and not between.strip():
                comma = text.find(",", known[rest].start)
                head = [token for token in known[rest:] if comma < 0 or token.end <= comma]
                joined = named = 0 < len(head) < 4 and all(is_name(token, text, words) for token in head)
            if joined and named and not _goes_on(text, known[rest:], words):
                return [
                    Piece(line.start + known[first].start, "closing"),
                    Piece(line.start + known[rest].start, "signature"),
                ]
        found = _behind_comma(line, first, words)
        if found:
            return found
        if not size and place and "?" not in text[place:] and _is_bare_name(line, first, words, names):
            above = _closing_before(line, first, words)
            pieces = [Piece(line.start + known[first].start, "signature")]
            return [Piece(line.start + above, "closing"), *pieces] if above is not None else pieces
    return []


def _behind_comma(line: Line, first: int, words: Words) -> list[Piece]:
    """A formula, a comma, and a name or a firm in quotes at the end of the line."""
    text, comma = line.text, line.text.rfind(",")
    formula = [token for token in line.words[first:] if token.end <= comma]
    signer = [token for token in line.words if token.start > comma]
    if not formula or not 0 < len(signer) < 4 or not all(is_name(token, text, words) for token in signer):
        return []
    start = formula[0].start
    part = text[start : comma + 1]
    moved = [Token(token.word, token.start - start, token.end - start) for token in formula]
    if not is_formula(part, moved, words):
        return []
    place = comma + 1 + len(text[comma + 1 :]) - len(text[comma + 1 :].lstrip())
    return [Piece(line.start + start, "closing"), Piece(line.start + place, "signature")]


def _after_initial(text: str, end: int) -> bool:
    """Whether the full stop before `end` is that of an initial: "A. M. Verhoeven"."""
    return re.search(r"(?:^|[\s.])\w\.$", text[max(0, end - 4) : end]) is not None


def _goes_on(text: str, known: Sequence[Token], words: Words) -> bool:
    """Whether what looks like a name begins a sentence: "Thanks. Code 17 fails.", "Thanks Anna, much appreciated"."""
    if re.search(r"\w{5}[.!?]\s+\S", text[known[0].start :]):
        return True
    name = next((i for i, token in enumerate(known) if not is_name(token, text, words)), len(known))
    if name == len(known) or words.signature_words.inside(text, known) or is_contact_text(text[known[0].start :]):
        return False
    after_comma = name > 0 and "," in text[known[name - 1].end : known[name].start]
    return text[known[name].start].islower() and (after_comma or text.rstrip()[-1:] in ".!")


def _closing_before(line: Line, first: int, words: Words) -> int | None:
    """The start of a closing sentence right before word `first`: "… Thanks! Anna"."""
    place = line.words[first].start
    starts = [0, *(match.end() for match in ENDS.finditer(line.text) if match.end() < place)]
    known = [token for token in line.words[:first] if token.start >= starts[-1]]
    return starts[-1] if known and is_formula(line.text[:place], known, words) else None


def _is_bare_name(line: Line, first: int, words: Words, names: frozenset[str]) -> bool:
    known, text = line.words[first:], line.text
    if not 0 < len(known) < 4 or not first or text.rstrip()[-1:] in "?!":
        return False
    if any(token.word in names for token in known):
        return True
    if _closing_before(line, first, words) is not None and words.signature_words.at(text, line.words, first):
        return True  # "Успіхів! Команда школи"
    capital = all(is_name(token, text, words) for token in known)
    return (
        capital
        and (len(known) > 1 or _closing_before(line, first, words) is not None)
        and not text.rstrip().endswith(".")
    )
