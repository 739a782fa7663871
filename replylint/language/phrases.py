"""The phrase notation (docs/notation.md): text → matcher, and the index by which many phrases are found in one pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from replylint.language.doc import Doc
from replylint.language.keys import fold
from replylint.language.lexicon import Lexicon, lexicon
from replylint.language.tokens import tokens

Matcher = Callable[[Doc, int], tuple[int, ...]]
"""From a doc and a token index to the token indices at which a match may end."""

GAP = 4
#: Token kinds that stand in phrases as <kind>; other names in angle brackets are cue classes.
KINDS = frozenset({"number", "url", "email", "file", "placeholder", "sign", "clock", "day", "name"})
_SPECIAL = "()|{}?…^@<>,\\"


class NotationError(ValueError):
    """A phrase that cannot be read, with the column (from 1) and the reason."""

    def __init__(self, phrase: str, column: int, reason: str) -> None:
        super().__init__(f"phrase {phrase!r}, column {column}: {reason}")
        self.phrase = phrase


@dataclass(frozen=True)
class Node:
    """A compiled piece of a phrase: its matcher, the keys it may start with, and whether it may match nothing."""

    match: Matcher
    first: frozenset[str]
    empty: bool = False
    #: Conditions on the whole phrase that stand in this piece: matchers that must fail throughout the clause.
    never: tuple[Matcher, ...] = ()
    #: Keys of which the text must hold one of each set, or the phrase cannot occur: a cheap test before matching.
    needs: tuple[frozenset[str], ...] = ()


def _word(keys: frozenset[str]) -> Node:
    def match(doc: Doc, index: int) -> tuple[int, ...]:
        index = doc.skip[index]
        return () if keys.isdisjoint(doc.keys[index]) else (index + 1,)

    return Node(match, keys, needs=(keys,))


def _exact(norm: str) -> Node:
    keys = frozenset({"=" + norm})
    return _word(keys)


def _start(doc: Doc, index: int) -> tuple[int, ...]:
    if index >= len(doc.tokens):
        return ()
    first = doc.sentences[doc.sentence_of[index]].first
    while first < index and doc.tokens[first].kind in ("punct", "emoji", "dots"):
        first += 1
    return (index,) if first == index else ()


def _comma(doc: Doc, index: int) -> tuple[int, ...]:
    index = doc.skip[index]
    return (index + 1,) if index < len(doc.tokens) and doc.tokens[index].norm == "," else (index,)


def _gap(doc: Doc, index: int) -> tuple[int, ...]:
    ends, words = [index], 0
    if not 0 < index <= len(doc.tokens):
        return ()
    clause = doc.clause_of[index - 1]
    while index < len(doc.tokens) and doc.clause_of[index] == clause and words < GAP:
        words += doc.tokens[index].norm not in ("'", '"')
        index += 1
        ends.append(index)
    return tuple(ends)


def _sequence(nodes: Sequence[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]
    matchers = [node.match for node in nodes]

    def match(doc: Doc, index: int) -> tuple[int, ...]:
        ends: Iterable[int] = (index,)
        for matcher in matchers:
            ends = {end for start in ends for end in matcher(doc, start)}
            if not ends:
                return ()
        return tuple(ends)

    first: frozenset[str] = frozenset()
    for node in nodes:
        first |= node.first
        if not node.empty:
            break
    return Node(match, first, all(node.empty for node in nodes), tuple(n for node in nodes for n in node.never),
                tuple(need for node in nodes if not node.empty for need in node.needs))


def _either(nodes: Sequence[Node]) -> Node:
    if len(nodes) == 1:
        return nodes[0]
    matchers = [node.match for node in nodes]

    def match(doc: Doc, index: int) -> tuple[int, ...]:
        return tuple({end for matcher in matchers for end in matcher(doc, index)})

    first = frozenset().union(*(node.first for node in nodes))
    empty = any(node.empty for node in nodes)
    return Node(match, first, empty, tuple(n for node in nodes for n in node.never), () if empty else (first,))


def _maybe(node: Node) -> Node:
    return Node(lambda doc, index: (index, *node.match(doc, index)), node.first, True, node.never)


def _any_order(nodes: Sequence[Node]) -> Node:
    matchers = tuple(node.match for node in nodes)

    def rest(doc: Doc, index: int, clause: int, left: tuple[Matcher, ...]) -> set[int]:
        if not left:
            return {index}
        ends: set[int] = set()
        while index < len(doc.tokens) and doc.clause_of[index] == clause:
            for at, matcher in enumerate(left):
                for end in matcher(doc, index):
                    ends |= rest(doc, end, clause, left[:at] + left[at + 1 :])
            if ends:
                break
            index += 1
        return ends

    def match(doc: Doc, index: int) -> tuple[int, ...]:
        if index >= len(doc.tokens):
            return ()
        clause = doc.clause_of[index]
        ends: set[int] = set()
        for at, matcher in enumerate(matchers):
            for end in matcher(doc, index):
                ends |= rest(doc, end, clause, matchers[:at] + matchers[at + 1 :])
        return tuple(ends)

    return Node(match, frozenset().union(*(node.first for node in nodes)), False,
                tuple(n for node in nodes for n in node.never), tuple(need for node in nodes for need in node.needs))


class _Parser:
    """Recursive descent over one phrase. `cue_first` tells the first keys of a cue class."""

    def __init__(self, phrase: str, book: Phrasebook) -> None:
        self.phrase, self.book, self.at = phrase, book, 0

    def fail(self, reason: str) -> NotationError:
        return NotationError(self.phrase, self.at + 1, reason)

    def parse(self) -> Node:
        node = self.sequence("", True)
        if node.empty:
            raise self.fail("matches nothing at all, or could")
        return node

    def sequence(self, closers: str, opening: bool) -> Node:
        """Items up to one of `closers`; `opening`: whether the phrase itself begins here."""
        nodes: list[Node] = []
        while True:
            while self.at < len(self.phrase) and self.phrase[self.at].isspace():
                self.at += 1
            if self.at >= len(self.phrase):
                if closers:
                    raise self.fail(f"{closers[-1]} is missing")
                break
            if self.phrase[self.at] in closers:
                break
            nodes.append(self.item(first=opening and not nodes))
        if not nodes:
            raise self.fail("an empty phrase or alternative")
        return _sequence(nodes)

    def item(self, first: bool) -> Node:
        char = self.phrase[self.at]
        if char == "-":
            self.at += 1
            never = self.atom()
            return Node(lambda doc, index: (index,), frozenset(), True, (never.match,))
        if char == "…":
            self.at += 1
            if first:
                raise self.fail("a phrase cannot begin with a gap: begin it with a word")
            return Node(_gap, frozenset(), True)
        if char == "^":
            self.at += 1
            if not first:
                raise self.fail("^ stands at the beginning only")
            return Node(_start, frozenset(), True)
        if char == ",":
            self.at += 1
            return Node(_comma, frozenset(), True)
        node = self.atom(first)
        if self.at < len(self.phrase) and self.phrase[self.at] == "?":
            self.at += 1
            return _maybe(node)
        return node

    def atom(self, first: bool = False) -> Node:
        if self.at >= len(self.phrase):
            raise self.fail("a word is missing")
        char = self.phrase[self.at]
        if char == "(":
            self.at += 1
            options = [self.sequence("|)", first)]
            while self.phrase[self.at] == "|":
                self.at += 1
                options.append(self.sequence("|)", first))
            self.at += 1
            return _either(options)
        if char == "{":
            self.at += 1
            parts: list[Node] = []
            while True:
                while self.at < len(self.phrase) and self.phrase[self.at].isspace():
                    self.at += 1
                if self.at >= len(self.phrase):
                    raise self.fail("} is missing")
                if self.phrase[self.at] == "}":
                    break
                parts.append(self.item(first=True))
            self.at += 1
            if not parts or any(part.empty for part in parts):
                raise self.fail("{…} holds words that must all be there")
            return _any_order(parts)
        if char == "@":
            self.at += 1
            return self.book.cue_node(self.name(), self)
        if char == "<":
            self.at += 1
            name = self.name()
            if self.at >= len(self.phrase) or self.phrase[self.at] != ">":
                raise self.fail("> is missing")
            self.at += 1
            return _word(frozenset({f"<{name}>"})) if name in KINDS else self.book.cue_node(name, self)
        if char == "=":
            self.at += 1
            return _sequence([_exact(norm) for norm in self.word()])
        if char in ")|}>?":
            raise self.fail(f"{char} has no partner here")
        return _sequence([_word(self.book.lexicon.keys(norm) if norm[:1].isalnum() or "'" in norm else frozenset({norm}))
                          for norm in self.word()])

    def name(self) -> str:
        begin = self.at
        while self.at < len(self.phrase) and (self.phrase[self.at].isalnum() or self.phrase[self.at] == "-"):
            self.at += 1
        if begin == self.at:
            raise self.fail("a name is missing")
        return self.phrase[begin : self.at]

    def word(self) -> list[str]:
        """The folded tokens of one word of the phrase ("don't" is two)."""
        raw = ""
        while self.at < len(self.phrase):
            char = self.phrase[self.at]
            if char == "\\" and self.at + 1 < len(self.phrase):
                raw += self.phrase[self.at + 1]
                self.at += 2
                continue
            if char.isspace() or char in _SPECIAL:
                break
            raw += char
            self.at += 1
        if not raw:
            raise self.fail("a word is missing")
        return [fold(raw[t.start : t.end]) for t in tokens(raw, 0, len(raw), *self.book.token_options)]


class Phrasebook:
    """Every phrase list of one language, by owner: "@CLASS" for the lexicon's cue classes, rule lists under their own names.

    Cue classes are compiled when the first text is read; rule lists are added before. Not changed afterwards, so that
    threads can share it.
    """

    def __init__(self, code: str) -> None:
        self.lexicon: Lexicon = lexicon(code)
        self.token_options = token_options(code)
        #: Words that carry no topic, folded.
        self.function_keys = frozenset(map(fold, self.lexicon.language.function_words))
        self._nodes: dict[str, list[Node]] = {}
        self._cue_nodes: dict[str, Node] = {}
        self._open: list[str] = []
        self._index: dict[str, list[tuple[str, int]]] | None = None

    def add(self, owner: str, phrases: Iterable[str]) -> None:
        """Compile a list of phrases; NotationError for one that cannot be read."""
        self._nodes[owner] = [_Parser(phrase, self).parse() for phrase in phrases]
        self._index = None

    def cue_node(self, name: str, parser: _Parser | None = None) -> Node:
        """The node that matches any phrase of a cue class. A class that refers to itself is refused."""
        if name not in self._cue_nodes:
            if name in self._open:
                raise NotationError(f"@{name}", 1, f"classes refer to each other in a circle: {' → '.join([*self._open, name])}")
            from replylint.language.lexicon import cue_classes

            if name not in cue_classes():
                reason = f"unknown cue class {name}"
                raise parser.fail(reason) if parser else NotationError(f"@{name}", 1, reason)
            self._open.append(name)
            self.add("@" + name, self.lexicon.cues.get(name, ()))
            self._open.pop()
            first = frozenset().union(*(node.first for node in self._nodes["@" + name]))
            owner = "@" + name
            self._cue_nodes[name] = Node(lambda doc, index: doc.starts(owner).get(doc.skip[index], ()), first, needs=(first,))
        return self._cue_nodes[name]

    def compile_cues(self) -> None:
        """Compile every cue class that the lexicon fills; NotationError for a bad phrase."""
        for name in self.lexicon.cues:
            self.cue_node(name)

    def candidates(self, keys: Sequence[frozenset[str]]) -> Mapping[str, Sequence[tuple[int, int]]]:
        """For the tokens with these keys: owner → (token index, phrase number) at which a phrase may begin."""
        index = self._index if self._index is not None else self._build_index()
        present = frozenset().union(*keys)
        fit: dict[tuple[str, int], bool] = {}
        result: dict[str, dict[tuple[int, int], None]] = {}
        for position, token_keys in enumerate(keys):
            for key in token_keys:
                for entry in index.get(key, ()):
                    possible = fit.get(entry)
                    if possible is None:
                        node = self._nodes[entry[0]][entry[1]]
                        possible = fit[entry] = all(not need.isdisjoint(present) for need in node.needs)
                    if possible:
                        result.setdefault(entry[0], {})[position, entry[1]] = None
        return {owner: tuple(found) for owner, found in result.items()}

    def _build_index(self) -> dict[str, list[tuple[str, int]]]:
        self.compile_cues()
        index: dict[str, list[tuple[str, int]]] = {}
        for owner, nodes in self._nodes.items():
            for number, node in enumerate(nodes):
                for key in node.first:
                    index.setdefault(key, []).append((owner, number))
        self._index = index
        return index

    def match(self, owner: str, phrase: int, doc: Doc, start: int) -> tuple[int, ...]:
        """Ends of a phrase's matches from token `start`, within one sentence, its excluded words absent from the clauses."""
        node = self._nodes[owner][phrase]
        sentence = doc.sentence_of[start]
        ends = tuple(end for end in node.match(doc, start) if end > start and doc.sentence_of[end - 1] == sentence)
        if ends and node.never:
            first = start
            while first > 0 and doc.clause_of[first - 1] == doc.clause_of[start]:
                first -= 1
            last = max(ends)
            while last < len(doc.tokens) and doc.clause_of[last] == doc.clause_of[last - 1]:
                last += 1
            if any(never(doc, index) for never in node.never for index in range(first, last)):
                return ()
        return ends


@lru_cache(maxsize=16)
def token_options(code: str) -> tuple[object, frozenset[str]]:
    """What the tokenizer needs to know of a language: the pattern of its clitics, and letters that stay with a number."""
    import re

    language = lexicon(code).language
    clitics = sorted((fold(c) for c in language.clitics), key=len, reverse=True)
    apostrophe = "['’ʼ‘`]"
    pattern = "|".join(re.escape(c).replace("'", apostrophe) for c in clitics)
    return (re.compile(f"(?:{pattern})$", re.IGNORECASE) if clitics else None), frozenset(language.ordinal_suffixes)
