"""The phrase notation (docs/notation.md): a line of words → a tree, or an error that says what to write."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Sequence
from typing import NamedTuple

from replylint.language import trees
from replylint.language.doc import TRANSPARENT
from replylint.language.tokens import mark_key
from replylint.language.trees import Keys, Tree

#: Token kinds that stand in phrases as <kind>; other names in angle brackets are cue classes.
KINDS = frozenset({"number", "url", "email", "file", "placeholder", "sign", "clock", "day", "name", "emoji", "code"})
#: The most parts that {…} may have: every order of them is tried.
MOST_PARTS = 6
_ENDS_WORD = frozenset("()|{}?…^@<>,")
_DASHES = frozenset("-–—‐‑−")
_DEEPEST = 20


class NotationError(ValueError):
    """A phrase that cannot be read, with the column (from 1) and what to write instead.

    `owner` and `number` say in which list it stands, and where in it, once that is known.
    """

    def __init__(self, phrase: str, column: int, reason: str, owner: str = "", number: int = 0) -> None:
        super().__init__(f"phrase {phrase!r}, column {column}: {reason}")
        self.phrase, self.column, self.reason, self.owner, self.number = phrase, column, reason, owner, number


class Compiled(NamedTuple):
    """A phrase ready to be looked for.

    `first`: keys of a token at which it may begin ("@CLASS": where a phrase of the class does). `needs`: sets of which
    the text must hold one key each, or the phrase cannot occur. `never`: trees that must not match in the clauses of a
    match.
    """

    tree: Tree
    first: Keys
    needs: tuple[Keys, ...]
    never: tuple[Tree, ...]


class Grammar(NamedTuple):
    """What a language knows of the words of a phrase."""

    #: The written words → the keys of each of their tokens; with True only exactly these forms.
    keys: Callable[[str, bool], Sequence[Keys]]
    #: Names of the cue classes.
    classes: Collection[str]


def compile_phrase(phrase: str, grammar: Grammar) -> Compiled:
    """Read a phrase; NotationError where it cannot be read or could match nothing at all."""
    tree = _Parser(phrase, grammar).parse()
    never = tuple(trees.nevers(tree))
    tree = trees.without_nevers(tree)
    if trees.is_empty(tree):
        raise NotationError(phrase, 1, "every part of it may be absent: one word at least must be there")
    if tree[0] == "seq" and tree[1][-1] == ("gap",):
        tree = ("seq", (*tree[1][:-1], ("gap", True)))
    return Compiled(tree, trees.first(tree), tuple(dict.fromkeys(trees.needs(tree))), never)


def cues_in(compiled: Compiled) -> set[str]:
    """Names of the cue classes that a phrase refers to."""
    return {name for tree in (compiled.tree, *compiled.never) for name in trees.cues(tree)}


class _Parser:
    """Recursive descent over one phrase."""

    def __init__(self, phrase: str, grammar: Grammar) -> None:
        self.phrase, self.grammar, self.at, self.depth = phrase, grammar, 0, 0

    def fail(self, reason: str, at: int | None = None) -> NotationError:
        return NotationError(self.phrase, (self.at if at is None else at) + 1, reason)

    @property
    def char(self) -> str:
        """The character that comes next; empty at the end."""
        return self.phrase[self.at : self.at + 1]

    @property
    def after(self) -> str:
        """The one after it."""
        return self.phrase[self.at + 1 : self.at + 2]

    def parse(self) -> Tree:
        if not self.phrase.strip():
            raise self.fail("an empty phrase")
        return self.sequence("", True, 0)

    def sequence(self, closers: str, opening: bool, begun: int) -> Tree:
        """Items up to one of `closers`. `opening`: the phrase itself begins here; `begun`: where the bracket stands."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self.fail("brackets within brackets, too deep to be read")
        items: list[Tree] = []
        while True:
            spaced = self.spaces() or not items
            glued = not spaced and (self.phrase[self.at - 1].isalnum() or self.phrase[self.at - 1] in ")}>?")
            if not self.char:
                if closers:
                    raise self.fail("this bracket is never closed: ) is missing", begun)
                break
            if self.char in closers:
                break
            if glued and self.char and self.begins_word():
                raise self.fail("put a space here: brackets, @ and < stand for whole words, never for a part of one")
            items.append(self.item(opening and not items, spaced))
        self.depth -= 1
        if not items:
            raise self.fail(
                "an empty alternative: write (a|b)? for what may be absent" if closers else "an empty phrase"
            )
        return items[0] if len(items) == 1 else ("seq", tuple(items))

    def begins_word(self) -> bool:
        """Whether what comes next, right behind a word or bracket, looks like a part of that: word(s), (re)send."""
        if self.char == "(":
            return self.phrase[self.at - 1].isalnum() and not (self.after.isspace() or self.after in tuple("'’"))
        return self.char.isalnum() or self.char in "{@<=^"

    def spaces(self) -> bool:
        begin = self.at
        while self.char.isspace():
            self.at += 1
        return self.at > begin

    def item(self, first: bool, spaced: bool) -> Tree:
        char, begin = self.char, self.at
        if char == "-" and spaced and (self.after.isalnum() or self.after in tuple("({@<=\\")):
            self.at += 1
            tree = self.atom(False)
            if trees.is_empty(tree) or next(trees.nevers(tree), None):
                raise self.fail("- stands before a word, a class or (a|b), all of which must be absent", begin)
            return self.no_question("never", ("never", tree))
        if char in ("…", ",", "^"):
            self.at += 1
            if char == "^":
                if not first:
                    raise self.fail("^ means the start of a sentence: it stands at the beginning only", begin)
                return self.no_question("start", ("start",))
            if char == "…" and first:
                raise self.fail("a phrase cannot begin with a gap: begin it with a word", begin)
            if self.char == "?":  # neither needs to be there anyway
                self.at += 1
            return ("gap",) if char == "…" else ("comma",)
        tree = self.atom(first)
        if self.char == "?":
            self.at += 1
            if self.char == "?":
                raise self.fail("one ? is enough; for a question mark itself write \\?")
            return ("opt", tree)
        return tree

    def no_question(self, what: str, tree: Tree) -> Tree:
        if self.char == "?":
            raise self.fail("what must be absent cannot be optional" if what == "never" else "^ cannot be optional")
        return tree

    def atom(self, first: bool) -> Tree:
        char, begin = self.char, self.at
        if char == "(":
            self.at += 1
            options = [self.sequence("|)", first, begin)]
            while self.char == "|":
                self.at += 1
                options.append(self.sequence("|)", first, begin))
            self.at += 1
            return options[0] if len(options) == 1 else ("any", tuple(options))
        if char == "{":
            self.at += 1
            return self.braces(begin)
        if char in "@<" and char:
            return self.named(char)
        if char == "=" and self.after and not (self.after.isspace() or self.after in _ENDS_WORD):
            self.at += 1
            return self.word(True)
        if char == "=":
            raise self.fail(_NOT_EXACT.get(self.after, "= stands before a word, without a space: =asap"))
        if char in _MISPLACED and char:
            raise self.fail(_MISPLACED[char])
        if not char or char.isspace():
            raise self.fail("a word is missing here")
        return self.word(False)

    def braces(self, begin: int) -> Tree:
        parts: list[Tree] = []
        while True:
            self.spaces()
            if not self.char:
                raise self.fail("this brace is never closed: } is missing", begin)
            if self.char == "}":
                break
            if self.char in "|…,^":
                raise self.fail(_IN_BRACES[self.char])
            at = self.at
            parts.append(self.item(False, True))
            if trees.is_empty(parts[-1]) and parts[-1][0] != "never":
                raise self.fail("what stands in {…} must all be there: put it outside to make it optional", at)
        self.at += 1
        words = [part for part in parts if part[0] != "never"]
        if not 2 <= len(words) <= MOST_PARTS:
            raise self.fail(f"{{…}} holds two to {MOST_PARTS} words in any order", begin)
        return ("seq", (("set", tuple(words)), *(part for part in parts if part[0] == "never")))

    def named(self, char: str) -> Tree:
        begin = self.at
        self.at += 1
        name = ""
        while self.char.isalnum() or (self.char == "-" and self.after.isalpha()):
            name += self.char
            self.at += 1
        if not name:
            raise self.fail(f"a name comes after {char}, without a space; for the sign itself write \\{char}", begin)
        if char == "<":
            if self.char != ">":
                raise self.fail("> is missing")
            self.at += 1
            if name in KINDS:
                return ("word", frozenset({f"<{name}>"}))
        if name not in self.grammar.classes:
            known = [*self.grammar.classes, *(KINDS if char == "<" else ())]
            near = difflib.get_close_matches(name, known, 1)
            if char == "@" and name in KINDS:
                raise self.fail(f"a kind of token is written <{name}>", begin)
            raise self.fail(
                f"unknown cue class {name}" + (f"; did you mean {near[0]}?" if near else "; classes.yaml lists them"),
                begin,
            )
        return ("cue", name)

    def word(self, exact: bool) -> Tree:
        """The tokens of one written word ("don't" is two)."""
        begin, raw = self.at, ""
        while self.char and not self.char.isspace() and self.char not in _ENDS_WORD:
            if self.char == "\\":
                if not self.after or self.after.isspace():
                    raise self.fail("\\ stands before the character that is meant as itself")
                if self.after.isalnum():
                    raise self.fail(
                        f"phrases are no regular expressions: \\{self.after} means nothing here; "
                        "\\ stands before signs only"
                    )
                self.at += 1
                if not raw and self.char in TRANSPARENT:  # a word of its own, even where another is glued to it
                    raw, self.at = self.char, self.at + 1
                    break
            raw += self.char
            self.at += 1
        if len(raw) == 1 and raw in TRANSPARENT:
            return ("mark", frozenset({mark_key(raw, "punct")}))
        if raw == "...":
            raise self.fail("write … for a gap, and \\… for the dots themselves", begin)
        keys = self.grammar.keys("-" if raw and set(raw) <= _DASHES else raw, exact)
        if not keys:
            raise self.fail("a word is missing here", begin)
        return ("word", keys[0]) if len(keys) == 1 else ("seq", tuple(("word", k) for k in keys))


_NOT_EXACT = {
    "<": "what stands in <…> has no forms: leave the = out",
    "@": "= stands before a word, and @ means a whole class: leave the = out",
    "(": "= stands before each word: (=one|=two)",
    "{": "= stands before each word: {=one =two}",
}
_MISPLACED = {
    "|": "| stands inside brackets: (a|b); for the sign itself write \\|",
    ")": "this ) closes nothing; for the sign itself write \\)",
    "}": "this } closes nothing; for the sign itself write \\}",
    ">": "this > closes nothing; for the sign itself write \\>",
    "?": "? follows what may be absent, without a space; for a question mark itself write \\?",
    "^": "^ means the start of a sentence: it stands at the beginning only; for the sign itself write \\^",
    ",": "a comma cannot be part of this; for a comma that must be there write \\,",
    "…": "a gap cannot be part of this; for the dots themselves write \\…",
}
_IN_BRACES = {
    "|": "alternatives within {…} have brackets of their own: {(a|b) c}",
    "…": "words in {…} may stand apart anyway: leave the gap out",
    ",": "{…} stays within a clause, and a comma ends it: leave the comma out",
    "^": "^ means the start of a sentence: it stands at the beginning of the phrase only",
}
