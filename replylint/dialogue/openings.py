"""Where an ask can begin: clause starts, and the cue classes that open a question or a request there.

A *clause start* is the beginning of a sentence, the place after a mark that ends a clause, and that after a joiner.
Words that merely lead in ("so", "please", "а") are passed over.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from replylint.dialogue.clauses import (
    after_lead_ins,
    clause_starts,
    ends_relative,
    is_condition,
    is_joiner,
    may_be_relative,
    pass_lead_ins,
)
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
#: Openings of requests; after a wish a joined infinitive is one more ("прошу изменить имя и прислать билет").
_REQUESTS = ("request-start", "imperative", "want")
_WISHES = ("request-start", "want", "need", "indirect")


@dataclass
class Opening:
    """Where an ask may begin: the cue class, its tokens, and how the clause is joined to the one before."""

    name: str
    start: int
    end: int
    #: Whether a joiner or the sentence's beginning stands before it, not merely a comma.
    joined: bool
    after_or: bool = False
    #: Whether that joiner is a word, not a mark.
    by_word: bool = False
    #: Openings that belong to this one ("could you tell me" + "when"), and where the last of them ends.
    members: list[str] = field(default_factory=list)
    reach: int = 0


def openings(doc: Doc, first: int, last: int, is_question: bool) -> list[Opening]:
    """The openings between two tokens, cleared of those that belong to the one before."""
    raw: list[Opening] = []
    in_indirect = False
    passed = 3 if is_question else 2
    free_order = doc.book.lexicon.language.free_word_order
    for start, joined, after_or in clause_starts(doc, first, last):
        opening = None
        for at in after_lead_ins(doc, start, last):
            if is_condition(doc, at, in_indirect):
                opening = _after_condition(doc, at, last)
                break  # it asks for nothing itself, and leads in what follows
            if any(at in doc.starts("@" + name) for name in ("not-a-request", "quoted-ask", "idle-start")[:passed]):
                break
            opening = _opening_at(doc, at, last, is_question, in_indirect) or _infinitive(doc, at, raw)
            if opening:
                break
        else:
            opening = _opening_within(doc, start, at, last, free_order)
            if opening is None:
                opening = _late_indirect(doc, at, last)
        if opening is None or (raw and max(raw[-1].end, raw[-1].reach) > opening.start):
            continue
        name, at = opening.name, opening.start
        if not (is_question or in_indirect or joined or start == first) and may_be_relative(doc, name, at):
            continue
        if name == "question-start" and not (free_order or is_question) and ends_relative(doc, first, start):
            continue
        if name == "imperative" and not free_order and not _may_command(doc, first, start, raw):
            continue
        opening.joined, opening.after_or = joined or start == first, after_or
        opening.by_word = joined and start > first and doc.tokens[start - 1].kind == "word"
        if name in ("indirect", "uncertain"):
            in_indirect = True
        raw.append(opening)
    return _clear(doc, raw)


def _may_command(doc: Doc, first: int, start: int, before: list[Opening]) -> bool:
    """Whether a bare verb here is an imperative: at the sentence's start, after a condition or "so", or joined to
    another request.
    """
    if before:
        return before[-1].name in _REQUESTS
    if doc.starts("@hence").get(start):
        return True
    return pass_lead_ins(doc, first, start + 1) >= start or is_condition(doc, pass_lead_ins(doc, first, start))


def _infinitive(doc: Doc, at: int, before: list[Opening]) -> Opening | None:
    """An infinitive that goes on a wish ("прошу изменить имя и прислать новый билет")."""
    if not before or before[-1].name not in _WISHES:
        return None
    ends = doc.starts("@infinitive").get(at)
    return Opening("request-start", at, max(ends), False) if ends else None


def _opening_at(doc: Doc, at: int, last: int, is_question: bool, in_indirect: bool) -> Opening | None:
    for name in _OPENINGS:
        ends = [end for end in doc.starts("@" + name).get(at, ()) if end <= last]
        if not ends:
            continue
        if name == "question-word" and not (is_question or in_indirect):
            continue
        if name == "whether" and not in_indirect:
            continue
        if name in ("want", "need") and doc.first_cue("question-inside", at, min(max(ends) + 1, last)):
            continue  # "нужен ли чек"
        if name == "elliptic" and not (is_question or last - at <= 6):
            continue
        return Opening(name, at, max(ends), False)
    return None


def _opening_within(doc: Doc, start: int, at: int, last: int, free_order: bool) -> Opening | None:
    """An opening further on in the clause that begins at `start`, and at `at` after its lead-ins; the ask is the
    clause. In a language of free word order any may stand there, in others only those made for it.
    """
    clause = doc.clause_of[at]
    stop = at
    while stop < last and doc.clause_of[stop] == clause and not (stop > at and is_joiner(doc, stop)):
        stop += 1
    if any(hit.first < stop for hit in doc.cues_in("not-a-request", at, last) if hit.first == at):
        return None
    asks_inside = doc.first_cue("question-inside", at, stop)
    for name in _FREE if free_order else ():
        if asks_inside and name in ("want", "need"):
            continue
        hit = doc.first_cue(name, at, stop)
        if hit and not any(h.first <= hit.first < h.last for h in doc.cues_in("not-a-request", at, stop)):
            return Opening(name, at, hit.last, False)
    if asks_inside:
        return Opening("question-inside", at, at + 1, False)
    if doc.first_cue("wish-inside", start, stop) and not doc.first_cue("not-a-request", at, stop):
        return Opening("want", at, at + 1, False)
    for name in ("question-word", "question-end") if free_order else ("question-end",):
        if any(hit.last == stop and (hit.first > at or free_order) for hit in doc.cues_in(name, at, stop)):
            return Opening(name, at, stop, False)
    return None


def _after_condition(doc: Doc, at: int, last: int) -> Opening | None:
    """A question that follows a condition without a comma ("if I don't use it all what happens with the rest")."""
    stop = min(last, doc.clause(at)[1])
    wish = doc.first_cue("wish-inside", stop, last)
    if wish and doc.clause_of[wish.first] <= doc.clause_of[stop - 1] + 2:
        return Opening("want", at, wish.last, False)  # "if you could hold it till Monday, that would be great"
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
            opening.start - before.end <= 2
            and before.name in _INTRODUCING
            and not (opening.joined and before.members)
            and not _is_another(doc, opening, before)
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


def _is_another(doc: Doc, opening: Opening, before: Opening) -> bool:
    """Whether a request is one of its own, not the second verb of "check and confirm": what stands between the two has
    a word of its own.
    """
    if opening.name not in (*_REQUESTS, "indirect"):
        return False
    between = doc.tokens[before.end : opening.start]
    asking = doc.starts("@what-word")
    own = any(
        i in asking or (t.kind == "word" and len(t.norm) > 1 and t.norm not in doc.book.function_keys)
        for i, t in enumerate(between, before.end)
    )
    return own or (opening.by_word and before.end - before.start > 1)
