"""The end of a letter: closing formula, names, contact data, slogans, device lines, disclaimers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replylint.mail import tail
from replylint.mail.letter import is_contact, is_formula, is_name, is_signer
from replylint.mail.lines import Line, Piece
from replylint.mail.words import Words

_TERMINAL = re.compile(r"[.!?…:;)»”\"'*_)\]}>❤😊🙂👍0-9]\s*$")
_ENDS = re.compile(r"(?<=[.!?…)])\s+")
_SAME_LINE = re.compile(r"[,.!–—-]{1,2}\s*")
#: How far from the end of a letter its closing may stand.
_TAIL = 24


def find_ending(lines: Sequence[Line], words: Words, last: bool, names: frozenset[str]) -> list[Piece]:
    """Closing, signature and disclaimer pieces of one stretch of the author's own lines.

    Lines that are wholly one of them get their kind; a closing that begins within a line comes back as a piece.
    `last` says that this is where the letter ends, so that a bare name counts; `names` are words of the sender's name.
    """
    lines = list(lines)
    end = tail.disclaimer(lines, words)
    end = tail.signature_block(lines[:end], words)
    end = tail.device_lines(lines[:end], words)
    own = lines[:end]
    while own and own[-1].blank:
        own.pop()
    if not own:
        return []
    return _closing(own, words, last) or _one_line(own, words, last, names) or (_bare_name(own, words) if last else [])


def _closing(lines: list[Line], words: Words, last: bool) -> list[Piece]:
    """A line that is a closing formula, and the names below it."""
    seen = [index for index, line in enumerate(lines) if not line.blank][-_TAIL:]
    for index in reversed(seen):
        line = lines[index]
        if line.kind is not None or not line.words:
            continue
        below = [other for other in lines[index + 1 :] if not other.blank]
        start = _formula_start(line, words)
        if start is None or (last and not below and _split_name(line, words, frozenset(), whole=True)):
            continue
        if below and not is_signer(below[0], words, after_closing=True) and not is_contact(below[0], words):
            continue
        if not below and (start or not _stands_alone(lines, index) or not last):
            continue
        resume = _resume(lines, index + 1, words)
        tail.set_kind(lines[index + 1 : resume], "signature")
        if start:
            return [Piece(line.start + start, "closing")]
        line.kind = "closing"
        _extend_upward(lines, index, words)
        return []
    return []


def _formula_start(line: Line, words: Words) -> int | None:
    """Where the closing formula begins in a line that ends with one; 0 where it is the whole line."""
    if is_formula(line.text, line.words, words):
        return 0
    for match in reversed(list(_ENDS.finditer(line.text[-160:]))):
        place = max(0, len(line.text) - 160) + match.end()
        known = [token for token in line.words if token.start >= place]
        if not known or not line.text.rstrip().endswith((",", "!", ".")):
            return None
        if is_formula(line.text, known, words):
            return place if line.text.rstrip().endswith(",") or len(known) < 6 else None
    return None


def _stands_alone(lines: Sequence[Line], index: int) -> bool:
    """Whether the line above is blank or ends a sentence, so that this one is no wrapped rest."""
    return index > 0 and (lines[index - 1].blank or _TERMINAL.search(lines[index - 1].text) is not None)


def _extend_upward(lines: Sequence[Line], index: int, words: Words) -> None:
    """Formulas right above the closing belong to it: "Thanks in advance!", "Best wishes,"."""
    while (
        index > 0 and is_formula(lines[index - 1].text, lines[index - 1].words, words) and lines[index - 1].kind is None
    ):
        index -= 1
        lines[index].kind = "closing"


def _resume(lines: Sequence[Line], begin: int, words: Words) -> int:
    """The first line after the signature that is the author's text again: a postscript, a question, a long sentence.

    What stands right below names and contact data is a slogan, whether it asks or not, as long as it is short.
    """
    signed, apart = 0, False
    for index in range(begin, len(lines)):
        line = lines[index]
        if line.blank:
            apart = signed > 0
            continue
        if words.postscripts.at(line.text, line.words):
            return index
        asks = line.text.rstrip(" )*_").endswith("?") and "www" not in line.text and "://" not in line.text
        if signed and asks and (len(line.words) > 8 or (apart and signed < 2)):
            return index
        if is_contact(line, words) or not signed or (len(line.words) <= 12 and not (apart and signed < 2)):
            signed += 1
        elif len(line.words) > 9:
            return index
    return len(lines)


def _one_line(lines: list[Line], words: Words, last: bool, names: frozenset[str]) -> list[Piece]:
    """Closing and name, or a name alone, at the end of a line of text: "Best, Renata", "… on Saturday. Ken Burrows"."""
    if not last:
        return []
    seen = [index for index, line in enumerate(lines) if not line.blank][-4:]
    for index in reversed(seen):
        line = lines[index]
        if line.kind is not None:
            return []
        found = _split_name(line, words, names, whole=index > 0 or len(line.words) > 3)
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


def _split_name(line: Line, words: Words, names: frozenset[str], whole: bool) -> list[Piece]:
    text, known = line.text, line.words
    if not known or len(known) == 40 or text.rstrip().endswith("?"):
        return []
    places = [0] * whole + [match.end() for match in _ENDS.finditer(text) if not _after_initial(text, match.start())][
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
            if joined and named and not _sentence_follows(text, known[rest].start):
                return [
                    Piece(line.start + known[first].start, "closing"),
                    Piece(line.start + known[rest].start, "signature"),
                ]
        found = _behind_comma(line, first, words)
        if found:
            return found
        if not size and place and _is_bare_name(line, first, words, names):
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
    moved = [type(token)(token.word, token.start - start, token.end - start) for token in formula]
    if not is_formula(part, moved, words):
        return []
    place = comma + 1 + len(text[comma + 1 :]) - len(text[comma + 1 :].lstrip())
    return [Piece(line.start + start, "closing"), Piece(line.start + place, "signature")]


def _after_initial(text: str, end: int) -> bool:
    """Whether the full stop before `end` is that of an initial: "A. M. Verhoeven"."""
    return re.search(r"(?:^|[\s.])\w\.$", text[max(0, end - 4) : end]) is not None


def _sentence_follows(text: str, start: int) -> bool:
    return re.search(r"\w{5}[.!?]\s+\S", text[start:]) is not None


def _closing_before(line: Line, first: int, words: Words) -> int | None:
    """The start of a closing sentence right before word `first`: "… Thanks! Anna"."""
    place = line.words[first].start
    starts = [0, *(match.end() for match in _ENDS.finditer(line.text) if match.end() < place)]
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


def _bare_name(lines: list[Line], words: Words) -> list[Piece]:
    """A name at the end with no formula above it, and the contact data below the name."""
    begin = len(lines) - 1 if _is_small_name(lines, words) else _name_start(lines, words)
    if begin is None or not begin:
        return []
    above = (
        max(index for index in range(begin) if not lines[index].blank)
        if any(not x.blank for x in lines[:begin])
        else None
    )
    if above is None or lines[above].kind not in (None, "quote"):
        return []
    before = lines[above].text.rstrip()
    gap = above < begin - 1
    if before.endswith(":") or not (
        gap or _TERMINAL.search(before) or before.endswith(",") or _short_name(lines[begin], words)
    ):
        return []
    tail.set_kind(lines[begin:], "signature")
    wish = lines[above]
    if wish.kind is None and wish.words and _is_wish(lines, above, adjacent=not gap):
        wish.kind = "closing"
    return []


def _short_name(line: Line, words: Words) -> bool:
    """Whether the line is a name up to its first comma."""
    comma = line.text.find(",")
    head = [token for token in line.words if comma < 0 or token.end <= comma]
    return 0 < len(head) < 4 and all(is_name(token, line.text, words) for token in head)


def _is_small_name(lines: Sequence[Line], words: Words) -> bool:
    """Whether the last line is one word in small letters in a paragraph of its own: "kev", "carly x"."""
    line = lines[-1]
    known = line.words
    if not known or len(lines) < 3 or not lines[-2].blank or not line.text.strip().replace(" ", "").isalpha():
        return False
    kisses = all(set(token.word) == {"x"} for token in known[1:])
    return kisses and 1 < len(known[0].word) < 13 and known[0].word not in words.not_names


def _is_wish(lines: Sequence[Line], index: int, adjacent: bool) -> bool:
    """A short line right above the name that ends like a formula: "See you then,", "Приятного чтения!"."""
    line = lines[index]
    text = line.text.rstrip()
    alone = index > 0 and (lines[index - 1].blank or _TERMINAL.search(lines[index - 1].text) is not None)
    if "?" in text or not alone or any(char.isdigit() for char in text):
        return False
    bare = adjacent and len(line.words) < 4 and text[-1].isalpha() and text[0].isupper() and lines[index - 1].blank
    return (
        bare
        or (text.endswith(",") and len(line.words) < 10)
        or (text.endswith("!") and len(line.words) < 7 and adjacent)
    )


def _is_second_line(lines: Sequence[Line], index: int, words: Words) -> bool:
    """Whether a short last line stands right below a name that opens its paragraph: "Helve / salong Lokk", a slogan."""
    above = lines[index - 2].text.rstrip() if index > 1 else ""
    paragraph = not above or above.endswith(",") or _TERMINAL.search(above) is not None
    text = lines[index].text.rstrip()
    slogan = text[-1] in "!." and ("?" in text or "!" in text) and len(lines[index].words) < 13
    plain = text[-1] not in ".!?:," and len(lines[index].words) < 5
    return paragraph and (slogan or plain) and not lines[index - 1].blank and is_signer(lines[index - 1], words)


def _name_start(lines: Sequence[Line], words: Words) -> int | None:
    """The line of the name from which on everything is signature."""
    best: int | None = None
    blanks = 0
    for index in range(len(lines) - 1, max(-1, len(lines) - _TAIL), -1):
        line = lines[index]
        if line.blank:
            blanks += 1
            if best is not None and lines[best].kind is None and blanks and not is_contact(lines[best], words):
                return best
            continue
        if line.kind is not None:
            return best
        if is_signer(line, words):
            best = index
        elif best is None and index and _is_second_line(lines, index, words):
            continue
        elif not is_contact(line, words):
            return best if best is None or index < best else None
    return best
