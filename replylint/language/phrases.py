"""Every phrase of a language, by list, and the index by which those that may occur in a text are found in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from threading import Lock

from replylint.language import concepts
from replylint.language.keys import fold
from replylint.language.lexicon import Lexicon, lexicon
from replylint.language.notation import NotationError
from replylint.language.phrase import Phrase
from replylint.language.shelves import Shelf, cue_shelves, keep_shelves, shelf_of, token_options
from replylint.language.trees import CUE

_CONCEPT_OWNERS = frozenset(map(concepts.owner, concepts.SIDES))


class _List:
    """A shelf in use: phrases are unpacked when they are first needed. Two threads that do so make the same."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self._phrases: list[Phrase | None] = [None] * len(shelf.phrases)

    def phrase(self, number: int) -> Phrase:
        found = self._phrases[number]
        if found is None:
            found = self._phrases[number] = Phrase(number, self.shelf.phrases[number])
        return found


class Index:
    """Many lists as one: which phrases may occur where a text has a key."""

    def __init__(self, lists: Mapping[str, _List]) -> None:
        self.lists = lists
        #: Every phrase by a number of its own: owner, list, number in the list.
        self.entries: list[tuple[str, _List, int]] = []
        self.by_key: dict[str, list[int]] = {}
        for owner, each in lists.items():
            begin = len(self.entries)
            self.entries.extend((owner, each, number) for number in range(len(each.shelf.phrases)))
            for key, numbers in each.shelf.by_key.items():
                self.by_key.setdefault(key, []).extend([begin + number for number in numbers])

    def candidates(self, vocabulary: frozenset[str]) -> Mapping[str, Sequence[Phrase]]:
        """Owner → its phrases that may occur in a text with these match keys, in order, those of `vague` apart."""
        by_key = self.by_key
        result: dict[str, list[Phrase]] = {}
        found: set[int] = set()
        for key in vocabulary:
            if key in by_key:
                found.update(by_key[key])
        for entry in sorted(found):
            owner, home, number = self.entries[entry]
            phrase = home.phrase(number)
            for need in phrase.needs:
                if need.isdisjoint(vocabulary):
                    break
            else:
                result.setdefault(owner, []).append(phrase)
        return result

    def vague(self, owner: str) -> Sequence[Phrase]:
        """The phrases of a list that hold nothing but cue classes: they may occur wherever those do."""
        found = self.lists.get(owner)
        return [found.phrase(number) for number in found.shelf.vague] if found else ()


class Phrasebook:
    """Every phrase list of one language, by owner: "@CLASS" for the lexicon's cue classes, or a rule's own name.

    Rule lists are added first; then texts are read, in any number of threads.
    """

    def __init__(self, code: str) -> None:
        self.lexicon: Lexicon = lexicon(code)
        self.token_options = token_options(code)
        #: Words that carry no topic, folded.
        self.function_keys = frozenset(map(fold, self.lexicon.language.function_words))
        self._lists: dict[str, _List] = {}
        self._index: Index | None = None
        self._lock = Lock()

    def add(self, owner: str, phrases: Iterable[str]) -> None:
        """Compile a list of phrases; NotationError for one that cannot be read, with its number."""
        shelf = shelf_of(self.lexicon.code, owner, tuple(phrases))
        with self._lock:
            self._lists = {**self._lists, owner: _List(shelf)}
            self._index = None

    def compile_cues(self) -> None:
        """Make cue classes and concepts ready; StrictError with file and line for a phrase that cannot be read."""
        _cue_index(self.lexicon.code)
        _concept_index(self.lexicon.code)

    def index_of(self, owner: str) -> Index:
        """The index that holds a list: of the cue classes, of the concepts, or of the rules."""
        if owner.startswith(CUE):
            return _cue_index(self.lexicon.code)
        return _concept_index(self.lexicon.code) if owner in _CONCEPT_OWNERS else self._ready()

    def _ready(self) -> Index:
        with self._lock:
            if self._index is None:
                self._index = Index(self._lists)
                keep_shelves(self.lexicon.code)
            return self._index


@lru_cache(maxsize=16)
def _cue_index(code: str) -> Index:
    """The cue classes: the same for every book of a language."""
    return Index({CUE + name: _List(shelf) for name, shelf in cue_shelves(code).items()})


@lru_cache(maxsize=16)
def _concept_index(code: str) -> Index:
    """The concepts: the same for every book of a language, too."""
    lists = {}
    for owner, (phrases, _) in concepts.phrase_lists(code).items():
        try:
            lists[owner] = _List(shelf_of(code, owner, tuple(phrases)))
        except NotationError as fault:
            raise concepts.fault_in(code, fault.phrase, str(fault)) from None
    keep_shelves(code)
    return Index(lists)


__all__ = ["NotationError", "Phrasebook", "token_options"]
