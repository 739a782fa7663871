"""Every phrase of a language, by list, and the index by which those that may occur in a text are found in one pass."""

from __future__ import annotations

import importlib.util
import marshal
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from replylint import compiled
from replylint.language import concepts
from replylint.language.doc import TRANSPARENT, is_cue
from replylint.language.keys import fold
from replylint.language.lexicon import Lexicon, cue_classes, lexicon
from replylint.language.matching import Phrase
from replylint.language.notation import CUE, Compiled, Grammar, NotationError, compile_phrase, cues_in
from replylint.language.tokens import Options, mark_key, norm, options, tokens

#: How much dearer a function word is than others as the word by which a phrase is found: nearly every text has it.
_COMMON = 30
#: Rule lists of so many packs and configs are kept.
_MOST_LISTS = 2000


class _Shelf(NamedTuple):
    """A list of phrases, compiled to plain data: each phrase on its own, so that only those that may occur are unpacked.

    `by_key`: key → numbers of the phrases that may occur where a text has it. `vague`: numbers of those that can be told by
    cue classes only.
    """

    phrases: Sequence[bytes]
    by_key: Mapping[str, Sequence[int]]
    vague: Sequence[int]


class _List:
    """A shelf in use: phrases are unpacked when they are first needed. Two threads that do so make the same."""

    def __init__(self, shelf: _Shelf) -> None:
        self.shelf = shelf
        self._phrases: list[Phrase | None] = [None] * len(shelf.phrases)

    def phrase(self, number: int) -> Phrase:
        found = self._phrases[number]
        if found is None:
            found = self._phrases[number] = Phrase(number, Compiled(*marshal.loads(self.shelf.phrases[number])))
        return found


class _Index:
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

    def collect(self, vocabulary: frozenset[str], into: dict[str, list[Phrase]]) -> None:
        """Add to the lists of each owner its phrases whose words are all in the vocabulary, in order."""
        by_key = self.by_key
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
                into.setdefault(owner, []).append(phrase)


class Phrasebook:
    """Every phrase list of one language, by owner: "@CLASS" for the lexicon's cue classes, rule lists under their own names.

    Rule lists are added first; then texts are read, in any number of threads.
    """

    def __init__(self, code: str) -> None:
        self.lexicon: Lexicon = lexicon(code)
        self.token_options = token_options(code)
        #: Words that carry no topic, folded.
        self.function_keys = frozenset(map(fold, self.lexicon.language.function_words))
        self._lists: dict[str, _List] = {}
        self._index: _Index | None = None
        self._lock = Lock()
        for owner, (phrases, _) in concepts.phrase_lists(code).items():
            try:
                self.add(owner, phrases)
            except NotationError as fault:
                raise concepts.fault_in(code, fault.phrase, str(fault)) from None

    def add(self, owner: str, phrases: Iterable[str]) -> None:
        """Compile a list of phrases; NotationError for one that cannot be read, with its number."""
        shelf = _kept_shelf(self.lexicon.code, owner, tuple(phrases))
        with self._lock:
            self._lists = {**self._lists, owner: _List(shelf)}
            self._index = None

    def compile_cues(self) -> None:
        """Make the cue classes ready; StrictError with file and line for a phrase that cannot be read."""
        _cue_lists(self.lexicon.code)

    def candidates(self, vocabulary: frozenset[str]) -> Mapping[str, Sequence[Phrase]]:
        """Owner → its phrases that may occur in a text with these match keys, those apart that `vague` names."""
        result: dict[str, list[Phrase]] = {}
        for index in (_cue_lists(self.lexicon.code), self._ready()):
            index.collect(vocabulary, result)
        return result

    def vague(self, owner: str) -> Sequence[Phrase]:
        """The phrases of a list that begin with nothing but cue classes: they may occur wherever those do."""
        found = self._lists.get(owner) or _cue_lists(self.lexicon.code).lists.get(owner)
        return [found.phrase(number) for number in found.shelf.vague] if found else ()

    def _ready(self) -> _Index:
        with self._lock:
            if self._index is None:
                self._index = _Index(self._lists)
                _keep_shelves(self.lexicon.code)
            return self._index


# --- cue classes: the same for every book of a language ---------------------------------------------------------------


@lru_cache(maxsize=16)
def _cue_lists(code: str) -> _Index:
    cues = lexicon(code).cues
    stamp = compiled.digest(_stamp(code), tuple(cues.items()))
    shelves = compiled.kept(f"cues-{code}", stamp, lambda: _compile_cues(code, cues))
    return _Index({CUE + name: _List(_Shelf(*shelf)) for name, shelf in shelves.items()})


def _compile_cues(code: str, cues: Mapping[str, Sequence[str]]) -> dict[str, tuple[Any, ...]]:
    shelves, uses = {}, {}
    for name, phrases in cues.items():
        try:
            read = _read(code, CUE + name, phrases)
        except NotationError as fault:
            raise lexicon(code).cue_error(name, fault.number, str(fault)) from None
        uses[name] = {used: number for number, each in enumerate(read) for used in cues_in(each)}
        shelves[name] = tuple(_shelve(code, read))
    for name in uses:
        circle = _circle(name, uses, (name,))
        if circle:
            reason = f"classes refer to each other in a circle: {' → '.join(circle)}"
            raise lexicon(code).cue_error(name, uses[name][circle[1]], reason)
    return shelves


