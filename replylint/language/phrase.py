"""One phrase of a list: what a text must hold for it to occur, and where it matches."""

from __future__ import annotations

import marshal

from replylint.language.doc import Doc, is_cue
from replylint.language.matching import NOWHERE, Matcher, matcher
from replylint.language.notation import Compiled

#: How far around a match excluded words are looked for, in tokens: clauses can be endless.
_REACH = 60
#: Equal sets of keys as one object.
_SETS: dict[frozenset[str], frozenset[str]] = {}


class Phrase:
    """One phrase of a list, unpacked step by step when needed: what a text must hold, then its matcher.

    Safe to share: two threads that unpack the same phrase make the same of it.
    """

    __slots__ = ("_match", "_never", "_packed", "cue_needs", "first_cues", "first_keys", "needs", "number")

    def __init__(self, number: int, packed: tuple[bytes, bytes]) -> None:
        """Take a phrase of `pack`; `number` is its own in its list."""
        first, needs = marshal.loads(packed[0])
        self.number, self._packed = number, packed[1]
        #: What a text must hold: keys of words (equal sets are one object, so that a doc looks each up once) …
        self.needs = [_SETS.setdefault(need, need) for need in needs if not any(map(is_cue, need))]
        #: … and phrases of cue classes, or words instead.
        self.cue_needs = [_parted(need) for need in needs if any(map(is_cue, need))]
        keys, self.first_cues = _parted(first)
        self.first_keys = _SETS.setdefault(keys, keys)
        self._match: Matcher | None = None
        self._never: tuple[Matcher, ...] = ()

    def ends(self, doc: Doc, start: int) -> tuple[int, ...]:
        """Ends of the matches from token `start`, within one sentence, the excluded words absent from the clauses."""
        match = self._match
        if match is None:
            tree, never = marshal.loads(self._packed)
            self._never = tuple(map(matcher, never))
            match = self._match = matcher(tree)
        found = match(doc, start)
        if not found:
            return NOWHERE
        last = doc.sentences[doc.sentence_of[start]].last
        ends = tuple(sorted({end for end in found if start < end <= last}))
        return NOWHERE if ends and self._never and self._excluded(doc, start, ends[-1]) else ends

    def _excluded(self, doc: Doc, first: int, last: int) -> bool:
        """Whether a word that must not be there stands in the clauses of tokens `first` to `last`."""
        clauses = doc.clause_of
        low, high = max(0, first - _REACH), min(len(doc.tokens), last + _REACH)
        while first > low and clauses[first - 1] == clauses[first]:
            first -= 1
        while last < high and clauses[last] == clauses[last - 1]:
            last += 1
        return any(never(doc, index) for never in self._never for index in range(first, last))


def pack(phrase: Compiled) -> tuple[bytes, bytes]:
    """A phrase as it is kept: what decides whether it may occur, and the rest."""
    return marshal.dumps((phrase.first, phrase.needs), 4), marshal.dumps((phrase.tree, phrase.never), 4)


def _parted(keys: frozenset[str]) -> tuple[frozenset[str], tuple[str, ...]]:
    """Keys of words, and names of cue classes, apart."""
    cues = frozenset(filter(is_cue, keys))
    return keys - cues, tuple(sorted(cues))
