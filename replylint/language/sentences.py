"""Where sentences end: at end marks, and at line breaks that the writer made."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from replylint.language.keys import fold
from replylint.language.lexicon import lexicon
from replylint.language.tokens import RawToken

#: A line is taken as wrapped by a program where the next word would not have fitted. Narrower texts are not wrapped,
#: unless all lines of a block look so and are not narrower than the other figure.
_LEAST_WRAP, _LEAST_NARROW = 50, 30
_CLOSERS = frozenset("\"'»“”’)]*_")
_OPENERS = frozenset("\"'«“„”‘([*_¿¡")
_BULLETS = frozenset("-–—*•·●▪◦‣")
_GOES_ON = frozenset(",-–—(«„")


class _Words(NamedTuple):
    """What a language knows about full stops. Abbreviations stand without their last one."""

    ordinary: frozenset[str]
    prefixing: frozenset[str]
    units: frozenset[str]
    function: frozenset[str]
    ordinals: bool


@lru_cache(maxsize=16)
def _words(code: str) -> _Words:
    language = lexicon(code).language

    def bare(words: Sequence[str]) -> frozenset[str]:
        return frozenset(fold(word).replace(" ", "").rstrip(".") for word in words)

    return _Words(
        bare(language.abbreviations),
        bare(language.prefixing_abbreviations),
        bare(language.unit_abbreviations),
        frozenset(map(fold, language.function_words)),
        language.ordinal_full_stop,
    )


def sentences(text: str, raw: Sequence[RawToken], normed: Sequence[str], code: str) -> list[tuple[int, int]]:
    """Token ranges of the sentences of one block; together they hold every token.

    A sentence ends at a full stop, question or exclamation mark (not after an abbreviation, initial, ordinal), and at a
    line break that its writer made, which is one where the next word would still have fitted on the line.
    """
    finder = _Finder(text, raw, normed, _words(code))
    ranges: list[tuple[int, int]] = []
    first = 0
    for index in range(len(raw) - 1):
        if finder.ends(index, first):
            ranges.append((first, index + 1))
            first = index + 1
    if first < len(raw):
        ranges.append((first, len(raw)))
    return ranges


class _Finder:
    def __init__(self, text: str, raw: Sequence[RawToken], normed: Sequence[str], words: _Words) -> None:
        self.text, self.raw, self.norm, self.words = text, raw, normed, words
        self.width = self._wrap_width()

    def ends(self, index: int, first: int) -> bool:
        """Whether a sentence that begins with token `first` ends with token `index`, which is not the last."""
        here, following = self.raw[index], self.raw[index + 1]
        if here.end == following.start:
            return self._ends_unspaced(index)
        is_break = "\n" in self.text[here.end : following.start]
        if is_break and (self.text.count("\n", here.end, following.start) > 1 or self._begins_item(index + 1)):
            return True
        if following.kind == "emoji" and not is_break:
            return False  # a smiley belongs to what it smiles at
        if self.norm[index + 1] in ")]»" and not is_break:
            return False
        if self._is_end(index, first):
            return True
        return is_break and self.norm[index] not in _GOES_ON and self._is_deliberate(here, following)

    def _is_end(self, index: int, first: int) -> bool:
        at = index
        while at > first and self.norm[at] in _CLOSERS and self._attached(at):
            at -= 1
        mark, kind = self.norm[at], self.raw[at].kind
        follows = self._follows(index + 1)
        if mark in ("!", "?"):
            # «Когда?» — спросил; (why?) and …
            return at == index or not (follows.islower() or self.norm[index + 1] in _BULLETS)
        if kind in ("dots", "emoji"):
            before = self.norm[at - 1] if at > first else ""
            return follows.isupper() or before in ("!", "?") or (kind == "emoji" and before in (".", "…"))
        if kind == "word" and mark.endswith("."):  # "e.g.", "т.е."
            return self._abbreviation_ends(mark.rstrip("."), at, first, index + 1)
        if mark != "." or at == first:
            return False
        return not self._attached(at) or self._stop_ends(at, first, index + 1)

    def _stop_ends(self, at: int, first: int, after: int) -> bool:
        """Whether the full stop `at` ends the sentence, given the word before it and the token `after` it."""
        word, before, follows = self.norm[at - 1], self.raw[at - 1], self._follows(after)
        if before.kind == "number":
            is_item = at - 1 == first and len(word) <= 3
            return not is_item and not (self.words.ordinals and follows.islower() and word.isdigit())
        if before.kind != "word":
            return True
        if len(word) == 1 and self.text[before.start].isupper() and follows.isupper():  # an initial
            return self.norm[after] in self.words.function and not self._is_initial(after)
        is_unit = word in self.words.units and at - 2 >= first and self.raw[at - 2].kind in ("number", "day")
        if is_unit:
            return follows.isupper()
        if word in self.words.function:
            return not (word in self.words.prefixing and follows.isdigit())  # "No. 5", but "the answer is no. We …"
        if word in self.words.prefixing:
            return False
        return word not in self.words.ordinary or (follows.isupper() and len(word) > 1)

    def _is_initial(self, at: int) -> bool:
        return (
            len(self.norm[at]) == 1 and at + 1 < len(self.raw) and self.norm[at + 1] == "." and self._attached(at + 1)
        )

    def _abbreviation_ends(self, word: str, at: int, first: int, after: int) -> bool:
        if at == first or word in self.words.prefixing or not self._follows(after).isupper():
            return False
        is_known = word in self.words.ordinary
        is_initials = not is_known and all(len(part) == 1 for part in word.split("."))
        return not is_initials or self.norm[after] in self.words.function

    def _ends_unspaced(self, index: int) -> bool:
        """A space forgotten after an end mark: "день.Когда", "really?When"."""
        following = self.raw[index + 1]
        if index == 0 or following.kind != "word" or not self._attached(index):
            return False
        if self.norm[index] in ("!", "?"):
            return self.raw[index - 1].kind == "word"
        before, text = self.raw[index - 1], self.text
        if self.norm[index] != "." or before.kind != "word":
            return False
        word, after = text[before.start : before.end], text[following.start : following.end]
        known = self.norm[index - 1] in self.words.prefixing or self.norm[index - 1] in self.words.ordinary
        return not known and len(word) > 1 and word[1:].islower() and after[0].isupper() and after[1:].islower()

    def _attached(self, at: int) -> bool:
        return at > 0 and self.raw[at - 1].end == self.raw[at].start

    def _follows(self, index: int) -> str:
        """The first character that follows, opening quotation marks and brackets passed over."""
        while index < len(self.raw) - 1 and self.norm[index] in _OPENERS:
            index += 1
        return self.text[self.raw[index].start]

    def _begins_item(self, index: int) -> bool:
        """Whether the line that token `index` begins is a list item: a bullet, or a number or letter with a mark."""
        token, last = self.raw[index], len(self.raw) - 1
        if index == last:
            return False
        following = self.raw[index + 1]
        if self.norm[index] in _BULLETS:
            return following.start > token.end
        is_label = (token.kind == "number" and token.end - token.start <= 2) or (
            token.kind == "word" and token.end - token.start == 1
        )
        if not (is_label and following.start == token.end and self.norm[index + 1] in (".", ")") and index + 1 < last):
            return False
        content = self.raw[index + 2].start
        # "… until\n9. märtsini" is a wrapped line
        return content > following.end and not (
            self.words.ordinals
            and self.norm[index + 1] == "."
            and self.text[content].islower()
            and not self._is_deliberate(self.raw[index - 1], token)
        )

    # --- lines --------------------------------------------------------------------------------------------------

    def _wrap_width(self) -> int:
        """The width to which the block's lines are wrapped, as far as can be told; 0 where it has one line only."""
        if not self.raw:
            return 0
        lines = [line.strip() for line in self.text[self.raw[0].start : self.raw[-1].end].split("\n")]
        longest = max(map(len, lines))
        if len(lines) == 1 or longest >= _LEAST_WRAP:
            return longest if len(lines) > 1 else 0
        narrow = (
            len(lines) > 2
            and longest >= _LEAST_NARROW
            and all(
                len(line) + 1 + len(after.split(None, 1)[0]) > longest
                for line, after in pairwise(lines)
                if line and after
            )
        )
        return longest if narrow else _LEAST_WRAP

    def _is_deliberate(self, here: RawToken, following: RawToken) -> bool:
        """Whether the next word would still have fitted on the line, so that the writer broke it."""
        start = self.text.rfind("\n", 0, here.end) + 1
        end = following.end
        while end < len(self.text) and not self.text[end].isspace():
            end += 1
        return here.end - start + 1 + (end - following.start) <= self.width
