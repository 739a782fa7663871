"""What the reply asks for although the client has told it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, NamedTuple

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT, CueClass, clause
from replylint.context import Context, Letter
from replylint.diagnostic import Match, Related
from replylint.language.doc import Doc, Hit, Sentence
from replylint.language.items import ItemHit, items_in, phrase_lists
from replylint.language.pipeline import analyse, analyse_plain
from replylint.mail.message import Block

#: Between the words that ask and what they ask for, and between two things asked for in one go, stand no more tokens.
_BETWEEN = 4
_FIGURES = frozenset({"number", "day", "clock", "email", "url"})


class _Told(NamedTuple):
    """Where the client told an item: the text, the tokens, and the values that they hold."""

    doc: Doc
    first: int
    last: int
    values: tuple[str, ...]
    are_figures: bool


class _Asked(NamedTuple):
    """An item that the reply asks for, and the token at which its ask begins."""

    hit: ItemHit
    start: int


@dataclass(frozen=True, config=STRICT)
class AskedAlready:
    """Items of information (lexicons/LANGUAGE/items.yaml) that the reply asks for and the client has told.

    `asking` are the cue classes that open such an ask. A sentence with a phrase of `another` asks for another one than
    he told, one with `unneeded` says that it is not needed; one with `condition` asks only if need be, which is unsure.
    What is asked in a sentence that holds the value told is a mere confirmation; what he told in two ways is unclear.
    """

    rule: str
    asking: tuple[CueClass, ...]
    another: CueClass
    unneeded: CueClass
    condition: CueClass
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """The phrases of the items."""
        return {owner: phrases for owner, (phrases, _) in phrase_lists(language).items()}

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match for each item, at its first ask."""
        doc = context.doc
        asked = sorted({each.hit.item: each for each in sorted(self._asked(doc), reverse=True)}.values())
        told = _told(context, frozenset(each.hit.item for each in asked)) if asked else {}
        begin = 0
        for number, (hit, start) in enumerate(asked):
            place = told.get(hit.item)
            sentence = doc.sentences[doc.sentence_of[hit.first]]
            if place is None or _holds(doc, sentence, hit, place.values):
                continue
            first, last = max(begin, clause(doc, start)[0]), clause(doc, hit.last - 1)[1]
            if number + 1 < len(asked):
                last = hit.last if asked[number + 1].hit.first < last else last
            begin = last
            yield Match(
                doc.span(first, last),
                not doc.has(self.condition, sentence.first, hit.first),
                {"match": doc.between(hit.first, hit.last), "told": place.doc.between(place.first, place.last)},
                related=(Related(place.doc.span(place.first, place.last), "the client wrote it here"),),
            )

    def _asked(self, doc: Doc) -> Iterator[_Asked]:
        """The items that the reply asks for."""
        named, direct = items_in(doc, "named"), items_in(doc, "asked")
        opened: Hit | None = None
        for sentence in doc.body if named or direct else ():
            listed = opened is not None and sentence.zone == "list"
            openings = [hit for name in self.asking for hit in doc.cues_in(name, sentence.first, sentence.last)]
            opened = max(openings, key=lambda hit: hit.last) if openings else opened if listed else None
            if any(doc.has(name, sentence.first, sentence.last) for name in (self.another, self.unneeded)):
                continue
            is_question = any(doc.tokens[i].norm == "?" for i in range(sentence.first, sentence.last))
            for hit in _within(direct, sentence):
                if is_question or listed or any(o.first <= hit.first for o in openings):
                    yield _Asked(hit, hit.first)
            start = doc.opening(sentence.first)
            yield from _chain(doc, _within(named, sentence), openings or ([Hit(start, start, 0)] if listed else []))


def _within(hits: Sequence[ItemHit], sentence: Sentence) -> list[ItemHit]:
    return [hit for hit in hits if sentence.first <= hit.first and hit.last <= sentence.last]


def _chain(doc: Doc, named: Sequence[ItemHit], openings: Sequence[Hit]) -> Iterator[_Asked]:
    """The nouns that follow an opening, or another such noun, at once."""
    ends = [(hit.last, hit.first) for hit in openings]
    for hit in named:
        near = [
            (end, start)
            for end, start in ends
            if (end - 2 <= hit.first <= end + _BETWEEN or hit.first < end <= hit.last)
            and not doc.has("condition", min(end, hit.first), hit.first)
        ]
        if near:
            ends.append((hit.last, hit.first))
            yield _Asked(hit, min(start for _, start in near))


def _told(context: Context, wanted: frozenset[str]) -> dict[str, _Told]:
    """What the client told of the items wanted, his newest word; what he told in several ways is left out."""
    found: dict[str, list[_Told]] = {}
    for letter in context.client_letters():
        for doc in _texts(letter):
            for hit in items_in(doc, "stated"):
                if hit.item in wanted:
                    found.setdefault(hit.item, []).append(_statement(doc, hit))
    return {item: max(places, key=_plainness) for item, places in found.items() if _is_one(places)}


def _plainness(place: _Told) -> tuple[bool, int]:
    """Figures, all of them, tell a value best; of words the fewest."""
    return place.are_figures, len(place.values) if place.are_figures else -len(place.values)


def _texts(letter: Letter) -> Iterator[Doc]:
    """His own words, his signature, and the subject."""
    yield letter.doc
    book, part = letter.doc.book, letter.doc.part
    signature = [Block("text", block.span, block.depth) for block in letter.blocks if block.kind == "signature"]
    if signature:
        yield analyse(letter.message.body, signature, book, part)
    if letter.message.subject:
        yield analyse_plain(letter.message.subject, book, part.replace("body", "subject"))


def _statement(doc: Doc, hit: ItemHit) -> _Told:
    """A statement with its figures, or its words where it has none."""
    tokens = [doc.tokens[i] for i in range(hit.first, hit.last)]
    figures = tuple(t.norm for t in tokens if t.kind in _FIGURES or "<code>" in t.keys)
    stop = doc.book.function_keys
    words = tuple(t.norm for t in tokens if t.kind == "word" and t.norm not in stop)
    return _Told(doc, hit.first, hit.last, figures or words, bool(figures))


def _is_one(places: Sequence[_Told]) -> bool:
    """Whether all statements tell the same: the fullest holds the figures, or the last word, of each."""
    fullest = max((place.values for place in places), key=len)
    return all(set(place.values if place.are_figures else place.values[-1:]) <= set(fullest) for place in places)


def _holds(doc: Doc, sentence: Sentence, hit: ItemHit, values: Sequence[str]) -> bool:
    """Whether the sentence repeats the value, beside the words that ask."""
    outside = (*range(sentence.first, hit.first), *range(hit.last, sentence.last))
    return any(doc.tokens[i].norm in values for i in outside)
