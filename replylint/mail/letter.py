"""Greeting, closing and signature of a letter: found by the lexicons' words and by the shape of lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from replylint.mail.lines import Line
from replylint.mail.words import Token, Words

#: After a greeting: end marks, a dash, a smile.
_AFTER_GREETING = re.compile(r"[\s*_]*(?:[,.!:;…—–]|-(?=\s|$)|\)+|[:;]-?[)D])+[*_]*|[\s*_]*$")
_SEPARATORS = re.compile(r"[ \t\xa0]{0,3}['’\"«»„“”()/\-–*_]{0,3}[ \t\xa0]{0,3}|[ \t\xa0]?\((?=\S)")
_CONTACT = re.compile(
    r"[\w.+-]{1,64}@[\w.-]{2,}|https?://|www\.|(?:\+|\b00|\()?\d(?:[\s().\-–/]{0,3}\d){6,}|\b[\w-]{2,63}\.(?:com|org|net|ee|ru|ua|eu|io|uk|de|fi|lv|lt)\b",
    re.IGNORECASE,
)
_IN_QUOTES = re.compile(r"\s*[«„“\"][^«»„“”\"\n]{2,60}[»“”\"]\s*")
_END = re.compile(r"[.!?…][\"'»”)*_]*\s*$")
_RULE = re.compile(r"\s*(?:--\s?|—|–|[-_=*—–─~]{2,})\s*$")
_MARKER = re.compile(r"\s*(?:[-*•·–—▪◦‣]\s|\(?\d{1,3}[.)]\s|\(?[a-zа-я][.)]\s)", re.IGNORECASE)


def is_name(token: Token, text: str, words: Words) -> bool:
    """Whether a word may be part of a name: a capital or a placeholder, and no common word."""
    first = text[token.start]
    if token.end - token.start == 1 and first.isupper() and text[token.end : token.end + 1] == ".":
        return True  # an initial
    return first in "{[%" or (first.isupper() and token.word not in words.not_names)


def _addressee(text: str, known: Sequence[Token], index: int, words: Words) -> int:
    """How many words from `index` on name the one who is addressed; 0 where none do."""
    count = 0
    while index + count < len(known) and count < 8:
        at = index + count
        if count and not _SEPARATORS.fullmatch(text, known[at - 1].end, known[at].start):
            between = text[known[at - 1].end : known[at].start].strip()
            before = known[at - 1]
            short = len(before.word) < 3 or (len(before.word) < 5 and words.addressees.at(text, known, at - 1) > 0)
            if not (between == "." and short) and not (between == "," and _name_after_comma(text, known, at, words)):
                break
        if is_name(known[at], text, words):
            count += 1
        else:
            size = words.addressees.at(text, known, at)
            if not size:
                break
            count += size
    return count


def _name_after_comma(text: str, known: Sequence[Token], at: int, words: Words) -> bool:
    """Whether a second one is addressed: "Dear Jean, dear Mick,"."""
    size = words.salutations.at(text, known, at) or words.greetings.at(text, known, at)
    return size > 0 and at + size < len(known) and is_name(known[at + size], text, words)


def greeting_end(text: str, known: Sequence[Token], words: Words) -> int:
    """Where the salutation at the beginning of a line ends, its punctuation included; 0 where there is none."""
    if not known:
        return 0
    plain = words.greetings.at(text, known)
    formal = words.salutations.at(text, known)
    if plain >= formal and plain:
        return _after_plain(text, known, plain, words)
    exclaimed = words.exclamations.at(text, known)
    if exclaimed and re.match(r"\s*[,.!]|\s*$", text[known[exclaimed - 1].end :]):
        return _after_plain(text, known, exclaimed, words)
    first = _name_first(text, known, words)
    if formal and not first:
        return _after_formal(text, known, formal, words)
    return first


def _after_plain(text: str, known: Sequence[Token], size: int, words: Words) -> int:
    """End of "Hello", "Hello Wendy," or "Здравствуйте, Сергей!"."""
    end = known[size - 1].end
    run = _addressee(text, known, size, words) if size < len(known) and not _stops(text, end, known[size].start) else 0
    if run:
        return _close(text, known, size + run) or known[size + run - 1].end
    if size == len(known):
        return _close(text, known, size) or end
    between = text[end : known[size].start]
    if between.strip() in ("", "-"):
        # "hi jodie," in lower case; "hi can i …" greets with one word
        alone = _close(text, known, size + 1)
        single = known[size]
        if (
            alone
            and single.word not in words.not_names
            and len(single.word) > 1
            and (size + 1 == len(known) or "," in text[single.end : alone] or "!" in text[single.end : alone])
        ):
            return alone
        return known[size].start
    if between.strip(" \t\xa0*_") == ",":
        run = _addressee(text, known, size, words)
        closed = _close(text, known, size + run) if run else 0
        if closed and not _lower_follows(text, known, size + run):
            return closed
    return _close(text, known, size) or end


def _after_formal(text: str, known: Sequence[Token], size: int, words: Words) -> int:
    """End of "Dear Mrs Hollis,"; 0 where nobody is named ("Dear me, that was quick")."""
    if size == len(known) or _stops(text, known[size - 1].end, known[size].start):
        return 0
    run = _addressee(text, known, size, words)
    if run:
        return _close(text, known, size + run) or (
            known[size + run].start if size + run < len(known) and run < 4 else 0
        )
    if size + 1 == len(known) and known[size].word not in words.not_names:
        closed = _close(text, known, size + 1)
        return closed if closed and text[known[size].end : closed].strip() in (",", "!", ":", "") else 0
    return 0


def _name_first(text: str, known: Sequence[Token], words: Words) -> int:
    """End of "Олег Викторович, добрый день." and of a bare "Романе,"."""
    run = _addressee(text, known, 0, words)
    while run and run < len(known) and text[known[run - 1].end : known[run].start].strip() == ",":
        another = 0 if words.greetings.at(text, known, run) else _addressee(text, known, run, words)
        if not another or not words.greetings.inside(text, known[:8], run):
            break
        run += another
    if not run and len(known) > 1 and text[known[0].end : known[1].start].strip() == "," and len(known[0].word) > 1:
        run = 1 if words.greetings.at(text, known, 1) else 0
    if not run or run > 5:
        return 0
    between = text[known[run - 1].end : known[run].start].strip() if run < len(known) else ""
    if run < len(known) and between in (",", "", "!", "-", "–", "—"):
        size = words.greetings.at(text, known, run)
        if size:
            return _close(text, known, run + size) or known[run + size - 1].end
    if run == len(known) and is_name(known[0], text, words) and not words.closings.at(text, known):
        ended = text[known[-1].end :].strip(" *_\t\xa0)")
        return len(text) if ended in (",", "!", ":", ",,", ".") and (ended != "." or run > 1) else 0
    return 0


def _stops(text: str, start: int, end: int) -> bool:
    return any(char in text[start:end] for char in ",!?;:…—–") or ". " in text[start:end]


def _close(text: str, known: Sequence[Token], size: int) -> int:
    """End of the punctuation after the first `size` words; 0 where a word follows directly."""
    match = _AFTER_GREETING.match(text, known[size - 1].end)
    return match.end() if match else 0


def _lower_follows(text: str, known: Sequence[Token], size: int) -> bool:
    return (
        size < len(known)
        and text[known[size - 1].end : known[size].start].strip() == ""
        and text[known[size].start].islower()
    )


def is_contact_text(text: str) -> bool:
    """Whether a text holds an address, a number or a link."""
    return _CONTACT.search(text) is not None


def is_contact(line: Line, words: Words) -> bool:
    """Whether a line holds contact data, a title, a department, a company."""
    if len(line.text) > 200:
        return False
    if _CONTACT.search(line.text) and len(line.words) < 15:
        return True
    if len(line.words) < 7 and _IN_QUOTES.fullmatch(line.text):
        return True  # a company's name
    return len(line.words) < 12 and words.signature_words.inside(line.text, line.words) and not _END.search(line.text)


def is_signer(line: Line, words: Words, after_closing: bool = False) -> bool:
    """Whether a line names the one who writes: a name, a name with its post or address, a team, a placeholder."""
    text = line.text.strip().strip("*_").lstrip("-–—~ ")
    known = line.words
    if (
        not known
        or not text
        or len(text) > 90
        or len(known) > 12
        or "?" in text
        or (_MARKER.match(line.text) and not text[0].isupper())
    ):
        return False
    if text[-1] in ":;" or (_END.search(text) and not _initial_ends(known, text)):
        return False
    if text[0].isdigit() or (_MARKER.match(line.text) and text[:1].isdigit()):
        return False
    if after_closing and len(known) < 7:
        return is_name(known[0], line.text, words) or known[0].word not in words.not_names or len(known) < 3
    if text.endswith(","):
        return False
    if len(known) < 9 and words.signature_words.inside(line.text, known[: max(2, len(known) - 2)]):
        # a post or department, alone or with a name behind it
        named = len(known) > 1 and is_name(known[-1], line.text, words)
        if named or words.signature_words.at(line.text, known):
            return True
    contact = _CONTACT.search(line.text)
    if contact and 0 < sum(token.end <= contact.start() for token in known) < 4:
        return all(is_name(token, line.text, words) for token in known if token.end <= contact.start())
    return _capitals(line.text, known, words)


def _initial_ends(known: Sequence[Token], text: str) -> bool:
    return text.endswith(".") and len(known[-1].word) < 4 and len(known) > 1 and known[-1].word.isalpha()


def _capitals(text: str, known: Sequence[Token], words: Words) -> bool:
    """A name: one to five capitalised words, then nothing, or a comma, bracket or dash and a short rest."""
    size = 0
    for index, token in enumerate(known):
        gap = text[known[index - 1].end : token.start] if index else ""
        if ":" in gap or "?" in gap:
            return False  # a label with its value; a question and the name after it
        if (index and any(char in gap for char in ',(|/·•–—;"«„')) or " - " in gap:
            break
        if any(char.isdigit() for char in token.word) and text[token.start] not in "{[%":
            return index == len(known) - 1 and 0 < size < 3 and len(token.word) < 6 and len(known) > 2
        joins = index and index + 1 < len(known) and (len(token.word) < 4 or token.word == "and")
        surname = index and text[token.start].isupper()  # "Vaike Must", whose surname is a common word too
        if not is_name(token, text, words) and not joins and not surname:
            # "Оля з 14-ї": a name and where it lives
            return 1 < size < 3 and index == len(known) - 1 and len(token.word) < 5
        size += 1
        if size > 5:
            return False
    return size > 0 and len(known) - size < 8


def is_formula(text: str, known: Sequence[Token], words: Words) -> bool:
    """Whether a line is nothing but a formula that closes a letter."""
    size = words.closings.at(text, known)
    if size == 1 and known[0].word in words.not_names and len(known) > 2 and not text.rstrip().endswith(","):
        return False  # "your", "ваш": a sentence goes on
    if not size or len(known) > 12 or "?" in text:
        return False
    if words.askings.inside(text, known, size):
        return False
    rest = text[known[size - 1].end :].strip(" .,!*_)(:;…\t\xa0")
    if not rest:
        return True
    if "://" in rest or ":" in rest or any(char.isdigit() for char in rest):
        return False
    starts = [0, *(i for i in range(1, len(known)) if re.search(r"[.!…]", text[known[i - 1].end : known[i].start]))]
    if len(starts) > 1:
        ends = [*starts[1:], len(known)]
        parts = [
            (text[known[a].start : known[b].start if b < len(known) else len(text)], known[a:b])
            for a, b in zip(starts, ends, strict=True)
        ]
        return all(is_formula(part, _moved(inside), words) for part, inside in parts)
    # "thank you for your patience." is a formula, "we are waiting for you to tell us the date." is more
    return len(known) - size < (4 if text.rstrip().endswith(".") else 9)


def _moved(known: Sequence[Token]) -> list[Token]:
    """Words of a part of a line, as places in that part."""
    begin = known[0].start
    return [Token(token.word, token.start - begin, token.end - begin) for token in known]
