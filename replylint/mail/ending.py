"""The end of a letter: closing formula, names, contact data, slogans, device lines, disclaimers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replylint.mail import tail
from replylint.mail.letter import is_contact, is_formula, is_name, is_signer
from replylint.mail.lines import Line, Piece
from replylint.mail.oneline import ENDS, one_line, split_name
from replylint.mail.words import Words

_TERMINAL = re.compile(r"[.!?…:;)»”\"'*_)\]}>❤😊🙂👍0-9]\s*$")


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
    return _closing(own, words, last) or one_line(own, words, last, names) or (_bare_name(own, words) if last else [])


def _closing(lines: list[Line], words: Words, last: bool) -> list[Piece]:
    """A line that is a closing formula, and the names below it."""
    seen = [index for index, line in enumerate(lines) if not line.blank][-_TAIL:]
    for index in reversed(seen):
        line = lines[index]
        if line.kind is not None or not line.words:
            continue
        below = [other for other in lines[index + 1 :] if not other.blank]
        start = _formula_start(line, words)
        if start is None or (last and not below and split_name(line, words, frozenset(), whole=True)):
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
    for match in reversed(list(ENDS.finditer(line.text[-160:]))):
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
