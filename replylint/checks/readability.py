"""Texts that are hard to read by a measure that was calibrated for their language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context
from replylint.diagnostic import Match
from replylint.language.doc import Doc
from replylint.language.lexicon import Readability, Syllables, lexicon


@dataclass(frozen=True, config=STRICT)
class HardToRead:
    """One match, over the whole text, where the language's measure is past its published band.

    Silent on texts of fewer than `least` words, and in a language without a published measure.
    """

    rule: str
    least: int = 100
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None: words, sentences and syllables are counted."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """The text between greeting and closing."""
        doc, measure = context.doc, lexicon(context.language).language.readability
        body = doc.body
        if measure is None or not body or doc.words(zones=frozenset({"text", "list"})) < self.least:
            return
        value = score(doc, measure)
        if value < measure.hard if measure.higher_is_easier else value > measure.hard:
            yield Match(
                doc.span(body[0].first, body[-1].last),
                values={"measure": measure.name, "score": f"{value:.0f}", "limit": f"{measure.hard:g}"},
            )


def score(doc: Doc, measure: Readability) -> float:
    """The measure of the text between greeting and closing, which must hold a word."""
    vowels = lexicon(doc.language).language.vowels
    words = [
        token.norm
        for sentence in doc.body
        for index, token in enumerate(doc.tokens[sentence.first : sentence.last], sentence.first)
        if token.kind == "word" and doc.is_word(index)
    ]
    spoken = [sentence for sentence in doc.body if doc.words(sentence.first, sentence.last)]
    if not words:
        return measure.constant
    figures = {
        "words_per_sentence": len(words) / len(spoken),
        "syllables_per_word": sum(syllables(word, vowels, measure.syllables) for word in words) / len(words),
        "long_words_per_cent": 100 * sum(len(word) > measure.long_word for word in words) / len(words),
    }
    return measure.constant + sum(times * figures[name] for name, times in measure.times.items())


def syllables(word: str, vowels: str, known: Syllables) -> int:
    """About how many syllables a folded word has: its vowels, or its groups of vowels, less a silent ending."""
    for ending in known.silent:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            word = word[: -len(ending)]
            break
    marks = [letter in vowels for letter in word]
    if known.groups:
        return max(1, sum(here and not before for before, here in zip([False, *marks], marks, strict=False)))
    return max(1, sum(marks))
