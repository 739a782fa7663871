"""Names: which may be one person's across forms, spellings and alphabets, and which never are."""

from __future__ import annotations

from pathlib import Path

import pytest

from replylint import strictyaml
from replylint.language.names import is_known_name, same_name

PAIRS = strictyaml.load(Path(__file__).parent / "name_pairs.yaml").data


def pairs(kind: str) -> list[tuple[str, str]]:
    return [tuple(pair) for found in PAIRS[kind].values() for pair in found]


@pytest.mark.parametrize(("one", "other"), pairs("same"))
def test_one_person(one: str, other: str) -> None:
    assert same_name(one, other)
    assert same_name(other, one)


@pytest.mark.parametrize(("one", "other"), pairs("different"))
def test_two_people(one: str, other: str) -> None:
    assert not same_name(one, other)
    assert not same_name(other, one)


@pytest.mark.parametrize("name", ["Emma", "emma", "Олено", "Тетяно", "Лёша", "Леша", "Külli", "Mari-Liis", "Aleksandr"])
def test_known(name: str) -> None:
    assert is_known_name(name)


@pytest.mark.parametrize("word", ["Xochitl", "Support", "Клиент", "Замовник", "Meeskond", ""])
def test_unknown(word: str) -> None:
    assert not is_known_name(word)
