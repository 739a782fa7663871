"""A text as the checks see it: tokens with match keys, sentences, clauses, paragraphs, and its phrases."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING, NamedTuple

from replylint.mail.message import BlockKind, Span

if TYPE_CHECKING:
    from replylint.language.phrase import Phrase
    from replylint.language.phrases import Index, Phrasebook

_MOST_BITS = 100_000
Range = tuple[int, int]
"""A half-open range of token indices."""

#: Tokens that end a clause: a gap in a phrase never crosses them.
CLAUSE_MARKS = frozenset(",;:—–-()[]")
#: Tokens that phrases pass over.
TRANSPARENT = frozenset("\"'«»“”„‟‘’*_`")


def is_cue(key: str) -> bool:
    """Whether a key stands for a cue class ("@date") rather than for words."""
    return key[0] == "@" and len(key) > 1


class Token(NamedTuple):
    """One token: its place in the text, its form folded for comparison, its match keys and its kind."""

    start: int
    end: int
    norm: str
    keys: frozenset[str]
    kind: str


class Sentence(NamedTuple):
    """A sentence: its tokens, the kind of block it stands in, and the number of its paragraph (or list item)."""

    first: int
    last: int
    zone: BlockKind
    paragraph: int


class Hit(NamedTuple):
    """A phrase found: its tokens, and its number within its list."""

    first: int
    last: int
    phrase: int


@dataclass
class Doc:
    """The author's own words of one part of a mail, analysed in one language. Built by `pipeline.analyse`."""

    text: str
    part: str
    language: str
    tokens: Sequence[Token]
    sentences: Sequence[Sentence]
    #: Of each token: the number of its sentence, and of its clause (both rise along the text).
    sentence_of: Sequence[int]
    clause_of: Sequence[int]
    book: Phrasebook
    #: Match keys of each token, and an empty set at the end: what phrases look at.
    keys: list[frozenset[str]] = field(init=False)
    #: From each index, the next token that is not transparent.
    skip: list[int] = field(init=False)
    _found: dict[str, list[Hit]] = field(init=False, default_factory=dict)
    _starts: dict[str, dict[int, tuple[int, ...]]] = field(init=False, default_factory=dict)
    _every: dict[str, list[tuple[int, int, int]]] = field(init=False, default_factory=dict)
    _known_needs: dict[frozenset[str], int] = field(init=False, default_factory=dict)
    _known_places: dict[frozenset[str], Sequence[int]] = field(init=False, default_factory=dict)
    _openings: dict[int, int] = field(init=False, default_factory=dict)
    _candidates: dict[Index, Mapping[str, Sequence[Phrase]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.keys = [token.keys for token in self.tokens]
        self.keys.append(frozenset())
        self.skip = list(range(len(self.tokens) + 1))
        for index in range(len(self.tokens) - 1, -1, -1):
            if self.tokens[index].norm in TRANSPARENT:
                self.skip[index] = self.skip[index + 1]

    def __reduce__(self) -> tuple[object, ...]:
        """Sent to another process the text goes without its analysis, which hangs on the phrases of this one."""
        return Doc, (self.text, self.part, self.language, (), (), (), (), None)

    def __copy__(self) -> Doc:
        """The same analysis under another name, within this process."""
        other = object.__new__(Doc)
        other.__dict__.update(self.__dict__)
        return other

    def at(self, part: str) -> Doc:
        """The same text as another part; what has been found in it is shared."""
        if part == self.part:
            return self
        other = copy(self)
        other.part = part
        return other

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every key of the text."""
        return frozenset(self.positions)

    # --- places -------------------------------------------------------------------------------------------------

    def span(self, first: int, last: int) -> Span:
        """The place of tokens `first` to `last` (half-open)."""
        return Span(self.part, self.tokens[first].start, self.tokens[last - 1].end)

    def between(self, first: int, last: int) -> str:
        """The text of tokens `first` to `last` (half-open)."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end] if last > first else ""

    def tokens_in(self, start: int, end: int) -> Range:
        """The tokens that lie within the characters `start` to `end`."""
        first = bisect_left(self.tokens, start, key=lambda token: token.start)
        return first, max(first, bisect_right(self.tokens, end, key=lambda token: token.end))

    def clause(self, index: int) -> Range:
        """The tokens of the clause in which a token stands."""
        number = self.clause_of[index]
        return bisect_left(self.clause_of, number), bisect_right(self.clause_of, number)

    def paragraph(self, number: int) -> Range:
        """The tokens from the first to the last sentence of a paragraph."""
        return self._paragraphs[number]

    @cached_property
    def _paragraphs(self) -> Mapping[int, Range]:
        result: dict[int, Range] = {}
        for sentence in self.sentences:
            first, last = result.get(sentence.paragraph, (sentence.first, 0))
            result[sentence.paragraph] = first, max(last, sentence.last)
        return result

    def opening(self, index: int) -> int:
        """The token at which the words of its sentence begin: after a bullet, a list's number, a quotation mark."""
        number = self.sentence_of[index]
        if number not in self._openings:
            sentence = self.sentences[number]
            at = self._pass_marks(sentence.first, sentence.last)
            is_label = at + 2 < sentence.last and (
                self.tokens[at].kind == "number" or (self.tokens[at].kind == "word" and len(self.tokens[at].norm) == 1)
            )
            if is_label and self.tokens[at + 1].norm in (".", ")"):
                at = self._pass_marks(at + 2, sentence.last)
            self._openings[number] = at
        return self._openings[number]

    def _pass_marks(self, at: int, last: int) -> int:
        while at < last and self.tokens[at].kind in ("punct", "emoji", "dots"):
            at += 1
        return at

    # --- sizes --------------------------------------------------------------------------------------------------

    def words(self, first: int = 0, last: int | None = None, zones: frozenset[str] | None = None) -> int:
        """How many words (numbers count) the tokens `first` to `last` hold; only in `zones`, where given."""
        stop = len(self.tokens) if last is None else last
        if zones is None:
            return sum(self.is_word(i) for i in range(first, stop))
        return sum(self.is_word(i) for i in range(first, stop) if self.sentences[self.sentence_of[i]].zone in zones)

    def is_word(self, index: int) -> bool:
        """Whether a token counts as a word: words, numbers, times; no links, signs or split-off endings."""
        token = self.tokens[index]
        if token.kind == "word":
            return index == 0 or self.tokens[index - 1].end != token.start or self.tokens[index - 1].kind != "word"
        return token.kind in ("number", "day", "clock")

    @property
    def body(self) -> list[Sentence]:
        """The sentences between greeting and closing."""
        return [s for s in self.sentences if s.zone in ("text", "list")]

    # --- phrases ------------------------------------------------------------------------------------------------

    def find(self, owner: str) -> list[Hit]:
        """Where the phrases of a list occur: "@CLASS" for a cue class, else a rule's list. Longest from each start."""
        if owner not in self._found:
            hits = [Hit(start, max(ends), phrase) for start, phrase, ends in self._matches(owner)]
            best: dict[int, Hit] = {}
            for hit in hits:
                if hit.first not in best or hit.last > best[hit.first].last:
                    best[hit.first] = hit
            self._found[owner] = [best[start] for start in sorted(best)]
        return self._found[owner]

    def every(self, owner: str) -> list[tuple[int, int, int]]:
        """(first token, end, phrase number) of every match of every phrase of a list, overlapping ones too."""
        if owner not in self._every:
            self._every[owner] = [(start, min(ends), number) for start, number, ends in self._matches(owner)]
        return self._every[owner]

    def longest(self, owner: str) -> list[tuple[int, int, int]]:
        """The same with the last token that each match can reach."""
        return [(start, max(ends), number) for start, number, ends in self._matches(owner)]

    def starts(self, owner: str) -> Mapping[int, tuple[int, ...]]:
        """Start token → every end token of the phrases of a list: for phrases that hold others."""
        if owner not in self._starts:
            self._starts[owner] = {}  # a class that refers to itself finds nothing there
            result: dict[int, set[int]] = {}
            for start, _, ends in self._matches(owner):
                result.setdefault(start, set()).update(ends)
            self._starts[owner] = {start: tuple(sorted(ends)) for start, ends in result.items()}
        return self._starts[owner]

    def _matches(self, owner: str) -> Iterator[tuple[int, int, tuple[int, ...]]]:
        """(start token, phrase number, end tokens) of every match of a list's phrases."""
        index = self.book.index_of(owner)
        candidates = self._candidates.get(index)
        if candidates is None:
            candidates = self._candidates[index] = index.candidates(self.vocabulary)
        for phrase in (*candidates.get(owner, ()), *index.vague(owner)):
            possible = self._sentences_with(phrase.needs)
            if possible and all(self._may_hold(*need) for need in phrase.cue_needs):
                # as bytes: to shift a long number at every place would take as long as the text is
                held = possible.to_bytes(len(self.sentences) // 8 + 1, "little") if possible > 0 else b""
                for start in self._places(phrase.first_keys, phrase.first_cues):
                    number = self.sentence_of[start]
                    if held and not held[number >> 3] >> (number & 7) & 1:
                        continue
                    if ends := phrase.ends(self, start):
                        yield start, phrase.number, ends

    def _sentences_with(self, needs: Sequence[frozenset[str]]) -> int:
        """Bits of the sentences that have a key of each need; of all where there are too many to tell cheaply."""
        result = -1
        if len(self.sentences) > _MOST_BITS:
            return result
        known, sentences = self._known_needs, self._sentences
        for need in needs:
            here = known.get(need)
            if here is None:
                here = 0
                for key in self.vocabulary & need:
                    here |= sentences[key]
                known[need] = here
            result &= here
            if not result:
                break
        return result

    @cached_property
    def _sentences(self) -> Mapping[str, int]:
        """Key → bits of the sentences that have it."""
        size, result = len(self.sentences) // 8 + 1, {}
        for key, places in self.positions.items():
            bits = bytearray(size)
            for place in places:
                number = self.sentence_of[place]
                bits[number >> 3] |= 1 << (number & 7)
            result[key] = int.from_bytes(bits, "little")
        return result

    def _may_hold(self, keys: frozenset[str], cues: Sequence[str]) -> bool:
        return not keys.isdisjoint(self.vocabulary) or any(map(self.starts, cues))

    def _places(self, keys: frozenset[str], cues: Sequence[str]) -> Sequence[int]:
        """The tokens that have one of the keys, or at which a phrase of one of the classes begins."""
        places = self._known_places.get(keys)
        if places is None:
            found = [self.positions[key] for key in self.vocabulary & keys]
            places = self._known_places[keys] = found[0] if len(found) == 1 else sorted(set().union(*found))
        return sorted(set(places).union(*map(self.starts, cues))) if cues else places

    @cached_property
    def positions(self) -> Mapping[str, Sequence[int]]:
        """Key → the tokens that have it."""
        result: dict[str, list[int]] = {}
        for index, keys in enumerate(self.keys):
            for key in keys:
                result.setdefault(key, []).append(index)
        return result

    def has(self, cue: str, first: int = 0, last: int | None = None) -> bool:
        """Whether a phrase of the cue class lies within the tokens `first` to `last`."""
        return self.first_cue(cue, first, last) is not None

    def has_mark(self, mark: str, first: int, last: int) -> bool:
        """Whether the mark stands within the tokens `first` to `last`."""
        places = self.positions.get(mark, ())
        at = bisect_left(places, first)
        return at < len(places) and places[at] < last

    def first_cue(self, cue: str, first: int = 0, last: int | None = None) -> Hit | None:
        """The first phrase of the cue class within the tokens `first` to `last`."""
        return next(self.each_cue(cue, first, len(self.tokens) if last is None else last), None)

    def cues_in(self, cue: str, first: int, last: int) -> list[Hit]:
        """Every phrase of the cue class within the tokens `first` to `last`."""
        return list(self.each_cue(cue, first, last))

    def each_cue(self, cue: str, first: int, last: int) -> Iterator[Hit]:
        """The same, one after another as they are asked for."""
        hits = self.find("@" + cue)
        for at in range(bisect_left(hits, first, key=_first), len(hits)):
            if hits[at].first >= last:
                return
            if hits[at].last <= last:
                yield hits[at]


_first = attrgetter("first")
