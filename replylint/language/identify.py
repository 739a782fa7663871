"""Which language a text is in: one of the registered ones, or `und`.

Three kinds of evidence, all from the lexicons: letters that a language has or never has, its commonest words, and the
share of the text's words that its dictionary knows. The last is what tells a registered language from one that merely
looks like it (German from Estonian, Bulgarian from Russian). A dictionary is only opened when the text is in its
script, and only that of the first in the running, unless two are close. A language registered by a folder needs no
code here.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from replylint.language.keys import fold
from replylint.language.lexicon import Lexicon, languages, lexicon

UNKNOWN = "und"

#: Of the distinct words of a text no more than this are looked up, evenly chosen: a mail's language shows in fewer.
_SAMPLE = 120
#: What is no word of any language is read over: links, addresses, placeholders, codes with figures. What stands before
#: an @ or a figure is bounded, so that an endless run of marks is not read anew from each of them.
_WORD = re.compile(
    r"https?://\S+|www\.\S+|\S{1,64}@\S+|\{\{[^}]{0,200}\}\}|\{%[^%]{0,200}%\}|[$%]?\{[^}\s]{0,60}\}|<[^<>\s]{1,60}>|&\w{1,8};"
    r"|\w{0,64}\d\w*|(?:[^\W\d_]{1,40}\.)+[a-z]{2,4}\b|(?P<word>[^\W\d_]+(?:['’ʼ‘`\u2010\u2011-][^\W\d_]+)*)"
)
#: What stands between two words of one sentence.
_INSIDE = re.compile(r"[^.!?\n]*")
#: A word's weight by its length: long words are telling, short ones occur in many languages.
_WEIGHT = (0.0, 0.3, 0.6, 0.8, 1.0, 1.2, 1.4)
#: Unknown words with a capital are mostly names, the same in every language; less surely so at a sentence's start.
_NAME, _FIRST = 0.25, 0.6
#: A foreign letter speaks louder than an unknown word.
_FOREIGN = 1.5
#: The share of known words from which a text is the language's, for many words and for few.
_KNOWN, _KNOWN_OF_FEW, _FEW = 0.62, 0.68, 8
#: The same, of the commonest words alone, where a language has no dictionary.
_COMMON = 0.3
#: A guess is sure with so many words, and so far ahead of the next language.
_SURE_WORDS, _SURE_LEAD = 3, 1.25


@dataclass(frozen=True, slots=True)
class Guess:
    """A language code or `und`, whether that is more than a guess, and how many words it rests on."""

    language: str
    sure: bool
    words: int


@dataclass
class _Reader:
    """What one language makes of words."""

    lexicon: Lexicon
    inside: re.Pattern[str] = field(init=False)
    touches: re.Pattern[str] = field(init=False)
    common: frozenset[str] = field(init=False)
    own: frozenset[str] = field(init=False)
    foreign: frozenset[str] = field(init=False)
    strange: frozenset[str] = field(init=False)
    clitics: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        language = self.lexicon.language
        self.inside = re.compile(f"(?:[{language.letters}]|['-])+")
        self.touches = re.compile(f"[{language.letters}]")
        self.common = frozenset(map(fold, language.function_words))
        self.own = frozenset(language.own_letters)
        self.foreign = frozenset(language.foreign_letters)
        self.strange = frozenset(map(fold, language.foreign_words))
        self.clitics = tuple(sorted(map(fold, language.clitics), key=len, reverse=True))

    def parts(self, word: str) -> str:
        """The word without a clitic: don't, we're."""
        for clitic in self.clitics:
            if word.endswith(clitic) and len(word) > len(clitic):
                return word[: -len(clitic)]
        return word

    def is_common(self, word: str) -> bool:
        return word in self.common or self.parts(word) in self.common

    def fits(self, word: str) -> bool:
        return word not in self.strange and self.inside.fullmatch(word) is not None and self.foreign.isdisjoint(word)

    def knows(self, word: str) -> bool:
        """Whether the dictionary has the word, or every part of a hyphened one."""
        keys = self.lexicon.keys
        bare = self.parts(word)
        return (
            keys.knows(bare)
            or keys.knows(bare.capitalize())
            or ("-" in bare and all(keys.knows(part) for part in bare.split("-") if part))
        )


@lru_cache(maxsize=1)
def _readers() -> dict[str, _Reader]:
    return {code: _Reader(lexicon(code)) for code in languages()}


@dataclass
class _Tally:
    """One language's share of a text."""

    reader: _Reader
    #: Weight of all words in the language's script, of its common words, and of those with a letter of its own.
    total: float = 0.0
    common: float = 0.0
    own: float = 0.0
    #: Weight of the words that its dictionary, or its list of common words, knows; None until looked up.
    known: float | None = None

    @property
    def first_sight(self) -> float:
        return 2 * self.common + self.own

    def share(self) -> float:
        known = self.common if self.known is None else self.known
        return known / self.total if self.total else 0.0


