"""What pydantic found wrong with data that a person wrote, in plain words."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args, get_origin

from pydantic import BaseModel

Path_ = tuple[str | int, ...]

#: What was expected, by the type of pydantic's error.
_EXPECTED = {
    "tuple_type": "a list, such as [a, b]",
    "list_type": "a list, such as [a, b]",
    "dict_type": "keys and values",
    "mapping_type": "keys and values",
    "model_type": "keys and values",
    "model_attributes_type": "keys and values",
    "dataclass_type": "keys and values",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
}


def say(fault: Any, known: Iterable[str] = ()) -> str:
    """One error of pydantic's in plain words; `known` are the keys among which an unknown one may have been meant."""
    where, kind, given = tuple(map(str, fault["loc"])), fault["type"], fault.get("input")
    name = ".".join(where)
    if kind in ("extra_forbidden", "unexpected_keyword_argument"):
        return f"unknown key {where[-1]}{_hint(where[-1], known, '; known here: {}')}"
    if kind in ("missing", "missing_argument", "missing_keyword_only_argument"):
        return f"{name} is missing"
    if kind in ("literal_error", "enum"):
        options = re.findall("'([^']*)'", str(fault.get("ctx", {}).get("expected", "")))
        expected = ", ".join(options[:-1]) + " or " * (len(options) > 1) + options[-1]
        return f"{name}: expected {expected}, found {given}{_hint(str(given), options, '')}"
    is_item = where[-1:] and where[-1].isdigit()
    if isinstance(given, bool | int | float) and (kind == "string_type" or (kind == "model_type" and is_item)):
        return f"{name}: expected text; put {str(given).lower()} in quotes"
    if kind == "string_type":
        return f"{name}: expected text"
    if kind in _EXPECTED:
        return f"{name}: expected {_EXPECTED[kind]}"
    message = str(fault["msg"]).removeprefix("Value error, ")
    return f"{name}: {message}" if name else message


def _hint(name: str, known: Iterable[str], otherwise: str) -> str:
    known = sorted(known)
    near = difflib.get_close_matches(name, known, 1)
    if near:
        return f"; did you mean {near[0]}?"
    return otherwise.format(", ".join(known)) if known and otherwise else ""


def keys_at(model: type[BaseModel], where: Path_) -> set[str]:
    """The valid keys of the part of `model` at `where`; empty where that cannot be told."""
    current: Any = model
    for step in where:
        part = _model_in(current)
        if part is None:
            held = [part for part in get_args(current) if part is not ...]
            current = held[-1] if held else None  # of a mapping or list: what it holds
            continue
        field = next((f for n, f in part.model_fields.items() if step in (n, f.alias)), None)
        if field is None:
            return set()
        current = field.annotation
    part = _model_in(current)
    return {field.alias or name for name, field in part.model_fields.items()} if part else set()


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """The model that a type is, or that an optional one may be."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (Mapping, Sequence, dict, list, tuple):
        return None
    return next((found for found in map(_model_in, get_args(annotation)) if found), None)
