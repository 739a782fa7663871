"""Items of information: what we ask a client for, and how he may have told it. Data of lexicons/, joined by id."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import BaseModel, ConfigDict, RootModel

from replylint import strictyaml
from replylint.language.lexicon import lexicon

if TYPE_CHECKING:
    from replylint.language.doc import Doc

Side = Literal["named", "asked", "stated"]
SIDES: tuple[Side, ...] = ("named", "asked", "stated")


class Item(BaseModel):
    """Phrases of one item.

    `named`: its nouns, which ask for it where they follow an opening ("please tell us" + "your order number").
    `asked`: phrases that ask for it on their own ("how many people"). `stated`: phrases that tell it, value included.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    named: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()
    stated: tuple[str, ...]


class _File(RootModel[dict[str, Item]]):
    """lexicons/LANGUAGE/items.yaml."""


class ItemHit(NamedTuple):
    """A phrase of an item found in a text: its tokens (half-open), and the item's id."""

    first: int
    last: int
    item: str


@lru_cache(maxsize=16)
def phrase_lists(code: str) -> Mapping[str, tuple[Sequence[str], Sequence[str]]]:
    """Owner of a phrase list → (phrases, the item of each), for every side of a language."""
    lists: dict[str, tuple[list[str], list[str]]] = {owner(side): ([], []) for side in SIDES}
    path = lexicon(code).folder / "items.yaml"
    if path.exists():
        for name, item in strictyaml.load_kept([path])[0].validate(_File).root.items():
            for side in SIDES:
                for phrase in getattr(item, side):
                    lists[owner(side)][0].append(phrase)
                    lists[owner(side)][1].append(name)
    return lists


def owner(side: Side) -> str:
    """The name under which a phrasebook holds the phrases of one side."""
    return f"items:{side}"


def items_in(doc: Doc, side: Side) -> list[ItemHit]:
    """Every phrase of one side in a text, in order."""
    names = phrase_lists(doc.language)[owner(side)][1]
    found = doc.longest(owner(side))
    return sorted(ItemHit(first, last, names[number]) for first, last, number in found)
