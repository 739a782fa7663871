"""Concepts: what clients ask about, with the words by which it is asked and answered. Data of lexicons/, joined by id.

lexicons/concepts/TRADE.yaml names the concepts of a trade with their neighbours; lexicons/LANGUAGE/concepts/TRADE.yaml
holds their phrases in a language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel

from replylint import strictyaml
from replylint.language.lexicon import FOLDER, lexicon

if TYPE_CHECKING:
    from replylint.language.doc import Doc

Side = Literal["asked", "answered"]
SIDES: tuple[Side, ...] = ("asked", "answered")


class Neighbours(BaseModel):
    """How a concept lies among others: broader ones, what it belongs to, and what one speaks of next."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kind_of: tuple[str, ...] = Field((), alias="kind-of")
    part_of: tuple[str, ...] = Field((), alias="part-of")
    leads_to: tuple[str, ...] = Field((), alias="leads-to")


class Concept(BaseModel):
    """Phrases of one concept: `words` in asking and answering alike, the others on their own side only."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: tuple[str, ...]
    asked: tuple[str, ...] = ()
    answered: tuple[str, ...] = ()


class _Places(RootModel[dict[str, Neighbours | None]]):
    """A file of lexicons/concepts/."""


class _Trade(RootModel[dict[str, Concept]]):
    """A file of lexicons/LANGUAGE/concepts/."""


@lru_cache(maxsize=1)
def neighbours() -> Mapping[str, frozenset[str]]:
    """Concept → those that it touches, either way."""
    result: dict[str, set[str]] = {}
    for document in strictyaml.load_kept(sorted((FOLDER / "concepts").glob("*.yaml"))):
        for name, near in document.validate(_Places).root.items():
            for other in (*near.kind_of, *near.part_of) if near else ():
                result.setdefault(name, set()).add(other)
                result.setdefault(other, set()).add(name)
    return {name: frozenset(near) for name, near in result.items()}


@lru_cache(maxsize=16)
def phrase_lists(code: str) -> Mapping[str, tuple[Sequence[str], Sequence[str]]]:
    """Owner of a phrase list → (phrases, the concept of each), for both sides of a language."""
    lists: dict[str, tuple[list[str], list[str]]] = {owner(side): ([], []) for side in SIDES}
    for document in strictyaml.load_kept(sorted((lexicon(code).folder / "concepts").glob("*.yaml"))):
        for name, concept in document.validate(_Trade).root.items():
            for side in SIDES:
                phrases, names = lists[owner(side)]
                for phrase in dict.fromkeys((*concept.words, *getattr(concept, side))):
                    phrases.append(phrase)
                    names.append(name)
    return lists


def fault_in(code: str, phrase: str, reason: str) -> strictyaml.StrictError:
    """The error of a phrase that cannot be read, with its file and line."""
    for path in sorted((lexicon(code).folder / "concepts").glob("*.yaml")):
        document = strictyaml.load(path)
        for name, concept in document.data.items():
            for part, phrases in concept.items():
                if phrase in phrases:
                    return document.error((name, part, phrases.index(phrase)), reason)
    return strictyaml.StrictError(code, 0, 0, reason)


def owner(side: Side) -> str:
    """The name under which a phrasebook holds the phrases of one side."""
    return f"concepts:{side}"


def concepts_in(doc: Doc, side: Side, first: int, last: int) -> frozenset[str]:
    """The concepts of which a phrase lies within the tokens `first` to `last`."""
    names = phrase_lists(doc.language)[owner(side)][1]
    return frozenset(names[number] for start, end, number in doc.every(owner(side)) if first <= start and end <= last)
