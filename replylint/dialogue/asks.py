"""What was asked: a message's questions and requests, found by the cue classes of its language.

A *clause start* is where an ask can begin: the beginning of a sentence, after a mark that ends a clause, and after a joiner.
Words that merely lead in ("so", "please", "а") are passed over there. Each opening found begins an ask, which lasts until the
next one or the end of the sentence.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from replylint.language.doc import Doc, Sentence
from replylint.mail.message import Span

AskKind = Literal["question", "request"]
#: Cue classes that tell what a good answer must hold.
EXPECTATIONS = ("asks-price", "asks-when", "asks-duration", "asks-where", "asks-who", "asks-how-many", "asks-how", "asks-why",
                "asks-which", "asks-link", "asks-contact")
#: Opening classes in the order in which they are tried at a clause start.
_OPENINGS = ("indirect", "uncertain", "request-start", "question-start", "elliptic", "question-word", "whether", "want",
             "need", "imperative")
#: In a language of free word order these open a clause from any place in it.
_FREE = ("indirect", "uncertain", "request-start", "imperative", "want", "need", "question-start")
#: Openings that may only introduce the next one.
_INTRODUCING = ("indirect", "uncertain", "request-start", "elliptic", "imperative")
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


@dataclass
class _Opening:
    name: str
    start: int
    end: int
    #: Whether a joiner or the sentence's beginning stands before it, not merely a comma.
    joined: bool
    after_or: bool = False
    #: Openings that belong to this one ("could you tell me" + "when"), and where the last of them ends.
    members: list[str] = field(default_factory=list)
    reach: int = 0


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
    openings = _openings(doc, first, tag.first if tag and tag.last >= last - 1 else last, is_question)
    if is_question and all(opening.name == "need" for opening in openings):
        openings = []
    if not openings:
        if is_question:
            yield _ask(doc, "question", _pass_lead_ins(doc, first, last - 1), last, number, "question mark")
        return
    for at, opening in enumerate(openings):
        start = first if at == 0 and _leads_in(doc, first, opening.start) else opening.start
        end = openings[at + 1].start if at + 1 < len(openings) else last
        while end - 1 > start and (doc.tokens[end - 1].norm in _END_MARKS or _is_joiner(doc, end - 1)):
            end -= 1
        yield _ask(doc, _kind(doc, opening, start, end, is_question), start, end, number, opening.name, tuple(opening.members))


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


def _is_joiner(doc: Doc, index: int) -> bool:
    return index + 1 in doc.starts("@joiner").get(index, ())


def _openings(doc: Doc, first: int, last: int, is_question: bool) -> list[_Opening]:
    """The openings between two tokens, cleared of those that belong to the one before."""
    raw: list[_Opening] = []
    in_indirect = False
    free_order = doc.book.lexicon.language.free_word_order
    for start, joined, after_or in _clause_starts(doc, first, last):
        opening = None
        for at in _after_lead_ins(doc, start, last):
            if not in_indirect and _is_condition(doc, at):
                opening = _after_condition(doc, at, last)
                break  # it asks for nothing itself, and leads in what follows
            if doc.starts("@not-a-request").get(at) or doc.starts("@quoted-ask").get(at):
                break
            opening = _opening_at(doc, at, last, is_question, in_indirect)
            if opening:
                break
        else:
            if free_order:
                opening = _opening_within(doc, at, last)
            if opening is None:
                opening = _late_indirect(doc, at, last)
        if opening is None or (raw and max(raw[-1].end, raw[-1].reach) > opening.start):
            continue
        if not (is_question or in_indirect or joined or start == first) and _may_be_relative(doc, opening):
            continue
        if opening.name == "imperative" and not free_order and not _may_command(doc, first, start, raw):
            continue
        opening.joined, opening.after_or = joined or start == first, after_or
        if opening.name in ("indirect", "uncertain"):
            in_indirect = True
        raw.append(opening)
    return _clear(doc, raw)


def _is_condition(doc: Doc, at: int) -> bool:
    """Whether a condition begins here, and no longer opening of a question that begins with the same word (et "kui", "kui palju")."""
    ends = doc.starts("@condition").get(at, ())
    asking = (end for name in ("question-start", "question-word") for end in doc.starts("@" + name).get(at, ()))
    return bool(ends) and max(ends) >= max(asking, default=0)


def _clause_starts(doc: Doc, first: int, last: int) -> Iterator[tuple[int, bool, bool]]:
    """(token, a joiner stands before it, an "or" stands before it) for each place where a clause begins."""
    yield first, True, False
    joiners, ors = doc.starts("@joiner"), doc.starts("@or-joiner")
    index = first + 1
    while index < last:
        if doc.clause_of[index] != doc.clause_of[index - 1] and doc.tokens[index - 1].norm not in (")", "]"):
            ends = joiners.get(index) or ors.get(index)
            if ends and not _asks_itself(doc, index):
                yield max(ends), index in joiners, index in ors
                index = max(ends)
            else:
                yield index, doc.tokens[index - 1].norm in (":", ";", "—", "–", "-"), index in ors
        elif index in joiners or index in ors:
            end = max((*joiners.get(index, ()), *ors.get(index, ())))
            yield end, index in joiners, index in ors
            index = end
            continue
        index += 1


def _asks_itself(doc: Doc, index: int) -> bool:
    """Whether a word for "or" opens a question here (uk "чи можна …")."""
    return any(doc.starts("@" + name).get(index) for name in ("question-start", "question-word"))


def _after_lead_ins(doc: Doc, index: int, last: int) -> Iterator[int]:
    """The places where an opening may stand at a clause start: at once, and after each word that merely leads in."""
    lead_ins = doc.starts("@lead-in")
    while index < last:
        if doc.tokens[index].kind in ("punct", "emoji", "dots"):
            index += 1
            continue
        yield index
        ends = lead_ins.get(index)
        if not ends:
            return
        index = max(ends)


def _pass_lead_ins(doc: Doc, index: int, last: int) -> int:
    return max(_after_lead_ins(doc, index, last), default=index)


def _may_be_relative(doc: Doc, opening: _Opening) -> bool:
    """Whether the opening begins with a question word that may as well take up the clause before ("…, which I need")."""
    return opening.name in ("question-start", "question-word") and bool(doc.starts("@relative").get(opening.start))


def _may_command(doc: Doc, first: int, start: int, before: list[_Opening]) -> bool:
    """Whether a bare verb here is an imperative: at the sentence's start, after a condition, or joined to another request."""
    if before:
        return before[-1].name in ("request-start", "imperative", "want")
    return _pass_lead_ins(doc, first, start + 1) >= start or _is_condition(doc, _pass_lead_ins(doc, first, start))


