"""What ties an ask to a segment: words that both have, words of the same family, concepts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from replylint.dialogue.asks import Ask
from replylint.dialogue.judge import Exchange
from replylint.language.concepts import concepts_in
from replylint.language.doc import Doc

#: Words of at least so many letters are kindred when they begin alike.
_PREFIX = 5


@dataclass(frozen=True)
class Links:
    """How strongly each ask is tied to each segment by words, from 0 to 1: the rarest word that both have decides.

    A word that stands in one segment and one ask only ties the two (1), one that stands everywhere ties nothing. `same`
    by match keys, `kin` by the beginning of longer words (deliver, delivery), `concepts` by what is asked and answered
    in other words, `around` by the words of the ask's surroundings.
    """

    same: Sequence[Sequence[float]]
    kin: Sequence[Sequence[float]]
    concepts: Sequence[Sequence[float]]
    around: Sequence[Sequence[float]]

    def best(self, a: int, s: int) -> float:
        """The strongest tie; one by kinship or concept counts a little less than one by the word itself."""
        return max(self.same[a][s], 0.8 * self.kin[a][s], 0.8 * self.concepts[a][s])


def links(exchange: Exchange) -> Links:
    """The ties between all asks and all segments."""
    asks, parts, original, reply = exchange.asks, exchange.segments, exchange.original, exchange.reply
    asked = [_words(original, ask.first, ask.last) for ask in asks]
    around = [_words(original, *_surroundings(original, ask)) for ask in asks]
    said = [_words(reply, part.first, part.last) for part in parts]
    return Links(
        _ties([w.keys for w in asked], [w.keys for w in said]),
        _ties([w.beginnings for w in asked], [w.beginnings for w in said]),
        _ties(
            [concepts_in(original, "asked", ask.first, ask.last) for ask in asks],
            [concepts_in(reply, "answered", part.first, part.last) for part in parts],
        ),
        _ties([w.keys for w in around], [w.keys for w in said]),
    )


@dataclass(frozen=True)
class _Words:
    """The topic words of a stretch: their match keys, and the beginnings of the longer ones."""

    keys: frozenset[str]
    beginnings: frozenset[str]


def _words(doc: Doc, first: int, last: int) -> _Words:
    stop = doc.book.function_keys
    keys: set[str] = set()
    beginnings: set[str] = set()
    for index in range(first, last):
        token = doc.tokens[index]
        if token.kind == "word" and len(token.norm) > 1 and token.norm not in stop:
            keys.update(key for key in token.keys if not key.startswith(("=", "<")))
            if len(token.norm) >= _PREFIX:
                beginnings.add(token.norm[:_PREFIX])
        elif token.kind in ("number", "day", "clock"):
            keys.add(token.norm)
    return _Words(frozenset(keys), frozenset(beginnings))


def _surroundings(doc: Doc, ask: Ask) -> tuple[int, int]:
    """The ask's sentence, and the one before in the same paragraph where the ask is short."""
    sentence = doc.sentences[ask.sentence]
    before = doc.sentences[ask.sentence - 1] if ask.sentence else None
    is_short = ask.last - ask.first <= 10
    first = (
        before.first if before is not None and is_short and before.paragraph == sentence.paragraph else sentence.first
    )
    return first, sentence.last


def _ties(asked: Sequence[frozenset[str]], said: Sequence[frozenset[str]]) -> list[list[float]]:
    """For each ask and segment the rarity of the rarest item that both have."""
    among_asks = Counter(item for items in asked for item in items)
    among_parts = Counter(item for items in said for item in items)
    return [
        [max((1.0 / among_asks[item] / among_parts[item] for item in items & spoken), default=0.0) for spoken in said]
        for items in asked
    ]
