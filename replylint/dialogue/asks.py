"""What was asked: a message's questions and requests, found by the cue classes of its language.

A *clause start* is where an ask can begin: the beginning of a sentence, after a mark that ends a clause, and after a
joiner (see openings.py). Each opening found begins an ask, which lasts until the next one or the end of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from replylint.dialogue.openings import Opening, is_joiner, openings, pass_lead_ins
from replylint.language.doc import Doc, Sentence
from replylint.mail.message import Span

AskKind = Literal["question", "request"]
#: Cue classes that tell what a good answer must hold.
EXPECTATIONS = (
    "asks-price",
    "asks-when",
    "asks-duration",
    "asks-where",
    "asks-who",
    "asks-how-many",
    "asks-how",
    "asks-why",
    "asks-which",
    "asks-link",
    "asks-contact",
    "asks-must",
    "asks-may",
    "asks-have",
    "asks-included",
    "asks-done",
)
#: An ask is held against so many earlier ones of its kind, to see whether it says one of them again.
_LOOK_BACK = 40
_END_MARKS = frozenset(".!?…:;,")


@dataclass(frozen=True)
class Ask:
    """One question or request: `first` and `last` are its tokens (half-open) in its doc, `number` its own in a list."""

    kind: AskKind
    span: Span
    first: int
    last: int
    sentence: int
    #: The cue class by which it was found, and those of the openings that it introduces.
    opening: str
    members: tuple[str, ...] = ()
    expects: frozenset[str] = frozenset()
    number: int | None = None
    #: Whether a question word says what is wanted; otherwise yes or no may be the answer.
    open_ended: bool = False


def find_asks(doc: Doc) -> list[Ask]:
    """Every ask of the author's in the body, in order; one that is merely said again is left out."""
    found: list[Ask] = []
    for index, sentence in enumerate(doc.sentences):
        if sentence.zone in ("text", "list"):
            found.extend(_in_sentence(doc, sentence, index))
    return _without_repeats(doc, _without_needs(found))


def _in_sentence(doc: Doc, sentence: Sentence, number: int) -> Iterator[Ask]:
    first, last = _trim(doc, sentence)
    if first >= last:
        return
    is_question = any("?" in doc.tokens[i].norm for i in range(last, sentence.last)) or "?" in doc.tokens[last - 1].norm
    for veto in ("courtesy-question", "rhetorical"):
        hit = doc.first_cue(veto, sentence.first, sentence.last)
        if hit and hit.last - hit.first >= 0.5 * (last - first):
            return
    tag = doc.first_cue("tag", first + 1, last) if is_question else None
    found = openings(doc, first, tag.first if tag and tag.last >= last - 1 else last, is_question)
    if is_question and all(opening.name == "need" for opening in found):
        found = []
    if not found:
        if is_question:
            yield _ask(doc, "question", pass_lead_ins(doc, first, last - 1), last, number, "question mark")
        return
    for at, opening in enumerate(found):
        start = opening.start
        if at == 0 and _leads_in(doc, (begin := min(pass_lead_ins(doc, first, last), start)), start):
            start = begin
        end = found[at + 1].start if at + 1 < len(found) else last
        while end - 1 > start and (doc.tokens[end - 1].norm in _END_MARKS or is_joiner(doc, end - 1)):
            end -= 1
        yield _ask(doc, _kind(doc, opening, end), start, end, number, opening.name, tuple(opening.members))


def _trim(doc: Doc, sentence: Sentence) -> tuple[int, int]:
    """The sentence's tokens without a list marker before, and marks after."""
    first, last = sentence.first, sentence.last
    if sentence.zone == "list":
        while first < last and (doc.tokens[first].kind in ("punct", "emoji") or _is_marker(doc, first)):
            first += 1
    while first < last and doc.tokens[first].kind == "punct":
        first += 1
    while last > first and doc.tokens[last - 1].kind in ("punct", "dots", "emoji"):
        last -= 1
    return first, last


def _is_marker(doc: Doc, index: int) -> bool:
    token = doc.tokens[index]
    is_label = token.kind == "number" or (token.kind == "word" and len(token.norm) == 1)
    return is_label and index + 1 < len(doc.tokens) and doc.tokens[index + 1].norm in (".", ")")


def _leads_in(doc: Doc, first: int, start: int) -> bool:
    """Whether what stands before the first opening belongs to the ask: a condition, or a few words."""
    return start > first and (
        bool(doc.first_cue("condition", first, start)) or doc.clause_of[first] == doc.clause_of[start]
    )


def _kind(doc: Doc, opening: Opening, end: int) -> AskKind:
    names = {opening.name, *opening.members}
    if opening.name not in ("request-start", "imperative", "want", "need"):
        return "question"
    if names & {"question-word", "whether"} or doc.first_cue("info-verb", opening.start, min(opening.end + 3, end)):
        return "question"
    return "request"


def _ask(
    doc: Doc, kind: AskKind, first: int, last: int, sentence: int, opening: str, members: tuple[str, ...] = ()
) -> Ask:
    expects = frozenset(name for name in EXPECTATIONS if doc.has(name, first, last))
    return Ask(
        kind,
        doc.span(first, last),
        first,
        last,
        sentence,
        opening,
        members,
        expects,
        _number(doc, doc.sentences[sentence]),
        _is_open_ended(doc, first, last, opening),
    )


def _is_open_ended(doc: Doc, first: int, last: int, opening: str) -> bool:
    """Whether a word asks what, when, how; after "whether" it does not («правда ли, что»)."""
    word = doc.first_cue("what-word", first, last)
    return word is not None and (opening in ("indirect", "uncertain") or not doc.has("whether", first, word.first))


def _number(doc: Doc, sentence: Sentence) -> int | None:
    """The number of the list item that the sentence begins."""
    for index in range(sentence.first, min(sentence.first + 2, sentence.last)):
        token = doc.tokens[index]
        if token.kind == "number" and token.norm.isdigit() and len(token.norm) <= 2 and _is_marker(doc, index):
            return int(token.norm)
    return None


def _without_needs(asks: list[Ask]) -> list[Ask]:
    """A stated need is an ask only when nothing else asks."""
    others = [ask for ask in asks if ask.opening != "need"]
    return others or asks[:1]


def _without_repeats(doc: Doc, asks: list[Ask]) -> list[Ask]:
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