def _circle(name: str, uses: Mapping[str, Mapping[str, int]], way: tuple[str, ...]) -> tuple[str, ...]:
    """The way from the first class of `way` back to itself, where there is one."""
    for used in uses.get(name, ()):
        if used == way[0]:
            return (*way, used)
        if used not in way and (found := _circle(used, uses, (*way, used))):
            return found
    return ()


# --- from phrases to shelves ------------------------------------------------------------------------------------------


def _read(code: str, owner: str, phrases: Sequence[str]) -> list[Compiled]:
    grammar, result = _grammar(code), []
    for number, phrase in enumerate(phrases):
        try:
            result.append(compile_phrase(phrase, grammar))
        except NotationError as fault:
            raise NotationError(phrase, fault.column, fault.reason, owner, number) from None
    return result


def _shelve(code: str, phrases: Sequence[Compiled]) -> _Shelf:
    """Each phrase is found by the one of its needs that the fewest texts fulfil, as far as can be told."""
    common = frozenset(map(fold, lexicon(code).language.function_words))
    cost: dict[str, int] = {}
    for phrase in phrases:
        for need in phrase.needs:
            for key in need:
                cost[key] = cost.get(key, _COMMON if key.lstrip("=") in common else 0) + 1
    index: dict[str, list[int]] = {}
    vague: list[int] = []
    for number, phrase in enumerate(phrases):
        words = [need for need in phrase.needs if not any(map(is_cue, need))]
        if not words:
            vague.append(number)
            continue
        for key in min(words, key=lambda need: sum(cost[key] for key in need)):
            index.setdefault(key, []).append(number)
    return _Shelf([marshal.dumps(tuple(phrase), 4) for phrase in phrases], index, vague)


@lru_cache(maxsize=16)
def _grammar(code: str) -> Grammar:
    """How the words of a phrase are read: as those of a text are, with the same keys."""
    known, word_keys = token_options(code), lexicon(code).keys

    @lru_cache(maxsize=50_000)
    def keys(written: str, exact: bool) -> tuple[frozenset[str], ...]:
        result = []
        for token in tokens(written, 0, len(written), known):
            form = norm(written[token.start : token.end])
            if form in TRANSPARENT:
                continue
            if token.kind in ("punct", "emoji", "dots"):
                result.append(frozenset({mark_key(form, token.kind)}))
            elif token.kind != "word":
                result.append(frozenset({form}))
            else:
                result.append(frozenset({"=" + form}) if exact else word_keys(form))
        return tuple(result)

    return Grammar(keys, cue_classes())


@lru_cache(maxsize=16)
def token_options(code: str) -> Options:
    """What the tokenizer needs to know of a language."""
    language = lexicon(code).language
    abbreviations = (*language.abbreviations, *language.prefixing_abbreviations)
    return options(language.clitics, language.ordinal_suffixes, abbreviations)


# --- between runs -----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=16)
def _stamp(code: str) -> bytes:
    """Stands for all that the keys of phrases depend on: our code, the language's words, its dictionary."""
    own = lexicon(code)
    name, _, variant = own.language.morphology.dictionary.partition(":")
    spec = importlib.util.find_spec(f"{name}_dicts_{variant}" if name == "pymorphy3" else name) if name else None
    dictionary = [Path(spec.origin)] if spec and spec.origin else []
    code_files = sorted(Path(__file__).parent.glob("*.py"))
    return compiled.stamp((*code_files, own.folder / "language.yaml", *dictionary), sorted(cue_classes()))


class _Kept:
    """The shelves of rule lists of one language: read once, written when there are new ones."""

    def __init__(self, code: str) -> None:
        self.stamp = _stamp(code)
        self.shelves: dict[bytes, Any] = compiled.recall(f"lists-{code}", self.stamp) or {}
        self.is_new = False


_kept_lock = Lock()
_kept = lru_cache(maxsize=16)(_Kept)


def _kept_shelf(code: str, owner: str, phrases: tuple[str, ...]) -> _Shelf:
    if not phrases:
        return _Shelf((), {}, ())
    key = compiled.digest(phrases)
    with _kept_lock:
        shelves = _kept(code).shelves
        found = shelves.get(key)
    if found is None:
        found = tuple(_shelve(code, _read(code, owner, phrases)))
        with _kept_lock:
            shelves[key] = found
            _kept(code).is_new = True
    return _Shelf(*found)


def _keep_shelves(code: str) -> None:
    with _kept_lock:
        kept = _kept(code)
        if kept.is_new:
            kept.is_new = False
            for key in list(kept.shelves)[: max(0, len(kept.shelves) - _MOST_LISTS)]:
                del kept.shelves[key]
            compiled.keep(f"lists-{code}", kept.stamp, kept.shelves)


__all__ = ["NotationError", "Phrasebook", "token_options"]