def _opening_at(doc: Doc, at: int, last: int, is_question: bool, in_indirect: bool) -> _Opening | None:
    for name in _OPENINGS:
        ends = [end for end in doc.starts("@" + name).get(at, ()) if end <= last]
        if not ends:
            continue
        if name == "question-word" and not (is_question or in_indirect):
            continue
        if name == "whether" and not in_indirect:
            continue
        if name == "elliptic" and not (is_question or last - at <= 6):
            continue
        return _Opening(name, at, max(ends), False)
    return None


def _opening_within(doc: Doc, at: int, last: int) -> _Opening | None:
    """In free word order: an opening further on in the clause that begins at `at`; the ask is the clause."""
    clause = doc.clause_of[at]
    stop = at
    while stop < last and doc.clause_of[stop] == clause and not (stop > at and _is_joiner(doc, stop)):
        stop += 1
    for name in _FREE:
        hit = doc.first_cue(name, at, stop)
        if hit and not any(h.first <= hit.first < h.last for h in doc.cues_in("not-a-request", at, stop)):
            return _Opening(name, at, hit.last, False)
    if doc.first_cue("question-inside", at, stop):
        return _Opening("question-inside", at, at + 1, False)
    if any(hit.last == stop for hit in doc.cues_in("question-word", at, stop)):
        return _Opening("question-word", at, stop, False)
    return None


