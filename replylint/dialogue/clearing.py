"""Which of the asks found are none of their own: needs and doubts that another ask covers, and what is said twice."""

from __future__ import annotations

from replylint.dialogue.ask import Ask, AskKind
from replylint.language.doc import Doc

#: An ask is held against so many earlier ones of its kind, to see whether it says one of them again.
_LOOK_BACK = 40


def without_needs(asks: list[Ask]) -> list[Ask]:
    """A stated need is an ask only when nothing else asks."""
    others = [ask for ask in asks if ask.opening != "need"]
    return others or asks[:1]


def without_background(doc: Doc, asks: list[Ask]) -> list[Ask]:
    """Not knowing or not finding is mere background where it names no question and a real one is beside it."""
    return [
        ask
        for ask in asks
        if ask.opening != "uncertain"
        or _names_a_question(doc, ask)
        or not any(other is not ask and 0 <= other.sentence - ask.sentence <= 1 for other in asks)
    ]


def _names_a_question(doc: Doc, ask: Ask) -> bool:
    """Whether a statement of not knowing says what is not known ("not sure whether"), beyond a last "why"."""
    if doc.has("past-doubt", ask.first, ask.last):
        return False
    return bool(ask.members) or any(
        hit.last < ask.last
        for name in ("whether", "what-word", "question-inside", "or-joiner")
        for hit in doc.cues_in(name, ask.first + 1, ask.last)
    )


def without_repeats(doc: Doc, asks: list[Ask]) -> list[Ask]:
    """Of an ask that is said twice in nearly the same words the newest text stays."""
    result: list[Ask] = []
    places: dict[tuple[AskKind, frozenset[str]], list[tuple[int, list[frozenset[str]]]]] = {}
    for ask in asks:
        words = content(doc, ask.first, ask.last)
        earlier = places.setdefault((ask.kind, ask.expects), [])
        recent = range(max(0, len(earlier) - _LOOK_BACK), len(earlier))
        same = next((i for i in recent if _alike(earlier[i][1], words)), None)
        if same is None:
            earlier.append((len(result), words))
            result.append(ask)
        else:
            place = earlier[same][0]
            result[place], earlier[same] = ask, (place, words)
    return sorted(result, key=lambda ask: ask.first)


def same_ask(doc: Doc, ask: Ask, other: Doc, again: Ask) -> bool:
    """Whether an ask of a later mail says again, in nearly the same words, what was asked in an earlier one."""
    return (
        ask.kind == again.kind
        and ask.expects == again.expects
        and _alike(content(doc, ask.first, ask.last), content(other, again.first, again.last))
    )


def _alike(one: list[frozenset[str]], two: list[frozenset[str]]) -> bool:
    if min(len(one), len(two)) < 2:
        return False
    shared = sum(any(not a.isdisjoint(b) for b in two) for a in one)
    return shared >= 0.8 * max(len(one), len(two))


def content(doc: Doc, first: int, last: int) -> list[frozenset[str]]:
    """The match keys of the words that carry a topic: no function words, marks or numbers."""
    stop = doc.book.function_keys
    return [
        doc.tokens[i].keys
        for i in range(first, last)
        if doc.tokens[i].kind == "word" and len(doc.tokens[i].norm) > 1 and doc.tokens[i].norm not in stop
    ]
