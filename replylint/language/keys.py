"""Match keys: two words match when their sets of keys meet.

A word form has the keys that its dictionary gives (every lemma it may belong to), those that the lexicon states for it
(`forms`), and, where the dictionary does not know it, those guessed from its ending (`endings`) and its stem. Which
dictionary, stemmer and endings a language has is data: `language.yaml`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache

from pydantic import BaseModel, ConfigDict


class Morphology(BaseModel):
    """How a language's words are reduced to keys (the `morphology:` part of language.yaml)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: `pymorphy3:CODE`, `simplemma:CODE`, or empty: the lexicon alone.
    dictionary: str = ""
    #: A snowball algorithm for words that the dictionary does not know, or empty.
    stemmer: str = ""
    #: Keys of a form, *instead of* what the dictionary says; for pronouns, irregular and misread forms.
    forms: Mapping[str, Sequence[str]] = {}
    #: Keys of a form *beside* what the dictionary says (homographs, spelling variants).
    also: Mapping[str, Sequence[str]] = {}
    #: Ending → endings of the lemma, longest first, for words that the dictionary does not know.
    endings: Mapping[str, Sequence[str]] = {}


Lemmas = Callable[[str], tuple[set[str], bool]]
"""Lemmas of a form, and whether the dictionary knows it (else they are guesses)."""


def _no_dictionary(word: str) -> tuple[set[str], bool]:
    return {word}, False


def _pymorphy3(code: str) -> Lemmas:
    import pymorphy3

    analyser = pymorphy3.MorphAnalyzer(lang=code)
    #: A guess less likely than this is noise: unknown words have many.
    least = 0.1

    def lemmas(word: str) -> tuple[set[str], bool]:
        parses = analyser.parse(word)
        known = analyser.word_is_known(word)
        return {fold(p.normal_form) for p in parses if known or p.score >= least}, known

    return lemmas


def _simplemma(code: str) -> Lemmas:
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy
    from simplemma.strategies.dictionaries import TrieDictionaryFactory

    strategy = DefaultStrategy(dictionary_factory=TrieDictionaryFactory())
    lemmatizer = Lemmatizer(lemmatization_strategy=strategy)

    def lemmas(word: str) -> tuple[set[str], bool]:
        lemma = fold(lemmatizer.lemmatize(word, lang=code))
        return {lemma}, lemma != word or strategy.get_lemma(word, code) is not None

    return lemmas


_DICTIONARIES: dict[str, Callable[[str], Lemmas]] = {"pymorphy3": _pymorphy3, "simplemma": _simplemma}


def fold(word: str) -> str:
    """A form as it is compared: lower case, е for ё, one kind of apostrophe and hyphen, no accents for stress."""
    return word.lower().translate(_FOLD)


_FOLD = str.maketrans({"ё": "е", "’": "'", "ʼ": "'", "‘": "'", "`": "'", "′": "'", "‐": "-", "‑": "-",
                       "́": None, "­": None, "​": None})


def keys_of(morphology: Morphology) -> Callable[[str], frozenset[str]]:
    """A function from a word form, folded, to its match keys. Loads the language's dictionary, once."""
    name, _, code = morphology.dictionary.partition(":")
    lemmas = _DICTIONARIES[name](code) if name else _no_dictionary
    stem: Callable[[str], str] | None = None
    if morphology.stemmer:
        import snowballstemmer

        stem = snowballstemmer.stemmer(morphology.stemmer).stemWord
    endings = sorted(morphology.endings.items(), key=lambda pair: -len(pair[0]))

    @lru_cache(maxsize=200_000)
    def keys(word: str) -> frozenset[str]:
        if word in morphology.forms:
            return frozenset(map(fold, morphology.forms[word]))
        found, known = lemmas(word)
        result = set(found) | {fold(key) for key in morphology.also.get(word, ())}
        for lemma in found:
            result.update(fold(key) for key in morphology.also.get(lemma, ()))
        if not known:
            result.add(word)
            for ending, replacements in endings:
                if word.endswith(ending) and len(word) - len(ending) >= 3:
                    base = word[: len(word) - len(ending)]
                    result.update(base + replacement for replacement in replacements)
                    break
            if stem is not None:
                result.add(stem(word) + "~")  # a stem is no word: it must not meet a lemma that looks like it
        return frozenset(result)

    return keys
