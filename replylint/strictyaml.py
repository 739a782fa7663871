"""YAML read strictly, with the place of every value kept for error messages.

Rule packs, lexicons and configs are written by people, so an error must name file, line and column. Two things that
YAML allows are refused or switched off: a key given twice, and the bare words `no`, `yes`, `on`, `off` as booleans.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from pydantic import BaseModel, ValidationError

from replylint import compiled
from replylint.faults import keys_at, say

if TYPE_CHECKING:
    import yaml

Model = TypeVar("Model", bound=BaseModel)
Path_ = tuple[str | int, ...]

_TAG = "tag:yaml.org,2002:"
#: Plain values that are no text: pattern, first characters, what they become. `no`, 12:30, 0123 and dates are text.
_PLAIN: Mapping[str, tuple[str, list[str], Callable[[str], Any]]] = {
    "null": ("~|null|", ["~", "n", ""], lambda text: None),
    "bool": ("true|false", ["t", "f"], lambda text: text == "true"),
    "int": ("[-+]?(?:0|[1-9][0-9]*)", list("-+0123456789"), int),
    "float": (r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+", list("-+0123456789"), float),
}
#: More values than these come of aliases within aliases only.
_MOST_VALUES = 500_000


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


@dataclass(frozen=True)
class Document:
    """A parsed file: plain data, and the place of each value by its path of keys and indices.

    `places` may be left out: they are then read from the file at `path` when an error has to name one.
    """

    path: str
    data: Any
    known_places: Mapping[Path_, tuple[int, int]] | None = None

    @cached_property
    def places(self) -> Mapping[Path_, tuple[int, int]]:
        """Where each value stands: path of keys and indices → line and column, from 1."""
        if self.known_places is None:
            return parse(read_text(Path(self.path)), self.path).places
        return self.known_places

    def of(self, data: Any) -> Document:
        """Other data of the same file: a part of it in which paths stay as they are, or another form of it."""
        return _Part(self.path, data, None, self)

    def error(self, where: Path_, reason: str) -> StrictError:
        """An error at the deepest known place on the way to `where`."""
        for size in range(len(where), -1, -1):
            if where[:size] in self.places:
                return StrictError(self.path, *self.places[where[:size]], reason)
        return StrictError(self.path, 0, 0, reason)

    def validate(self, model: type[Model]) -> Model:
        """The data as `model`; a fault is a StrictError at its line, with the nearest valid key where one is
        misspelt.
        """
        try:
            return model.model_validate(self.data)
        except ValidationError as fault:
            first = fault.errors(include_url=False)[0]
            where = tuple(first["loc"])
            raise self.error(where, say(first, keys_at(model, where[:-1]))) from None


@dataclass(frozen=True)
class _Part(Document):
    whole: Document | None = None

    @cached_property
    def places(self) -> Mapping[Path_, tuple[int, int]]:
        """Those of the whole."""
        return self.whole.places if self.whole else {}


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
    import yaml

    places: dict[Path_, tuple[int, int]] = {(): (1, 1)}
    try:
        root = _loader()(text).get_single_node()
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


def load_kept(paths: Sequence[Path]) -> list[Document]:
    """Read YAML files of a lexicon or pack. Their data is kept between runs, which saves nearly all of the time."""
    names = [str(path) for path in paths]

    def read() -> list[Any]:
        documents = [load(path) for path in paths]
        places.update({document.path: document.places for document in documents})
        return [document.data for document in documents]

    places: dict[str, Mapping[Path_, tuple[int, int]]] = {}
    data = compiled.kept(f"yaml-{compiled.digest(names).hex()}", compiled.stamp((*paths, Path(__file__))), read)
    return [Document(name, value, places.get(name)) for name, value in zip(names, data, strict=True)]


@lru_cache(maxsize=1)
def _loader() -> Callable[[str], yaml.SafeLoader]:
    """A safe loader, in C where libyaml is there, with the few plain values that a person means as such."""
    import yaml

    class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]
        yaml_implicit_resolvers: ClassVar[dict[str, Any]] = {}

    for name, (pattern, starts, _) in _PLAIN.items():
        Loader.add_implicit_resolver(_TAG + name, re.compile(f"^(?:{pattern})$"), starts)
    return Loader


def _build(node: yaml.Node, where: Path_, places: dict[Path_, tuple[int, int]], path: str) -> Any:
    import yaml

    places.setdefault(where, _place(node))
    if len(places) > _MOST_VALUES:
        raise StrictError(path, *_place(node), "too many values: aliases within aliases")
    if isinstance(node, yaml.MappingNode):
        result: dict[Any, Any] = {}
        merged: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = _scalar(key_node, path)
            if key == "<<" and isinstance(value_node, yaml.MappingNode):
                # what another mapping holds, but for the keys that are given here
                merged.update(_build(value_node, where, places, path))
                continue
            places[(*where, key)] = _place(key_node)
            if key in result:
                raise StrictError(path, *_place(key_node), f"key {key} is given twice")
            result[key] = _build(value_node, (*where, key), places, path)
        return {**merged, **result}
    if isinstance(node, yaml.SequenceNode):
        return [_build(child, (*where, index), places, path) for index, child in enumerate(node.value)]
    return _scalar(node, path)


def _place(node: yaml.Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _scalar(node: yaml.Node, path: str) -> Any:
    import yaml

    if not isinstance(node, yaml.ScalarNode):
        raise StrictError(path, *_place(node), "a key must be a plain word")
    name = node.tag.removeprefix(_TAG)
    if name == "str":
        return node.value
    if name not in _PLAIN:
        raise StrictError(path, *_place(node), f"tag {node.tag} has no meaning here")
    try:
        return _PLAIN[name][2](node.value)
    except ValueError:
        raise StrictError(path, *_place(node), f"{node.value!r} is no {name}") from None