def _words(text: str) -> tuple[Counter[str], dict[str, float]]:
    """The folded words with their counts, and what each weighs where it is unknown: less if it may be a name."""
    counts: Counter[str] = Counter()
    unknown: dict[str, float] = {}
    end = 0
    for match in _WORD.finditer(text):
        raw = match["word"]
        if raw is not None:
            word = fold(raw)
            counts[word] += 1
            starts = not end or not _INSIDE.fullmatch(text, end, match.start())
            factor = 1.0 if not raw[0].isupper() else _FIRST if starts else _NAME
            unknown[word] = max(factor, unknown.get(word, 0.0))
        end = match.end()
    return counts, unknown


def _tally(reader: _Reader, counts: Counter[str], unknown: dict[str, float], look_up: bool) -> _Tally:
    tally = _Tally(reader)
    known = 0.0
    for word, count in counts.items():
        if not reader.touches.search(word):
            continue
        weight = _WEIGHT[min(len(word), len(_WEIGHT) - 1)] * min(count, 5)
        if reader.is_common(word):
            tally.common += weight
            known += weight
        elif not reader.fits(word):
            weight *= _FOREIGN * unknown[word]
        else:
            if not reader.own.isdisjoint(word):
                tally.own += weight
            if look_up:
                if reader.knows(word):
                    known += weight
                else:
                    weight *= unknown[word]
        tally.total += weight
    if look_up:
        tally.known = known
    return tally


def identify_scored(text: str) -> Guess:
    """The language of most of the text's words, and how sure that is.

    A registered code or `und`: for other languages, for a text without words, for too little to tell by. Never raises.
    """
    counts, unknown = _words(text)
    words = sum(counts.values())
    if len(counts) > _SAMPLE:
        step = len(counts) / _SAMPLE
        chosen = list(counts)
        counts = Counter({chosen[int(i * step)]: counts[chosen[int(i * step)]] for i in range(_SAMPLE)})
    first = [_tally(reader, counts, unknown, False) for reader in _readers().values()]
    running = sorted((t for t in first if t.total), key=lambda t: -t.first_sight)
    if not running:
        return Guess(UNKNOWN, False, words)
    close = [t for t in running if 2 * t.first_sight > running[0].first_sight or running[0].first_sight < 2]
    seen = [_tally(t.reader, counts, unknown, True) if t.reader.lexicon.keys.has_dictionary else t for t in close]
    enough = _KNOWN_OF_FEW if words < _FEW else _KNOWN
    likely = [t for t in seen if t.share() >= (_COMMON if t.known is None else enough)]
    if not likely:
        return Guess(UNKNOWN, words >= _FEW, words)
    best = max(likely, key=_weight)
    others = [t for t in seen if t is not best]
    ahead = all(_weight(best) >= _SURE_LEAD * _weight(other) for other in others)
    return Guess(best.reader.lexicon.code, words >= _SURE_WORDS and ahead, words)


def _weight(tally: _Tally) -> float:
    """How much of the text a language accounts for; a language without a dictionary by its common words."""
    known = 2 * tally.common if tally.known is None else tally.known
    return known + 0.5 * tally.first_sight


def identify(text: str) -> str:
    """The language of the text: a registered code, or `und`."""
    return identify_scored(text).language
