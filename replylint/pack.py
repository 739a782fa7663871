"""Rules are data: reads rule packs, strictly, and builds each rule's check."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from replylint import strictyaml
from replylint.checks import CHECKS, Check
from replylint.conditions import REGISTRY
from replylint.config import KINDS, Config, RuleSettings, TextKind
from replylint.diagnostic import Severity
from replylint.language.lexicon import cue_classes, languages
from replylint.strictyaml import Document, StrictError

Need = Literal["original", "envelope", "thread", "library", "languagetool"]
Condition = str | Mapping[str, Any]
#: What a diagnostic of each level costs, unless the rule says otherwise; the cap of a rule is this times three.
DEFAULT_WEIGHT: Mapping[Severity, int] = {Severity.ERROR: 15, Severity.WARNING: 5, Severity.NOTE: 1}
CAP_FACTOR = 3


class PackError(Exception):
    """A rule pack that cannot be used: names the pack, the file and the place."""


class Example(BaseModel):
    """A text that the rule must find fault with, or must not. The keys are those of a labelled case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reply: str
    original: str | None = None
    original_headers: Mapping[str, str] = {}
    reply_headers: Mapping[str, str] = {}
    attachments: tuple[str, ...] = ()
    config: Mapping[str, Any] = {}
    now: str | None = None


class Examples(BaseModel):
    """Bad and good texts, each under its language."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bad: tuple[Mapping[str, Example], ...] = ()
    good: tuple[Mapping[str, Example], ...] = ()

    @field_validator("bad", "good", mode="before")
    @classmethod
    def _plain(cls, value: Any) -> Any:
        """A bare text stands for `{reply: text}`."""
        if not isinstance(value, list):
            return value
        return [{k: {"reply": v} if isinstance(v, str) else v for k, v in item.items()} if isinstance(item, dict) else item
                for item in value]

    def of(self, language: str) -> tuple[tuple[bool, Example], ...]:
        """(whether it is bad, the example) of one language."""
        return tuple((bad, item[language]) for bad, items in ((True, self.bad), (False, self.good))
                     for item in items if language in item)


class _Head(BaseModel):
    """What every rule's YAML holds, beside the options of its check."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str
    check: str
    severity: Severity
    applies_to: tuple[TextKind, ...]
    summary: str
    why: str
    source: str
    message: str
    needs: tuple[Need, ...] = ()
    preset: Literal["recommended", "all"] = "recommended"
    languages: tuple[str, ...] = ()
    weight: int | None = None
    cap: int | None = None
    unless: tuple[Condition, ...] = ()
    examples: Examples = Examples()

    @field_validator("id")
    @classmethod
    def _kebab(cls, value: str) -> str:
        if not re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", value):
            raise ValueError(f"{value!r} is not kebab-case")
        return value

    @field_validator("unless")
    @classmethod
    def _conditions(cls, value: tuple[Condition, ...]) -> tuple[Condition, ...]:
        for condition in value:
            for name, argument in ({condition: None} if isinstance(condition, str) else condition).items():
                if name not in REGISTRY:
                    near = difflib.get_close_matches(name, REGISTRY, 1)
                    raise ValueError(f"unknown condition {name}" + (f"; did you mean {near[0]}?" if near else ""))
                if argument is True:
                    argument = None
                if (argument is None) != (REGISTRY[name][1] is None):
                    raise ValueError(f"condition {name} takes {'no' if argument is not None else 'an'} argument")
                if argument is not None and argument not in cue_classes():
                    raise ValueError(f"condition {name}: unknown cue class {argument}")
        return value


@dataclass(frozen=True)
class Rule:
    """One rule: what its YAML says, and its check built with its options."""

    id: str
    group: str
    severity: Severity
    applies_to: tuple[TextKind, ...]
    needs: frozenset[str]
    preset: str
    languages: tuple[str, ...]
    summary: str
    why: str
    source: str
    message: str
    weight: int
    cap: int
    unless: tuple[Condition, ...]
    examples: Examples
    check: Check
    check_name: str
    options: Mapping[str, Any]
    path: str

    def say(self, values: Mapping[str, str]) -> str:
        """The rule's message with its `$names` filled; a part in square brackets is left out where a name of it is empty."""

        def part(found: re.Match[str]) -> str:
            names = re.findall(r"\$(\w+)", found[1])
            return found[1] if all(values.get(name) for name in names) else ""

        text = re.sub(r"\[([^\[\]]*)\]", part, self.message)
        return re.sub(r"\$(\w+)", lambda m: values.get(m[1], ""), text)


def shipped_folder() -> Path:
    """Where the shipped rules lie: in the wheel, or at the top of a checkout."""
    packaged = Path(__file__).parent / "_rules"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "rules"


@lru_cache(maxsize=8)
def load_folder(folder: Path) -> tuple[tuple[_Head, Mapping[str, Any], str, str], ...]:
    """(head, options, group, path) of every rule file of a pack: FOLDER/GROUP/ID.yaml. StrictError for a bad one."""
    result = []
    paths = sorted(folder.glob("*/*.yaml"))
    if not paths:
        raise PackError(f"rule pack {folder}: no rules there (expected GROUP/RULE.yaml)")
    for path in paths:
        document = strictyaml.load(path)
        head, options = _head(document)
        if head.id != path.stem:
            raise document.error(("id",), f"the id is {head.id}, but the file is named {path.name}")
        result.append((head, options, path.parent.name, str(path)))
    return tuple(result)


