"""Acronyms: how they are told from other words in capitals, and whether a text spells one out."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from replylint.language.doc import Doc, Range
from replylint.language.keys import fold
from replylint.language.lexicon import lexicon

#: Words in capitals with more letters are shouted, or names.
LONGEST = 7
_JOINTS = frozenset("-'’ʼ‑‐")


def acronym_in(form: str, endings: Sequence[str]) -> str | None:
    """The capitals of a word as it is written, without its ending ("SLAs", "ЕГРН-ом", "SMSi"); None for other words."""
    size = 0
    while size < len(form) and form[size].isupper():
        size += 1
    tail = form[size:]
    if not 2 <= size <= LONGEST or not (
        not tail or tail in endings or (tail[0] in _JOINTS and tail[1:].isalpha() and tail.islower())
    ):
        return None
    return form[:size]


@lru_cache(maxsize=100_000)
def inflected(form: str, code: str) -> str | None:
    """The folded acronym that a word is a form of; None where it stands without an ending, or is none.

    After a hyphen only an ending of the language counts: "QR-code" is a word of its own.
    """
    endings = lexicon(code).acronyms.endings
    base = acronym_in(form, endings)
    if base is None or base == form or form[len(base) :].lstrip("-'’ʼ‑‐") not in endings:
        return None
    return fold(base)


def spelt_out(doc: Doc, acronym: str, place: Range, function_words: frozenset[str]) -> bool:
    """Whether words of the place have the letters of the folded acronym for their initials: "key data sheet" for KDS.

    Function words between them may be left out of the acronym.
    """
    words = [token.norm for token in doc.tokens[place[0] : place[1]] if token.kind == "word"]
    parts = [part for word in words for part in word.replace("‑", "-").split("-") if part]
    for start, part in enumerate(parts):
        if not part.startswith(acronym[0]) or part == acronym:
            continue
        letter = 1
        for following in parts[start + 1 : start + 2 * len(acronym) + 2]:
            if letter == len(acronym):
                break
            if following.startswith(acronym[letter]):
                letter += 1
            elif following not in function_words:
                break
        if letter == len(acronym):
            return True
    return False
