"""Where a clause begins, what leads it in, and what hangs on the one before."""

from __future__ import annotations

from collections.abc import Iterator

from replylint.language.doc import Doc


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


def after_lead_ins(doc: Doc, index: int, last: int) -> Iterator[int]:
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
    return max(after_lead_ins(doc, index, last), default=index)


def is_condition(doc: Doc, at: int, in_indirect: bool = False) -> bool:
    """Whether a condition begins here, and no longer opening of a question that begins with the same word (et "kui",
    "kui palju"). After "let me know" only what is longer than "whether" is one ("if not").
    """
    ends = doc.starts("@condition").get(at, ())
    asking = (end for name in ("question-start", "question-word") for end in doc.starts("@" + name).get(at, ()))
    least = max(asking, default=0)
    if in_indirect:
        whether = doc.starts("@whether").get(at)
        if not whether:
            return False
        least = max(least, max(whether) + 1)
    return bool(ends) and max(ends) >= least


def may_be_relative(doc: Doc, name: str, start: int) -> bool:
    """Whether it begins with a question word that may as well take up the clause before ("…, which I need")."""
    return name in ("question-start", "question-word") and bool(doc.starts("@relative").get(start))


def ends_relative(doc: Doc, first: int, start: int) -> bool:
    """Whether a verb here goes on after a clause in the middle ("The tiles, which we fetched, are the wrong shade")."""
    if start <= first or doc.clause_of[start] == doc.clause_of[start - 2]:
        return False
    before = start - 1
    while before > first and doc.clause_of[before - 1] == doc.clause_of[start - 2]:
        before -= 1
    return before > first and any(at in doc.starts("@relative") for at in (before, before + 1))


def is_joiner(doc: Doc, index: int) -> bool:
    """Whether a word that joins two clauses begins here and ends at once."""
    return index + 1 in doc.starts("@joiner").get(index, ())
