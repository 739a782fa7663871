"""YAML read strictly, with the place of every value kept for error messages.

Rule packs, lexicons and configs are written by people, so an error must name file, line and column. Two things that YAML
allows are refused or switched off: a key given twice, and the bare words `no`, `yes`, `on`, `off` as booleans (YAML 1.1).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

Model = TypeVar("Model", bound=BaseModel)
Path_ = tuple[str | int, ...]


@dataclass
class StrictError(Exception):
    """What is wrong in a file that a person wrote; `line` and `column` count from 1, 0 where unknown."""

    path: str
    line: int
    column: int
    reason: str

    def __str__(self) -> str:
        place = f":{self.line}:{self.column}" if self.line else ""
        return f"{self.path}{place}: {self.reason}"


class _Loader(yaml.SafeLoader):
    """Safe loading in which only `true` and `false` are booleans, and dates stay text."""


class _FastLoader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
    """The same in C where libyaml is there: ten times as fast."""


for _loader in (_Loader, _FastLoader):
    _loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":bool", ":timestamp"))]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    _loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), ["t", "f"])


@dataclass(frozen=True)
class Document:
    """A parsed file: plain data, and the place of each value by its path of keys and indices."""

    path: str
    data: Any
    places: dict[Path_, tuple[int, int]]

    def error(self, where: Path_, reason: str) -> StrictError:
        """An error at the deepest known place on the way to `where`."""
        for size in range(len(where), -1, -1):
            if where[:size] in self.places:
                return StrictError(self.path, *self.places[where[:size]], reason)
        return StrictError(self.path, 0, 0, reason)

    def validate(self, model: type[Model]) -> Model:
        """The data as `model`; a fault is a StrictError at its line, with the nearest valid key where one was misspelt."""
        try:
            return model.model_validate(self.data)
        except ValidationError as fault:
            first = fault.errors(include_url=False)[0]
            where = tuple(first["loc"])
            raise self.error(where, _say(first, where, model)) from None


def _say(fault: Any, where: Path_, model: type[BaseModel]) -> str:
    name = ".".join(str(part) for part in where)
    if fault["type"] == "extra_forbidden":
        import difflib

        known = sorted(_keys_at(model, where[:-1]))
        near = difflib.get_close_matches(str(where[-1]), known, 1)
        hint = f"; did you mean {near[0]}?" if near else f"; known here: {', '.join(known)}" if known else ""
        return f"unknown key {where[-1]}{hint}"
    if fault["type"] == "missing":
        return f"{name} is missing"
    message = str(fault["msg"]).removeprefix("Value error, ")
    return f"{name}: {message[:1].lower()}{message[1:]}" if name else message


def _keys_at(model: type[BaseModel], where: Path_) -> set[str]:
    """The valid keys of the part of `model` at `where`; empty where that cannot be told."""
    current: Any = model
    for step in where:
        if not (isinstance(current, type) and issubclass(current, BaseModel)):
            return set()
        field = next((f for n, f in current.model_fields.items() if step in (n, f.alias)), None)
        if field is None:
            return set()
        current = field.annotation
    if isinstance(current, type) and issubclass(current, BaseModel):
        return {field.alias or name for name, field in current.model_fields.items()}
    return set()


def read_text(path: Path) -> str:
    """The text of a file of ours (UTF-8, a BOM allowed); StrictError where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as fault:
        raise StrictError(str(path), 0, 0, f"not UTF-8 text (byte {fault.start})") from None
    except OSError as fault:
        raise StrictError(str(path), 0, 0, fault.strerror or "cannot be read") from None


def parse(text: str, path: str) -> Document:
    """Parse one YAML document; StrictError with line and column for bad syntax or a key given twice."""
    try:
        root = _FastLoader(text).get_single_node()
        places: dict[Path_, tuple[int, int]] = {(): (1, 1)}
        data = _build(root, (), places, path) if root is not None else None
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        raise StrictError(path, line, column, fault.problem or "not valid YAML") from None
    except yaml.YAMLError as fault:
        raise StrictError(path, 0, 0, f"not valid YAML: {str(fault).splitlines()[0]}") from None
    except RecursionError:
        raise StrictError(path, 0, 0, "nested too deeply") from None
    return Document(path, data, places)


def load(path: Path) -> Document:
    """Read and parse a YAML file."""
    return parse(read_text(path), str(path))


def _build(node: yaml.Node, where: Path_, places: dict[Path_, tuple[int, int]], path: str) -> Any:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    places.setdefault(where, (line, column))
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node, path)
            places[(*where, key)] = (key_node.start_mark.line + 1, key_node.start_mark.column + 1)
            if key in result:
                raise StrictError(path, *places[(*where, key)], f"key {key} is given twice")
            result[key] = _build(value_node, (*where, key), places, path)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*where, index), places, path) for index, child in enumerate(node.value)]
    return _scalar(node, path)


def _scalar(node: yaml.Node, path: str) -> Any:
    line, column = node.start_mark.line + 1, node.start_mark.column + 1
    if not isinstance(node, yaml.ScalarNode):
        raise StrictError(path, line, column, "a key must be a plain word")
    constructor = yaml.constructor.SafeConstructor()
    try:
        return constructor.construct_object(node)  # type: ignore[no-untyped-call]
    except (yaml.YAMLError, ValueError) as fault:
        raise StrictError(path, line, column, str(getattr(fault, "problem", fault))) from None
