"""Given names, whoever they belong to: which forms are known, and which are one person's.

The lists of all languages count together, since people write across them. A name that has an entry of its own in a
language's list is nobody's short form there, unless lexicons/names.yaml says so: Mari and Maris are two people, Tiina
and Kristiina may be one.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from replylint import strictyaml
from replylint.language.keys import fold
from replylint.language.lexicon import FOLDER, languages, lexicon


class _Table(BaseModel):
    """lexicons/names.yaml: what holds across languages."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Letters and groups of letters → how they sound, roughly, for comparing names across alphabets.
    sounds: Mapping[str, str]
    #: Letters that are also written for others: Kylli for Külli.
    written: Mapping[str, str]
    #: Names that one person may bear, in whatever alphabet.
    same: Sequence[Sequence[str]]


class _Book:
    """All lists, joined."""

    def __init__(self) -> None:
        self._table = strictyaml.load_kept([FOLDER / "names.yaml"])[0].validate(_Table)
        self._sizes = sorted({len(letters) for letters in self._table.sounds}, reverse=True)
        #: Folded form → whose it may be; and the languages in whose list it has an entry of its own.
        self.persons: dict[str, set[str]] = {}
        self.own: dict[str, set[str]] = {}
        lists = {code: lexicon(code).names.names for code in languages()}
        heads = {fold(name) for names in lists.values() for name in names}
        for code, names in lists.items():
            for name, forms in names.items():
                head = fold(name)
                self.own.setdefault(head, set()).add(code)
                self.persons.setdefault(head, set()).add(head)
                for form in map(fold, forms):
                    if form not in heads or self.sound(form) == self.sound(head):
                        self.persons.setdefault(form, set()).add(head)
        rows: dict[str, set[str]] = {}
        for number, row in enumerate(self._table.same):
            for form in map(fold, row):
                self.persons.setdefault(form, set()).add(form)
                rows.setdefault(form, set()).add(f"#{number}")
        for persons in self.persons.values():
            for person in tuple(persons):
                persons |= rows.get(person, set())

    def heads(self, form: str) -> set[str]:
        """The names of which a folded form is one; the form itself where it is a name of its own, or of none."""
        if form in self.own:
            return {form}
        return {person for person in self.persons.get(form, ()) if person in self.own} or {form}

    def alike(self, one: str, other: str) -> bool:
        """Whether two names sound alike, and are not told apart in some language's list."""
        if self.own.get(one, set()) & self.own.get(other, set()):
            return False
        return not self.sounds(one).isdisjoint(self.sounds(other))

    def sounds(self, word: str) -> set[str]:
        """A folded word as it may sound."""
        return {self.sound(word), *(self.sound(word.replace(a, b)) for a, b in self._table.written.items())}

    def sound(self, word: str) -> str:
        """A folded word as it sounds, roughly, whatever its alphabet and spelling; no letter twice in a row."""
        result: list[str] = []
        at = 0
        while at < len(word):
            for size in self._sizes:
                sound = self._table.sounds.get(word[at : at + size])
                if sound is not None and at + size <= len(word):
                    break
            else:
                size, sound = 1, unicodedata.normalize("NFKD", word[at])[0]
            for letter in sound:
                if not result or result[-1] != letter:
                    result.append(letter)
            at += size
        return "".join(result)


@lru_cache(maxsize=1)
def _book() -> _Book:
    return _Book()


@lru_cache(maxsize=10_000)
def sound(word: str) -> str:
    """How a word sounds, roughly: one form for Юлия, Yulia and Julia."""
    return _book().sound(fold(word))


def is_known_name(word: str) -> bool:
    """Whether a word is a given name of some list, in any of its forms."""
    return fold(word) in _book().persons


def same_name(one: str, other: str) -> bool:
    """Whether two words may be the given name of one person: in any case, short, spelt or written otherwise."""
    book, first, second = _book(), fold(one), fold(other)
    if first == second:
        return True
    if not book.persons.get(first, set()).isdisjoint(book.persons.get(second, set())):
        return True
    return any(book.alike(a, b) for a in book.heads(first) for b in book.heads(second))
