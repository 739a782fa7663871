"""Where an ask can begin: clause starts, and the cue classes that open a question or a request there.

A *clause start* is the beginning of a sentence, the place after a mark that ends a clause, and that after a joiner.
Words that merely lead in ("so", "please", "а") are passed over.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from replylint.language.doc import Doc

#: Opening classes in the order in which they are tried at a clause start.
_OPENINGS = (
    "indirect",
    "uncertain",
    "request-start",
    "question-start",
    "elliptic",
    "question-word",
    "whether",
    "want",
    "need",
    "imperative",
)
#: In a language of free word order these open a clause from any place in it.
_FREE = ("indirect", "uncertain", "request-start", "imperative", "want", "need", "question-start")
#: Openings that may only introduce the next one.
_INTRODUCING = ("indirect", "uncertain", "request-start", "elliptic", "imperative")


@dataclass
class Opening:
    """Where an ask may begin: the cue class, its tokens, and how the clause is joined to the one before."""

    name: str
    start: int
    end: int
    #: Whether a joiner or the sentence's beginning stands before it, not merely a comma.
    joined: bool
    after_or: bool = False
    #: Openings that belong to this one ("could you tell me" + "when"), and where the last of them ends.
    members: list[str] = field(default_factory=list)
    reach: int = 0


def openings(doc: Doc, first: int, last: int, is_question: bool) -> list[Opening]:
    """The openings between two tokens, cleared of those that belong to the one before."""
    raw: list[Opening] = []
    in_indirect = False
    free_order = doc.book.lexicon.language.free_word_order
    for start, joined, after_or in clause_starts(doc, first, last):
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
    """Whether a condition begins here, and no longer opening of a question that begins with the same word (et "kui",
    "kui palju").
    """
    ends = doc.starts("@condition").get(at, ())
    asking = (end for name in ("question-start", "question-word") for end in doc.starts("@" + name).get(at, ()))
    return bool(ends) and max(ends) >= max(asking, default=0)


def clause_starts(doc: Doc, first: int, last: int) -> Iterator[tuple[int, bool, bool]]:
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
    return any(doc.starts("@" + name).get(index) for name in ("question-start", "question-word", "request-start"))


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


def pass_lead_ins(doc: Doc, index: int, last: int) -> int:
    return max(_after_lead_ins(doc, index, last), default=index)


def _may_be_relative(doc: Doc, opening: Opening) -> bool:
    """Whether it begins with a question word that may as well take up the clause before ("…, which I need")."""
    return opening.name in ("question-start", "question-word") and bool(doc.starts("@relative").get(opening.start))


def _may_command(doc: Doc, first: int, start: int, before: list[Opening]) -> bool:
    """Whether a bare verb here is an imperative: at the sentence's start, after a condition, or joined to another
    request.
    """
    if before:
        return before[-1].name in ("request-start", "imperative", "want")
    return pass_lead_ins(doc, first, start + 1) >= start or _is_condition(doc, pass_lead_ins(doc, first, start))


def _opening_at(doc: Doc, at: int, last: int, is_question: bool, in_indirect: bool) -> Opening | None:
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
        return Opening(name, at, max(ends), False)
    return None


def _opening_within(doc: Doc, at: int, last: int) -> Opening | None:
    """In free word order: an opening further on in the clause that begins at `at`; the ask is the clause."""
    clause = doc.clause_of[at]
    stop = at
    while stop < last and doc.clause_of[stop] == clause and not (stop > at and is_joiner(doc, stop)):
        stop += 1
    for name in _FREE:
        hit = doc.first_cue(name, at, stop)
        if hit and not any(h.first <= hit.first < h.last for h in doc.cues_in("not-a-request", at, stop)):
            return Opening(name, at, hit.last, False)
    if doc.first_cue("question-inside", at, stop):
        return Opening("question-inside", at, at + 1, False)
    if any(hit.last == stop for hit in doc.cues_in("question-word", at, stop)):
        return Opening("question-word", at, stop, False)
    return None


def _after_condition(doc: Doc, at: int, last: int) -> Opening | None:
    """A question that follows a condition without a comma ("if I don't use it all what happens with the rest")."""
    stop = min(last, doc.clause(at)[1])
    hit = doc.first_cue("question-start", at + 3, stop)
    return Opening("question-start", at, hit.last, False) if hit and stop - at > 5 else None


def _late_indirect(doc: Doc, at: int, last: int) -> Opening | None:
    """An opening that comes after what is asked ("What it costs I'd also like to know")."""
    hit = doc.first_cue("indirect", at, last)
    if hit and hit.last >= last - 1 and hit.first > at:
        return Opening("indirect", at, hit.last, False)
    return None


def _clear(doc: Doc, raw: list[Opening]) -> list[Opening]:
    kept: list[Opening] = []
    for opening in raw:
        before = kept[-1] if kept else None
        if before is None:
            kept.append(opening)
            continue
        introduced = (
            opening.start - before.end <= 2 and before.name in _INTRODUCING and not (opening.joined and before.members)
        )
        is_relative = (
            opening.name == "question-word"
            and not opening.joined
            and before.name not in ("question-word", "question-start")
        )
        if introduced or opening.after_or or is_relative:
            before.members.append(opening.name)
            before.reach = max(before.reach, opening.end)
        elif (
            before.name == "question-word"
            and opening.name == "question-start"
            and not opening.joined
            and len(kept) == 1
        ):
            kept[-1] = opening  # "When I log in, can I …": the first clause only says when
        else:
            kept.append(opening)
    return kept


def is_joiner(doc: Doc, index: int) -> bool:
    """Whether a word that joins two clauses begins here and ends at once."""
    return index + 1 in doc.starts("@joiner").get(index, ())
