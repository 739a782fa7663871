"""Whether a letter is signed by a person, not only by a team or a firm; whether it begins with somebody's name."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from replylint.language.lexicon import languages, lexicon
from replylint.mail.letter import is_name
from replylint.mail.message import Block, Message
from replylint.mail.words import Words, fold, tokens, words

#: A firm's or product's name in quotation marks, and what is no word of a name: addresses, numbers.
_NO_NAME = re.compile(r"[«„“\"][^«»„“”\"\n]{1,60}[»“”\"]|\S+@\S+|(?:https?://|www\.)\S+|\+?\d[\d\s().-]{4,}")
#: "P. Kovtun", "П. П. Ковтун", "Кузьмин А. В.", or an initial alone.
_INITIALS = re.compile(
    r"(?<!\w)(?:[^\W\d_]\.[ \xa0-]?){1,2}(?=[^\W\d_]{3})|[^\W\d_]{3}\s(?:[^\W\d_]\.\s?){1,2}\s*$|^\W*[^\W\d_]\.\s*$"
)
_KISSES = re.compile(r"(?:\s+x+)+\s*$")
_PARTS = re.compile(r"[,|/·•–—(;]| - ")
#: How many lines of a signature may hold the name, and how many words a name that no list knows may have.
_LINES, _WORDS = 4, 3
#: A salutation that is a name alone ends before this many words.
_ADDRESSED = 3
#: A last line of so many words is no signature.
_LONG = 9


def names_person(message: Message, blocks: Sequence[Block]) -> bool:
    """Whether closing or signature hold a given name that a list knows, a placeholder for one, initials, a post with
    a name, or what looks like a name.
    """
    known = words()
    for kind in ("closing", "signature"):
        lines = [line for line in _lines(message, blocks, kind) if not known.devices.fullmatch(line)]
        if any(_is_person(line, kind == "signature" and not n, known) for n, line in enumerate(lines[:_LINES])):
            return True
    text = _lines(message, blocks, "text")[-2:]
    return any(_may_sign(line) and _is_person(line, True, known) for line in text)


def _lines(message: Message, blocks: Sequence[Block], kind: str) -> list[str]:
    parts = [message.body[b.span.start : b.span.end] for b in blocks if b.kind == kind and b.depth == 0]
    return [line for part in parts for line in part.split("\n") if line.strip()]


def _may_sign(line: str) -> bool:
    """Whether a last line that was read as text may be a signature: short, with nothing that ends a sentence."""
    count = len(tokens(line))
    return count < _LONG and (line.rstrip()[-1] not in ".!?:;" or count < _ADDRESSED)


def _is_person(line: str, opens: bool, known: Words) -> bool:
    text = _KISSES.sub("", _NO_NAME.sub(" | ", line))
    found = tokens(text)
    if any(token.word in given_names() or text[token.start] in "{[%" for token in found) or _INITIALS.search(text):
        return True
    for index, token in enumerate(found[1:], 1):
        starts = range(max(0, index - 4), index)
        post = any(0 < known.posts.at(text, found, at) <= index - at for at in starts)
        if post and text[token.start].isupper() and not known.signature_words.at(text, found, index):
            return True
    head = next((part for part in _PARTS.split(text) if part.strip()), "")
    inside = tokens(head)
    if not opens or not inside or len(inside) > _WORDS or known.signature_words.inside(head, inside):
        return False
    alone = len(found) == len(inside) == 1 and len(inside[0].word) > 1 and head.strip(" *_.!-").isalpha()
    return alone or all(is_name(token, head, known) for token in inside)


def opens_with_name(text: str) -> bool:
    """Whether the text begins with a given name that a comma or an exclamation mark sets off ("Олено, вибачте")."""
    head = text[:60]
    found = tokens(head, _ADDRESSED)
    for token in found:
        if head[token.end : token.end + 1] in (",", "!"):
            return any(one.word in given_names() for one in found if one.end <= token.end)
    return False


@lru_cache(maxsize=1)
def given_names() -> frozenset[str]:
    """Every form of the given names of all languages, folded."""
    return frozenset(
        fold(form)
        for code in languages()
        for name, forms in lexicon(code).names.names.items()
        for form in (name, *forms)
    )
