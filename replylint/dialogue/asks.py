"""What was asked: a message's questions and requests, found by the cue classes of its language.

A *clause start* is where an ask can begin: the beginning of a sentence, after a mark that ends a clause, and after a
joiner (see openings.py). Each opening found begins an ask, which lasts until the next one or the end of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator

from replylint.dialogue.announced import Announced, announced_lists, is_self_answered
from replylint.dialogue.ask import EXPECTATIONS, Ask, AskKind
from replylint.dialogue.clauses import is_joiner, pass_lead_ins
from replylint.dialogue.clearing import content, same_ask, without_background, without_needs, without_repeats
from replylint.dialogue.openings import Opening, openings
from replylint.language.doc import Doc, Sentence

__all__ = ["Ask", "AskKind", "content", "find_asks", "same_ask"]

_END_MARKS = frozenset(".!?…:;,–—-(")
#: How much of a sentence a courtesy or a rhetorical question must fill to be all it says.
_MOST = 0.5
#: How many words at most "please" makes a request.
_LONGEST_FRAGMENT = 9


def find_asks(doc: Doc) -> list[Ask]:
    """Every ask of the author's in the body, in order; one that is merely said again is left out."""
    found: list[Ask] = []
    announced = announced_lists(doc)
    for index, sentence in enumerate(doc.sentences):
        if sentence.zone not in ("text", "list") or index in announced.leads or is_self_answered(doc, index):
            continue
        found.extend(_in_sentence(doc, sentence, index, announced.items.get(index)))
    found.extend(_silent_items(doc, announced, found))
    found.sort(key=lambda ask: ask.first)
    return without_repeats(doc, without_needs(without_background(doc, found)))


def _silent_items(doc: Doc, announced: Announced, found: list[Ask]) -> Iterator[Ask]:
    """The items of an announced list that do not sound like asks ("Questions: 1. minimum order")."""
    asking = {doc.sentences[ask.sentence].paragraph for ask in found if ask.opening != "need"}
    for index, kind in announced.items.items():
        sentence = doc.sentences[index]
        first, last = _trim(doc, sentence)
        if first < last and sentence.paragraph not in asking:
            asking.add(sentence.paragraph)
            yield _ask(doc, kind, first, last, index, "list")


def _in_sentence(doc: Doc, sentence: Sentence, number: int, announced: AskKind | None) -> Iterator[Ask]:
    first, last = _trim(doc, sentence)
    if first >= last:
        return
    is_question = any("?" in doc.tokens[i].norm for i in range(last - 1, sentence.last))
    tags = doc.cues_in("tag", first + 1, sentence.last) if is_question else []
    tag = next((hit.first for hit in tags if hit.last >= last), last)
    start = pass_lead_ins(doc, first, last)
    if is_question and doc.starts("@idle-start").keys() & {first, start}:
        return
    for veto in ("courtesy-question", "rhetorical"):
        hit = doc.first_cue(veto, sentence.first, sentence.last)
        if hit is None or (hit.first >= tag and hit.first > first):
            continue
        if hit.last - hit.first >= _MOST * (last - first):
            return
    found = openings(doc, first, tag, is_question or announced == "question")
    if tag < last and any(opening.start > first for opening in found[:1]):
        found = []  # the statement before the tag is what is asked
    if is_question and all(opening.name == "need" for opening in found):
        found = []
    if not found:
        if is_question:
            yield _ask(doc, "question", pass_lead_ins(doc, first, last - 1), last, number, "question mark")
        elif _is_polite_fragment(doc, first, last):
            yield _ask(doc, "request", first, last, number, "please")
        return
    for at, opening in enumerate(found):
        start = opening.start
        if at == 0 and _leads_in(doc, (begin := min(pass_lead_ins(doc, first, last), start)), start):
            start = begin
        end = found[at + 1].start if at + 1 < len(found) else last
        over = doc.first_cue("ask-over", max(opening.end, opening.reach, start + 1), end)
        if over and opening.name in ("request-start", "imperative", "question-start", "question-word", "indirect"):
            end = over.first
        while end - 1 > start and (doc.tokens[end - 1].norm in _END_MARKS or is_joiner(doc, end - 1)):
            end -= 1
        yield _ask(doc, _kind(doc, opening, end), start, end, number, opening.name, tuple(opening.members))


def _is_polite_fragment(doc: Doc, first: int, last: int) -> bool:
    """Whether a few words with "please" before or after them are a request ("Two tickets for Saturday please")."""
    polite = [hit for hit in doc.cues_in("please", first, last) if hit.first == first or hit.last == last]
    if not polite or doc.words(first, last) > _LONGEST_FRAGMENT or doc.has("not-a-request", first, last):
        return False  # "please" may as well go with what a longer sentence says
    begin, end = (polite[0].last, last) if polite[0].first == first else (first, polite[0].first)
    return bool(content(doc, begin, end)) and not doc.has("thanks", first, last)


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