def _after_condition(doc: Doc, at: int, last: int) -> _Opening | None:
    """A question that follows a condition without a comma ("if I don't use it all what happens with the rest")."""
    stop = at
    while stop < last and doc.clause_of[stop] == doc.clause_of[at]:
        stop += 1
    hit = doc.first_cue("question-start", at + 3, stop)
    return _Opening("question-start", at, hit.last, False) if hit and stop - at > 5 else None


def _late_indirect(doc: Doc, at: int, last: int) -> _Opening | None:
    """"What it costs I'd also like to know": the opening comes after what is asked."""
    hit = doc.first_cue("indirect", at, last)
    if hit and hit.last >= last - 1 and hit.first > at:
        return _Opening("indirect", at, hit.last, False)
    return None


def _clear(doc: Doc, raw: list[_Opening]) -> list[_Opening]:
    kept: list[_Opening] = []
    for opening in raw:
        before = kept[-1] if kept else None
        if before is None:
            kept.append(opening)
            continue
        introduced = opening.start - before.end <= 2 and before.name in _INTRODUCING and not (opening.joined and before.members)
        is_relative = opening.name == "question-word" and not opening.joined and before.name not in ("question-word", "question-start")
        if introduced or opening.after_or or is_relative:
            before.members.append(opening.name)
            before.reach = max(before.reach, opening.end)
        elif before.name == "question-word" and opening.name == "question-start" and not opening.joined and len(kept) == 1:
            kept[-1] = opening  # "When I log in, can I …": the first clause only says when
        else:
            kept.append(opening)
    return kept


def _leads_in(doc: Doc, first: int, start: int) -> bool:
    """Whether what stands before the first opening belongs to the ask: a condition, or a few words."""
    return start > first and (bool(doc.first_cue("condition", first, start)) or doc.clause_of[first] == doc.clause_of[start])


def _kind(doc: Doc, opening: _Opening, start: int, end: int, is_question: bool) -> AskKind:
    names = {opening.name, *opening.members}
    if opening.name in ("question-start", "question-word", "whether", "elliptic", "uncertain", "question-inside"):
        return "question"
    if opening.name == "indirect":
        return "question"
    if names & {"question-word", "whether"} or doc.first_cue("info-verb", opening.start, min(opening.end + 3, end)):
        return "question"
    return "request"


def _ask(doc: Doc, kind: AskKind, first: int, last: int, sentence: int, opening: str, members: tuple[str, ...] = ()) -> Ask:
    expects = frozenset(name for name in EXPECTATIONS if doc.has(name, first, last))
    return Ask(kind, doc.span(first, last), first, last, sentence, opening, members, expects, _number(doc, doc.sentences[sentence]))


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
    for ask in asks:
        words = content(doc, ask.first, ask.last)
        same = next((i for i, old in enumerate(result) if old.kind == ask.kind and old.expects == ask.expects
                     and _alike(content(doc, old.first, old.last), words)), None)
        if same is None:
            result.append(ask)
        else:
            result[same] = replace(ask)
    return sorted(result, key=lambda ask: ask.first)


def _alike(one: list[frozenset[str]], two: list[frozenset[str]]) -> bool:
    if min(len(one), len(two)) < 2:
        return False
    shared = sum(any(not a.isdisjoint(b) for b in two) for a in one)
    return shared >= 0.8 * max(len(one), len(two))


def content(doc: Doc, first: int, last: int) -> list[frozenset[str]]:
    """The match keys of the words that carry a topic: no function words, marks or numbers."""
    stop = doc.book.function_keys
    return [doc.tokens[i].keys for i in range(first, last)
            if doc.tokens[i].kind == "word" and len(doc.tokens[i].norm) > 1 and doc.tokens[i].norm not in stop]
