"""Match keys: two words match when their sets of keys meet.

A word form has the keys that its dictionary gives (every lemma it may belong to), those that the lexicon states for it
(`forms`, `also`), those of its sisters (forms that share its stem and of which the dictionary knows more), and, where
the dictionary does not know it, those guessed from its parts, its ending and its stem. Which dictionary, stemmer and
endings a language has is data: `language.yaml`.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from replylint.language.dictionary import open_dictionary


class Morphology(BaseModel):
    """How a language's words are reduced to keys (the `morphology:` part of language.yaml)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: `pymorphy3:CODE`, `simplemma:CODE`, or empty: the lexicon alone.
    dictionary: str = ""
    #: A snowball algorithm for words that the dictionary does not know, or empty.
    stemmer: str = ""
    #: Keys of a form, *instead of* what the dictionary says; for pronouns, irregular and misread forms.
    forms: Mapping[str, Sequence[str]] = {}
    #: Key → its forms, for words that change wholly: the same as `forms`, and together with it. A form may stand twice.
    paradigms: Mapping[str, Sequence[str]] = {}
    #: Keys of a form, or of every form of a lemma, *beside* the others (homographs, spelling variants).
    also: Mapping[str, Sequence[str]] = {}
    #: Ending → endings of forms of the same word, each with the ending of their lemma after `>` where only such lemmas
    #: count. Estonian `tud: [ti>ma]`: makstud belongs to the lemma of maksti, if that is a verb.
    sisters: Mapping[str, Sequence[str]] = {}
    #: Ending → endings of the lemma, longest first, for words that the dictionary does not know.
    endings: Mapping[str, Sequence[str]] = {}
    #: Whether words are joined freely: one that the dictionary lacks is then inflected as its last part is.
    compounds: bool = False


Lemmas = Callable[[str], tuple[set[str], bool]]
"""Lemmas of a form, folded or capitalised, and whether the dictionary knows it (else they are guesses)."""

_SHORTEST_STEM = 3
_SHORTEST_PART = 3
#: A longer word is a key, a picture or a joke: looking for its parts would take more than linear time.
_LONGEST = 64


def _no_dictionary(word: str) -> tuple[set[str], bool]:
    return set(), False


def _pymorphy3(code: str) -> Lemmas:
    import pymorphy3

    # Where its data lies, said outright: left alone it asks every installed package, which takes 40 ms.
    spec = importlib.util.find_spec(f"pymorphy3_dicts_{code}")
    if spec is None or spec.origin is None:
        raise ValueError(f"pymorphy3 has no dictionary for {code}")
    analyser = pymorphy3.MorphAnalyzer(path=str(Path(spec.origin).parent / "data"), lang=code)
    dictionary, replaces = analyser.dictionary, analyser.char_substitutes
    #: A guess less likely than this is noise: unknown words have many.
    least = 0.1

    def lemmas(word: str) -> tuple[set[str], bool]:
        if word[:1].isupper():
            return set(), False  # its names are written small
        # Straight from the dictionary: tags and probabilities, which nobody asks for here, take most of a parse.
        found = dictionary.words.similar_items(word, replaces)
        if found:
            return {
                fold(dictionary.build_normal_form(para, index, form))
                for form, parses in found
                for para, index in parses
            }, True
        try:
            return {fold(parse.normal_form) for parse in analyser.parse(word) if parse.score >= least}, False
        except ValueError:  # it asks for the names of characters, and some have none
            return set(), False

    return lemmas


def _simplemma(code: str) -> Lemmas:
    lookup = open_dictionary(code)

    def lemmas(word: str) -> tuple[set[str], bool]:
        found = lookup(word)
        if found:
            return {fold(found)}, True
        joined = lookup(word.replace("-", "")) if "-" in word else None  # e-mail, follow-up
        return ({word, fold(joined)}, True) if joined else (set(), False)

    return lemmas


_DICTIONARIES: dict[str, Callable[[str], Lemmas]] = {"pymorphy3": _pymorphy3, "simplemma": _simplemma}


def fold(word: str) -> str:
    """A form as it is compared: lower case, е for ё, one kind of apostrophe and hyphen, no accents for stress."""
    return word.lower().translate(_FOLD)


_FOLD = str.maketrans(
    {
        "ё": "е",
        "’": "'",
        "ʼ": "'",
        "‘": "'",
        "`": "'",
        "′": "'",
        "‐": "-",
        "‑": "-",
        "\u0301": None,
        "\u00ad": None,
        "\u200b": None,
    }
)


