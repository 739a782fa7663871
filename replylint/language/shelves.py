"""From lists of phrases to shelves: compiled once, kept between runs, since notation and dictionary take long."""

from __future__ import annotations

import importlib.util
import marshal
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

from replylint import compiled
from replylint.language.doc import TRANSPARENT, is_cue
from replylint.language.keys import fold
from replylint.language.lexicon import cue_classes, lexicon
from replylint.language.notation import Compiled, Grammar, NotationError, compile_phrase, cues_in
from replylint.language.phrase import pack
from replylint.language.tokens import Options, mark_key, norm, options, tokens
from replylint.language.trees import CUE

#: How much dearer a function word is than others as the word by which a phrase is found: nearly every text has it.
_COMMON = 30
#: How many bytes of rule lists are kept for each language: those of several packs and configs.
_MOST_KEPT = 8_000_000


class Shelf(NamedTuple):
    """A list of phrases as plain data: each packed on its own, so that only those that may occur are unpacked.

    `by_key`: key → numbers of the phrases that may occur where a text has it. `vague`: numbers of those that can be
    told by cue classes only.
    """

    phrases: Sequence[tuple[bytes, bytes]]
    by_key: Mapping[str, Sequence[int]]
    vague: Sequence[int]


def shelf_of(code: str, owner: str, phrases: tuple[str, ...]) -> Shelf:
    """A rule's list of phrases, compiled; NotationError with owner and number for one that cannot be read."""
    if not phrases:
        return Shelf((), {}, ())
    key = compiled.digest(phrases)
    with _lock:
        found = _kept(code).take(key)
    if found is None:
        found = _packed(_shelve(code, _read(code, owner, phrases)))
        with _lock:
            _kept(code).put(key, found)
    return Shelf(*marshal.loads(found))


def _packed(shelf: Shelf) -> bytes:
    plain: Any = tuple(shelf)
    return marshal.dumps(plain, 4)


def keep_shelves(code: str) -> None:
    """Write what was compiled since the last time to the cache."""
    with _lock:
        _kept(code).write(code)


def cue_shelves(code: str) -> Mapping[str, Shelf]:
    """Every cue class of a language, compiled; StrictError with file and line for a phrase that cannot be read."""
    cues = lexicon(code).cues
    made = compiled.digest(_stamp(code), tuple(cues.items()))
    packed = compiled.kept(f"cues-{code}", made, lambda: _compile_cues(code, cues))
    return {name: Shelf(*shelf) for name, shelf in packed.items()}


def _compile_cues(code: str, cues: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    shelves: dict[str, Any] = {}
    uses: dict[str, dict[str, int]] = {}
    for name, phrases in cues.items():
        try:
            read = _read(code, CUE + name, phrases)
        except NotationError as fault:
            raise lexicon(code).cue_error(name, fault.number, str(fault)) from None
        uses[name] = {used: number for number, each in enumerate(read) for used in cues_in(each)}
        shelves[name] = tuple(_shelve(code, read))
    for name in uses:
        circle = _circle(name, uses)
        if circle:
            reason = f"classes refer to each other in a circle: {' → '.join(circle)}"
            raise lexicon(code).cue_error(name, uses[name][circle[1]], reason)
    return shelves


def _circle(name: str, uses: Mapping[str, Mapping[str, int]]) -> list[str]:
    """The way from a class back to itself, where there is one."""
    ways = [[name, used] for used in uses[name]]
    seen: set[str] = set()
    while ways:
        way = ways.pop()
        if way[-1] == name:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways.extend([*way, used] for used in uses.get(way[-1], ()))
    return []


def _read(code: str, owner: str, phrases: Sequence[str]) -> list[Compiled]:
    grammar, result = _grammar(code), []
    for number, phrase in enumerate(phrases):
        try:
            result.append(compile_phrase(phrase, grammar))
        except NotationError as fault:
            raise NotationError(phrase, fault.column, fault.reason, owner, number) from None
    return result


def _shelve(code: str, phrases: Sequence[Compiled]) -> Shelf:
    """Each phrase is found by the one of its needs that the fewest texts fulfil, as far as can be told."""
    common = frozenset(map(fold, lexicon(code).language.function_words))
    cost: dict[str, int] = {}
    for phrase in phrases:
        for need in phrase.needs:
            for key in need:
                cost[key] = cost.get(key, _COMMON if key.lstrip("=") in common else 0) + 1
    by_key: dict[str, list[int]] = {}
    vague: list[int] = []
    for number, phrase in enumerate(phrases):
        words = [need for need in phrase.needs if not any(map(is_cue, need))]
        if not words:
            vague.append(number)
            continue
        for key in min(words, key=lambda need: sum(cost[key] for key in need)):
            by_key.setdefault(key, []).append(number)
    return Shelf(list(map(pack, phrases)), by_key, vague)


@lru_cache(maxsize=16)
def _grammar(code: str) -> Grammar:
    """How the words of a phrase are read: as those of a text are, with the same keys."""
    known, word_keys = token_options(code), lexicon(code).keys

    @lru_cache(maxsize=50_000)
    def keys(written: str, exact: bool) -> tuple[frozenset[str], ...]:
        if known.clitics and known.clitics.fullmatch(written):  # on its own no token of a text, but the end of one
            return (frozenset({"=" + norm(written)}) if exact else word_keys(norm(written)),)
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


@lru_cache(maxsize=16)
def _stamp(code: str) -> bytes:
    """Stands for all that the keys of phrases depend on: our code, the language's words, its dictionary."""
    own = lexicon(code)
    name, _, variant = own.language.morphology.dictionary.partition(":")
    spec = importlib.util.find_spec(f"{name}_dicts_{variant}" if name == "pymorphy3" else name) if name else None
    dictionary = [Path(spec.origin)] if spec and spec.origin else []
    code_files = [Path(__file__).parent / f"{module}.py" for module in _MADE_BY]
    return compiled.stamp((*code_files, own.folder / "language.yaml", *dictionary), sorted(cue_classes()))


#: The modules that decide what a compiled phrase is.
_MADE_BY = ("dictionary", "doc", "keys", "matching", "notation", "phrase", "shelves", "tokens", "trees")


class _Kept:
    """The shelves of rule lists of one language, by a digest of their phrases: read once, written when new."""

    def __init__(self, code: str) -> None:
        self.stamp = _stamp(code)
        self.shelves: dict[bytes, bytes] = compiled.recall(f"lists-{code}", self.stamp) or {}
        self.is_new = False

    def take(self, key: bytes) -> bytes | None:
        """The shelf kept under a key, which moves to the end: what was not used for the longest time stands first."""
        found = self.shelves.pop(key, None)
        if found is not None:
            self.shelves[key] = found
        return found

    def put(self, key: bytes, shelf: bytes) -> None:
        """Keep a new shelf."""
        self.shelves[key] = shelf
        self.is_new = True

    def write(self, code: str) -> None:
        """Write to the cache where there are new shelves, the oldest left out beyond the bound."""
        if self.is_new:
            self.is_new = False
            size = sum(map(len, self.shelves.values()))
            for key in list(self.shelves):
                if size <= _MOST_KEPT:
                    break
                size -= len(self.shelves.pop(key))
            compiled.keep(f"lists-{code}", self.stamp, self.shelves)


_lock = Lock()
_kept = lru_cache(maxsize=16)(_Kept)
