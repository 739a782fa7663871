"""From the tree of a phrase to a matcher: a function from a doc and a token to the tokens at which a match may end."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from replylint.language.doc import CLAUSE_MARKS, Doc
from replylint.language.trees import CUE, Tree

Matcher = Callable[[Doc, int], Collection[int]]

#: A gap holds at most so many words …
GAP = 4
#: … and so many tokens; all parts of {…} stand within so many. Without these bounds, a text without any punctuation
#: would take more than linear time.
_MOST_TOKENS = 12
_REACH = 60
_PUNCTUATION = frozenset({"punct", "emoji", "dots"})
_MARKS = _PUNCTUATION | {"sign"}
NOWHERE: tuple[int, ...] = ()
_NO_OPTIONS: tuple[Matcher, ...] = ()


def matcher(tree: Tree) -> Matcher:
    """The matcher of a tree."""
    made: Matcher = _BUILDERS[tree[0]](*tree[1:])
    return made


def _word(keys: frozenset[str]) -> Matcher:
    def match(doc: Doc, index: int) -> Sequence[int]:
        index = doc.skip[index]
        return NOWHERE if keys.isdisjoint(doc.keys[index]) else (index + 1,)

    return match


def _mark(keys: frozenset[str]) -> Matcher:
    return lambda doc, index: NOWHERE if keys.isdisjoint(doc.keys[index]) else (index + 1,)


def _seq(parts: Sequence[Tree]) -> Matcher:
    if not parts:
        return lambda doc, index: (index,)
    head, *rest = map(matcher, parts)

    def match(doc: Doc, index: int) -> Collection[int]:
        ends: Collection[int] = head(doc, index)
        for step in rest:
            if len(ends) == 1:  # nearly always
                (start,) = ends
                ends = step(doc, start)
            elif ends:
                ends = {end for start in ends for end in step(doc, start)}
            else:
                return NOWHERE
        return ends

    return match


def _any(parts: Sequence[Tree]) -> Matcher:
    """Alternatives, each tried only where the token has a key with which it may begin: they may be a hundred."""
    words: frozenset[str] = frozenset().union(*(part[1] for part in parts if part[0] == "word"))
    table: dict[str, list[Matcher]] = {}
    always: list[Matcher] = []
    for part in parts:
        if part[0] != "word":
            keys, option = _beginnings(part), matcher(part)
            if keys is None:
                always.append(option)
            for key in keys or ():
                table.setdefault(key, []).append(option)
    if not table and not always:
        return _word(words)
    known = words.union(table)

    def match(doc: Doc, index: int) -> Collection[int]:
        ends: set[int] = set()
        at = doc.skip[index]
        keys = doc.keys[at]
        if not known.isdisjoint(keys):
            if not words.isdisjoint(keys):
                ends.add(at + 1)
            for key in keys:
                for option in table.get(key, _NO_OPTIONS):
                    ends.update(option(doc, index))
        for option in always:
            ends.update(option(doc, index))
        return ends

    return match


def _beginnings(tree: Tree) -> frozenset[str] | None:
    """Keys of which the token that follows must have one for a match; None where that cannot be said."""
    kind = tree[0]
    if kind == "word":
        return tree[1]  # type: ignore[no-any-return]
    if kind not in ("seq", "any", "set"):
        return None
    result: frozenset[str] = frozenset()
    for part in tree[1]:
        optional = kind == "seq" and part[0] == "opt"
        keys = _beginnings(part[1] if optional else part)
        if keys is None:
            return None
        result |= keys
        if kind == "seq" and not optional:
            return result
    return None if kind == "seq" else result


def _opt(tree: Tree) -> Matcher:
    inner, keys = matcher(tree), _beginnings(tree)
    if keys is None:
        return lambda doc, index: (index, *inner(doc, index))
    begins = keys

    def match(doc: Doc, index: int) -> Collection[int]:
        return (index,) if begins.isdisjoint(doc.keys[doc.skip[index]]) else (index, *inner(doc, index))

    return match


def _cue(name: str) -> Matcher:
    owner = CUE + name
    return lambda doc, index: doc.starts(owner).get(doc.skip[index], NOWHERE)


def _gap(final: bool = False) -> Matcher:
    """A gap; a `final` one ends the phrase, and takes in no mark at its own end."""

    def match(doc: Doc, index: int) -> Collection[int]:
        tokens, clauses = doc.tokens, doc.clause_of
        ends, words, last = [index], 0, min(index + _MOST_TOKENS, len(tokens))
        if not 0 < index < len(tokens):
            return ends
        clause = clauses[index if tokens[index - 1].norm in CLAUSE_MARKS else index - 1]
        while index < last and clauses[index] == clause:
            # a split-off ending ("n't") is part of the word before
            words += tokens[index].kind not in _MARKS and (tokens[index].kind != "word" or doc.is_word(index))
            if words > GAP:
                break
            index += 1
            if not (final and tokens[index - 1].kind in _PUNCTUATION):
                ends.append(index)
        return ends

    return match


def _start() -> Matcher:
    return lambda doc, index: (index,) if index < len(doc.tokens) and doc.opening(index) == index else NOWHERE


def _comma() -> Matcher:
    def match(doc: Doc, index: int) -> Collection[int]:
        at = doc.skip[index]
        return (at + 1,) if at < len(doc.tokens) and doc.tokens[at].norm == "," else (index,)

    return match


def _set(parts: Sequence[Tree]) -> Matcher:
    matchers = [matcher(part) for part in parts]
    everything = (1 << len(matchers)) - 1

    def match(doc: Doc, index: int) -> Collection[int]:
        clauses = doc.clause_of
        if index >= len(clauses):
            return NOWHERE
        clause, last = clauses[index], min(len(clauses), index + _REACH)
        # From each token: which parts may have been found by then. The first part stands at the beginning.
        states: dict[int, set[int]] = {index: {0}}
        ends: set[int] = set()
        for at in range(index, last):
            if clauses[at] != clause:
                break
            for done in states.pop(at, ()):
                for number, part in enumerate(matchers):
                    if not done >> number & 1:
                        now = done | 1 << number
                        for end in part(doc, at):
                            if now == everything:
                                ends.add(end)
                            else:
                                states.setdefault(end, set()).add(now)
                if done:
                    states.setdefault(at + 1, set()).add(done)
        return ends

    return match


_BUILDERS: dict[str, Callable[..., Any]] = {
    "word": _word,
    "mark": _mark,
    "seq": _seq,
    "any": _any,
    "opt": _opt,
    "cue": _cue,
    "gap": _gap,
    "start": _start,
    "comma": _comma,
    "set": _set,
}