def _by_ending(table: Mapping[str, Sequence[str]], word: str) -> Iterator[tuple[str, str]]:
    """(what is left of the word, what to put behind it) for each ending in the table that the word has, longest first.

    Two letters are enough before an ending of one (Estonian tee, teed), else three are left.
    """
    last = len(word) + 1
    for at in range(2, last):
        for replacement in table.get(word[at:], ()) if at >= _SHORTEST_STEM or last - at <= 2 else ():
            yield word[:at], replacement


class Keys:
    """The match keys of a language's forms: `keys(folded form)`. Safe in threads; each form is worked out once."""

    def __init__(self, morphology: Morphology) -> None:
        name, _, code = morphology.dictionary.partition(":")
        #: Whether there is a dictionary at all; without one nothing is known but what the lexicon states.
        self.has_dictionary = bool(name)
        self._lemmas = lru_cache(maxsize=200_000)(_DICTIONARIES[name](code) if name else _no_dictionary)
        self._cached = lru_cache(maxsize=200_000)(self._keys)
        self._stem: Callable[[str], str] | None = None
        if morphology.stemmer:
            import snowballstemmer

            self._stem = snowballstemmer.stemmer(morphology.stemmer).stemWord
        forms = {fold(form): set(map(fold, keys)) for form, keys in morphology.forms.items()}
        for key, its_forms in morphology.paradigms.items():
            for form in its_forms:
                forms.setdefault(fold(form), set()).add(fold(key))
        self._forms = {form: frozenset(keys) for form, keys in forms.items()}
        self._also = {fold(form): frozenset(map(fold, keys)) for form, keys in morphology.also.items()}
        self._compounds = morphology.compounds
        self._morphology = morphology

    def __call__(self, word: str) -> frozenset[str]:
        return self._cached(word)

    def knows(self, word: str) -> bool:
        """Whether the form stands in the dictionary or lexicon, or is joined of such words; guesses do not count."""
        if word in self._forms:
            return True
        if len(word) > _LONGEST:
            return False
        return self._lemmas(word)[1] or (self._compounds and bool(self._compound(word)))

    def _keys(self, word: str) -> frozenset[str]:
        if word in self._forms:
            return self._forms[word] | self._also.get(word, frozenset())
        if len(word) > _LONGEST:
            return frozenset((word,))
        found, known = self._known(word)
        if not known:
            names, known = self._lemmas(word.capitalize())
            found |= names
        if not known:
            found |= {word} | self._guesses(word)
            if self._stem is not None:
                found.add(self._stem(word) + "~")  # a stem is no word: it must not meet a lemma that looks like it
        return frozenset(found)

    def _known(self, word: str) -> tuple[set[str], bool]:
        """Lemmas of the form and of its sisters, and whether there is any."""
        lemmas, known = self._lemmas(word)
        result = set(lemmas)
        for base, sister in _by_ending(self._morphology.sisters, word):
            ending, _, lemma_ending = sister.partition(">")
            others, there = self._lemmas(base + ending)
            if there:
                known = True
                result.update(other for other in others if other.endswith(lemma_ending))
        result.update(key for source in (word, *result) for key in self._also.get(source, ()))
        return result, known and bool(result)

    def _guesses(self, word: str) -> set[str]:
        result = self._compound(word) if self._compounds else set()
        longest = 0
        for base, ending in _by_ending(self._morphology.endings, word):
            if len(base) >= _SHORTEST_STEM and longest in (0, len(base)):
                longest = len(base)
                result.add(base + ending)
        return result.union(*(self._known(guess)[0] for guess in result))

    def _compound(self, word: str) -> set[str]:
        """A word of a shorter and a known longer part, inflected as the latter is: kinnituskirja, ID-kaardiga."""
        for at in range(_SHORTEST_PART - 1, len(word) - _SHORTEST_PART):
            if word[at] != "-" and (word[at - 1] == "-" or (at >= _SHORTEST_PART and self._lemmas(word[:at])[1])):
                last, known = self._known(word[at:])
                if known:
                    return {word[:at] + lemma for lemma in last}
        return set()


def keys_of(morphology: Morphology) -> Keys:
    """A function from a folded form to its match keys. Loads the language's dictionary (ValueError if absent)."""
    return Keys(morphology)
