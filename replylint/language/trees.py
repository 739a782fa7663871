"""Trees of phrases: plain tuples of strings and frozensets, so that they can be kept between runs. Their shapes:

("word", keys)          a token that has one of the keys
("mark", keys)          a mark that other phrases pass over, such as a quotation mark
("seq", (tree, …))      one after another
("any", (tree, …))      one of these
("opt", tree)           there or not
("set", (tree, …))      all of these, in any order within a clause
("cue", name)           any phrase of a cue class
("never", tree)         must not stand in the clauses of the match
("gap",)                at most four words; ("gap", True) at the end of a phrase
("start",)              the start of a sentence
("comma",)              a comma or none
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Tree = tuple[Any, ...]
Keys = frozenset[str]

#: Stands before the name of a cue class where keys of tokens are meant otherwise.
CUE = "@"


def is_empty(tree: Tree) -> bool:
    """Whether it may match no token at all."""
    kind = tree[0]
    if kind == "seq":
        return all(map(is_empty, tree[1]))
    if kind == "any":
        return any(map(is_empty, tree[1]))
    return kind in ("opt", "never", "gap", "start", "comma")


def first(tree: Tree) -> Keys:
    """Keys of a token at which it may begin, and "@CLASS" for the classes with which it may."""
    kind = tree[0]
    if kind in ("word", "mark"):
        return tree[1]  # type: ignore[no-any-return]
    if kind == "cue":
        return frozenset({CUE + tree[1]})
    if kind == "opt":
        return first(tree[1])
    result: Keys = frozenset()
    for part in tree[1] if kind in ("seq", "any", "set") else ():
        result |= first(part)
        if kind == "seq" and not is_empty(part):
            break
    return result


def needs(tree: Tree) -> Iterator[Keys]:
    """Sets of keys, of each of which a text must hold one, or the tree cannot match."""
    kind = tree[0]
    if kind in ("word", "mark"):
        yield tree[1]
    elif kind == "cue":
        yield frozenset({CUE + tree[1]})
    elif kind in ("seq", "set"):
        for part in tree[1]:
            yield from needs(part)
    elif kind == "any" and not is_empty(tree):
        yield frozenset().union(*(min(needs(part), key=lambda need: (_is_vague(need), len(need))) for part in tree[1]))


def _is_vague(need: Keys) -> bool:
    return any(key.startswith(CUE) and len(key) > 1 for key in need)


def nevers(tree: Tree) -> Iterator[Tree]:
    """What must not stand in the clauses of the match."""
    if tree[0] == "never":
        yield tree[1]
    elif tree[0] == "opt":
        yield from nevers(tree[1])
    elif tree[0] in ("seq", "any", "set"):
        for part in tree[1]:
            yield from nevers(part)


def without_nevers(tree: Tree) -> Tree:
    """The tree without those."""
    if tree[0] == "never":
        return ("seq", ())
    if tree[0] == "opt":
        return ("opt", without_nevers(tree[1]))
    if tree[0] in ("seq", "any", "set"):
        parts = [without_nevers(part) for part in tree[1] if part[0] != "never"]
        return parts[0] if len(parts) == 1 and tree[0] == "seq" else (tree[0], tuple(parts))
    return tree


def cues(tree: Tree) -> Iterator[str]:
    """Names of the cue classes that it refers to."""
    if tree[0] == "cue":
        yield tree[1]
    elif tree[0] in ("opt", "never"):
        yield from cues(tree[1])
    elif tree[0] in ("seq", "any", "set"):
        for part in tree[1]:
            yield from cues(part)
