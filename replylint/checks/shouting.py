"""A raised voice in writing: words in capitals for force, and exclamation marks in heaps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context
from replylint.diagnostic import Edit, Fix, Match
from replylint.language.doc import Doc, Range
from replylint.language.keys import fold
from replylint.language.lexicon import lexicon
from replylint.mail.message import Span

_ROMAN = re.compile(r"m{0,3}(?:cm|cd|d?c{0,3})(?:xc|xl|l?x{0,3})(?:ix|iv|v?i{0,3})")
#: What joins a word to a code, an address or a path where it stands right beside it.
_JOINTS = frozenset("_/\\=#&@+-.:")
#: Marks of code are looked for in so many characters of the line before a word.
_CODE = 1000
_SPOKEN = frozenset({"text", "list"})


@dataclass(frozen=True, config=STRICT)
class Shouting:
    """Words in capitals that are no names, codes or acronyms, and exclamation marks past what a paragraph may have.

    `marks`: the exclamation marks that a paragraph may have; `letters`: from how many letters on a word that is none
    of the language's commonest is told from an acronym; `heading`: the words that a line of a template may have to be
    a heading in capitals.
    """

    rule: str
    marks: int = 1
    letters: int = 4
    heading: int = 3
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own: what is written in capitals anyway is a class of the lexicon."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """Stretches in capitals, then exclamation marks."""
        doc = context.doc
        known = _known(context) if any(_is_capital(doc, i) for i in range(len(doc.tokens))) else frozenset()
        for first, last in self._stretches(doc, known, context.kind in ("template", "fragment")):
            text = doc.between(first, last)
            yield Match(doc.span(first, last), True, {"capitals": text}, fix=_lower(doc, first, last))
        yield from self._exclamations(doc)

    def _stretches(self, doc: Doc, known: frozenset[int], is_template: bool) -> Iterator[Range]:
        """Runs of words in capitals of which enough are ordinary words."""
        at, end = 0, len(doc.tokens)
        while at < end:
            if not _is_capital(doc, at):
                at += 1
                continue
            last = at + 1
            while last < end and (_is_capital(doc, last) or _joins(doc, last)):
                last += 1
            while not _is_capital(doc, last - 1):
                last -= 1
            words = [i for i in range(at, last) if doc.tokens[i].kind == "word"]
            loud = [i for i in words if i not in known and self._is_ordinary(doc, i)]
            # An ordinary word beside one of another kind ("USB HUBS") names a thing; more ordinary ones are loud.
            others = [i for i in words if i in known or not _is_known(doc, i)]
            alone = len(loud) == 1 and doc.tokens[loud[0]].norm not in doc.book.function_keys
            if (
                len(loud) > len(others)
                and not (alone and (_is_label(doc, loud[0]) or _is_repeated(doc, loud[0])))
                and not self._is_heading(doc, at, last, is_template)
            ):
                yield at, last
            at = last

    def _is_ordinary(self, doc: Doc, index: int) -> bool:
        """Whether a word in capitals is a word that others write small."""
        word = doc.tokens[index].norm
        if len(word) < 2 or _ROMAN.fullmatch(word) or _in_code(doc, index):
            return False
        if word in doc.book.function_keys:
            return True
        return len(word) >= self.letters and word.isalpha() and _is_known(doc, index)

    def _is_heading(self, doc: Doc, first: int, last: int, is_template: bool) -> bool:
        """Whether the words open a line and end with a colon, or are a line of their own that ends without a mark. In a
        letter, a line without a colon must be one word with more below ("DO", "OR"): else it may be a cry.
        """
        if doc.words(first, last) > self.heading:
            return False
        start, end = doc.tokens[first].start, doc.tokens[last - 1].end
        before = doc.text[doc.text.rfind("\n", 0, start) + 1 : start]
        stop = doc.text.find("\n", end)
        after = doc.text[end : stop if stop >= 0 else len(doc.text)].strip(" *_")
        if before.strip(" #*_-–—•.0123456789)"):
            return False
        if after:
            return after[0] == ":"
        return is_template or (stop >= 0 and not doc.text[start:end].count(" "))

    def _exclamations(self, doc: Doc) -> Iterator[Match]:
        """Two marks or more in a heap; and each single one past those that the paragraph may have, once a paragraph."""
        counts: dict[int, int] = {}
        at = 0
        while at < len(doc.tokens):
            last = at
            while last < len(doc.tokens) and doc.tokens[last].norm in ("!", "?") and _adjoins(doc, at, last):
                last += 1
            heap = sum(doc.tokens[i].norm == "!" for i in range(at, last))
            if not heap:
                at = max(last, at + 1)
                continue
            sentence = doc.sentences[doc.sentence_of[at]]
            begin = at - 1 if at > sentence.first else at
            if heap > 1:
                yield _marked(doc, begin, at, last, _one_mark(doc, at, last))
            elif sentence.zone in _SPOKEN:
                counts[sentence.paragraph] = counts.get(sentence.paragraph, 0) + 1
                if counts[sentence.paragraph] == self.marks + 1:
                    yield _marked(doc, begin, at, last, None)
            at = last


def _marked(doc: Doc, begin: int, at: int, last: int, fix: Fix | None) -> Match:
    return Match(doc.span(begin, last), True, {"marks": doc.between(at, last)}, fix=fix)


def _one_mark(doc: Doc, at: int, last: int) -> Fix:
    """One mark for a heap of them; a question stays one."""
    mark = "?" if any(doc.tokens[i].norm == "?" for i in range(at, last)) else "!"
    return Fix(f"write one “{mark}”", True, (Edit(doc.span(at, last), mark),))


@lru_cache(maxsize=16)
def _names(code: str) -> frozenset[str]:
    return frozenset(fold(form) for name, forms in lexicon(code).names.names.items() for form in (name, *forms))


def _known(context: Context) -> frozenset[int]:
    """Tokens that are written in capitals anyway: phrases of that class, names, words of the house."""
    doc = context.doc
    forms = _names(context.language)
    house = {word.lower() for phrase in context.config.vocabulary for word in phrase.split()}
    found = {i for hit in doc.find("@written-in-capitals") for i in range(hit.first, hit.last)}
    found.update(i for i, t in enumerate(doc.tokens) if t.norm in house or (t.norm in forms and _is_capital(doc, i)))
    return frozenset(found)


def _is_capital(doc: Doc, index: int) -> bool:
    token = doc.tokens[index]
    return token.kind == "word" and doc.text[token.start : token.end].isupper()


def _joins(doc: Doc, index: int) -> bool:
    """Whether a run of capitals goes on over this token: a comma, a dash, a number within the sentence."""
    token = doc.tokens[index]
    return doc.sentence_of[index] == doc.sentence_of[index - 1] and (
        token.kind in ("number", "clock", "day") or token.norm in (",", "-", "–", "—")
    )


def _is_known(doc: Doc, index: int) -> bool:
    """Whether the language has the word, written small; single letters are never counted."""
    word = doc.tokens[index].norm
    return len(word) < 2 or word in doc.book.function_keys or doc.book.lexicon.keys.knows(word)


def _is_label(doc: Doc, index: int) -> bool:
    """Whether a single word is what stands on a button or key: words of instruction go before it, and it is no time."""
    sentence = doc.sentences[doc.sentence_of[index]]
    return doc.has("steps", sentence.first, index) and not doc.has("date", index, index + 1)


def _is_repeated(doc: Doc, index: int) -> bool:
    """Whether a single word stands there again, and only in capitals: then it is a name."""
    places = doc.positions["=" + doc.tokens[index].norm]
    return len(places) > 1 and all(_is_capital(doc, i) for i in places)


def _in_code(doc: Doc, index: int) -> bool:
    """Whether the word is part of a code, a path or a placeholder: in a pair of marks, or with a joint right beside it
    and more right behind that.
    """
    token, text = doc.tokens[index], doc.text
    if (text[max(0, token.start - 1) : token.start], text[token.end : token.end + 1]) in (
        ("[", "]"),
        ("{", "}"),
        ("<", ">"),
        ("%", "%"),
    ):
        return True
    reach = max(0, token.start - _CODE)
    if text.count("`", text.rfind("\n", reach, token.start) + 1 or reach, token.start) % 2:
        return True
    before, after = text[max(0, token.start - 2) : token.start], text[token.end : token.end + 2]
    return (len(after) == 2 and after[0] in _JOINTS and after[1].isalnum()) or (
        len(before) == 2 and before[1] in _JOINTS and before[0].isalnum()
    )


def _adjoins(doc: Doc, first: int, index: int) -> bool:
    return index == first or doc.tokens[index].start <= doc.tokens[index - 1].end + 1


def _lower(doc: Doc, first: int, last: int) -> Fix | None:
    """The same words small, a sentence's first with a capital; none where one of the words may be a name or a code."""
    edits = []
    for index in range(first, last):
        token = doc.tokens[index]
        if token.kind != "word":
            continue
        if len(token.norm) < 2 or not doc.book.lexicon.keys.knows(token.norm):
            return None
        text = doc.text[token.start : token.end].lower()
        if index == doc.opening(index):
            text = text[:1].upper() + text[1:]
        edits.append(Edit(Span(doc.part, token.start, token.end), text))
    return Fix("write it in small letters", False, tuple(edits))