def _head(document: Document) -> tuple[_Head, Mapping[str, Any]]:
    if not isinstance(document.data, dict):
        raise document.error((), "a rule is a mapping that begins with its id")
    name = document.data.get("check")
    checks = all_checks()
    if name not in checks:
        near = difflib.get_close_matches(str(name), checks, 1)
        raise document.error(("check",), f"unknown check {name}" + (f"; did you mean {near[0]}?" if near else ""))
    options = {key: value for key, value in document.data.items() if key not in _Head.model_fields}
    head = Document(document.path, {k: v for k, v in document.data.items() if k not in options}, document.places).validate(_Head)
    _build(document, name, head.id, options)
    for key in ("phrases", "unsure"):
        for language in options.get(key) or {}:
            if isinstance(options[key], dict) and language not in languages():
                raise document.error((key, language), f"unknown language {language}")
    return head, options


def _build(document: Document | None, check: str, rule: str, options: Mapping[str, Any]) -> Check:
    try:
        return all_checks()[check](rule=rule, **{key.replace("-", "_"): value for key, value in options.items()})
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        where = tuple(first["loc"])
        if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
            known = [name for name in _fields(check) if name != "rule"]
            near = difflib.get_close_matches(str(where[0]), [*known, *_Head.model_fields], 1)
            reason = f"unknown key {where[0]}" + (f"; did you mean {near[0]}?" if near else f"; check {check} takes {', '.join(known)}")
        else:
            reason = f"{'.'.join(map(str, where))}: {str(first['msg']).removeprefix('Value error, ')}"
        if document is None:
            raise PackError(f"rule {rule}: {reason}") from None
        raise document.error(where, reason) from None


def _fields(check: str) -> list[str]:
    return list(getattr(all_checks()[check], "__dataclass_fields__", {}))


@lru_cache(maxsize=1)
def all_checks() -> Mapping[str, Any]:
    """The shipped checks and those of installed packages (entry point `replylint.checks`)."""
    found = dict(CHECKS)
    for point in entry_points(group="replylint.checks"):
        try:
            found[point.name] = point.load()
        except Exception as fault:
            raise PackError(f"check {point.name} of {point.value}: {fault}") from None
    return found


def _pack_folders(config: Config, folder: Path) -> Iterable[Path]:
    yield shipped_folder()
    for point in entry_points(group="replylint.packs"):
        try:
            yield Path(point.load()())
        except Exception as fault:
            raise PackError(f"rule pack {point.name} of {point.value}: {fault}") from None
    for name in config.packs:
        place = folder / name
        if not place.is_dir():
            raise PackError(f"rule pack {name}: no such folder ({place})")
        yield place


def load_rules(config: Config, folder: Path = Path()) -> tuple[Rule, ...]:
    """Every rule of every pack, with the config's changes; PackError or StrictError for what cannot be loaded."""
    rules: dict[str, Rule] = {}
    for pack in _pack_folders(config, folder):
        for head, options, group, path in load_folder(pack):
            if head.id in rules:
                raise PackError(f"{path}: rule {head.id} also stands in {rules[head.id].path}")
            rules[head.id] = _rule(head, options, group, path, config.rules.get(head.id, RuleSettings()))
    known = list(rules)
    for name in config.rules:
        if name not in rules:
            raise PackError(f"rules: {unknown(name, known, 'rule')}")
    return tuple(rules.values())


def _rule(head: _Head, options: Mapping[str, Any], group: str, path: str, settings: RuleSettings) -> Rule:
    changed = dict(options)
    for key, value in settings.options.items():
        name = key.replace("-", "_")
        changed[name] = _extended(changed.get(name), value)
    check = _build(None, head.check, head.id, changed)
    severity = settings.severity or head.severity
    weight = next((w for w in (settings.weight, head.weight) if w is not None), DEFAULT_WEIGHT[severity])
    cap = next((c for c in (settings.cap, head.cap) if c is not None), CAP_FACTOR * weight)
    needs = frozenset(head.needs) | check.needs
    return Rule(head.id, group, severity, head.applies_to, needs, head.preset, head.languages or languages(), head.summary,
                head.why, head.source, head.message, weight, cap, head.unless, head.examples, check, head.check, changed, path)


def _extended(old: Any, new: Any) -> Any:
    """A config's phrases are added to the rule's; any other option takes the place of the rule's."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return {key: [*old.get(key, ()), *new.get(key, ())] if isinstance(new.get(key, old.get(key)), list) else new.get(key, old.get(key))
                for key in {**old, **new}}
    return new


def selected(rules: Sequence[Rule], config: Config) -> tuple[Rule, ...]:
    """The rules that a config has run: its preset, or what it selects, less what it ignores or switches off."""
    names = {rule.id for rule in rules} | {rule.group for rule in rules}
    for name in (*config.select, *config.ignore):
        if name not in names:
            raise PackError(unknown(name, sorted(names), "rule or group"))

    def wanted(rule: Rule) -> bool:
        settings = config.rules.get(rule.id)
        if rule.id in config.ignore or (settings is not None and not settings.enabled):
            return False
        if config.select:
            return rule.id in config.select or (rule.group in config.select and rule.group not in config.ignore)
        return rule.group not in config.ignore and (config.preset == "all" or rule.preset == "recommended")

    return tuple(rule for rule in rules if wanted(rule))


def unknown(name: str, known: Sequence[str], what: str) -> str:
    """One line about a name that nobody knows, with the nearest one that somebody does."""
    near = difflib.get_close_matches(name, known, 1, 0.5)
    return f"unknown {what} {name}" + (f"; did you mean {near[0]}?" if near else "; `replylint rules` lists them")


__all__ = ["KINDS", "Example", "PackError", "Rule", "StrictError", "load_rules", "selected", "shipped_folder", "unknown"]
