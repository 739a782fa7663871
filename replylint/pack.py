"""Rules are data: reads rule packs, strictly, and builds each rule's check."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from replylint import strictyaml
from replylint.checks import CHECKS, Check
from replylint.config import KINDS, Config, RuleSettings
from replylint.faults import say
from replylint.language.lexicon import languages
from replylint.rule import CAP_FACTOR, DEFAULT_WEIGHT, Example, Head, Rule
from replylint.strictyaml import Document, StrictError


class PackError(Exception):
    """A rule pack that cannot be used, or a config that does not fit the rules: names the pack, the file and the place.

    `key` is where in a config the fault lies, for those who know its files (`Loaded.locate`).
    """

    def __init__(self, reason: str, key: tuple[str, ...] = ()) -> None:
        """A reason in one line."""
        super().__init__(reason)
        self.key = key


def shipped_folder() -> Path:
    """Where the shipped rules lie: in the wheel, or at the top of a checkout."""
    packaged = Path(__file__).parent / "_rules"
    return packaged if packaged.is_dir() else Path(__file__).parent.parent / "rules"


@lru_cache(maxsize=8)
def load_folder(folder: Path) -> tuple[tuple[Head, Mapping[str, Any], str, str], ...]:
    """(head, options, group, path) of every rule file of a pack: FOLDER/GROUP/ID.yaml. StrictError for a bad one."""
    result = []
    places: dict[str, Path] = {}
    paths = sorted(folder.glob("*/*.yaml"))
    if not paths:
        raise PackError(f"rule pack {folder}: no rules there (expected GROUP/RULE.yaml)")
    for path, document in zip(paths, strictyaml.load_kept(paths), strict=True):
        head, options = _head(document)
        if head.id != path.stem:
            raise document.error(("id",), f"the id is {head.id}, but the file is named {path.name}")
        if head.id in places:
            raise document.error(("id",), f"rule {head.id} also stands in {places[head.id]}")
        places[head.id] = path
        result.append((head, options, path.parent.name, str(path)))
    return tuple(result)


def _head(document: Document) -> tuple[Head, Mapping[str, Any]]:
    if not isinstance(document.data, dict):
        raise document.error((), "a rule is a mapping that begins with its id")
    name = document.data.get("check")
    checks = all_checks()
    if name is None:
        raise document.error((), "check is missing")
    if name not in checks:
        near = difflib.get_close_matches(str(name), checks, 1)
        raise document.error(("check",), f"unknown check {name}" + (f"; did you mean {near[0]}?" if near else ""))
    options = {key: value for key, value in document.data.items() if key not in Head.model_fields}
    _refuse_misspelt(document, str(name), options)
    head = document.of({k: v for k, v in document.data.items() if k not in options}).validate(Head)
    _build(document, head.check, head.id, options)
    for key in ("phrases", "unsure"):
        for language in options.get(key) or {}:
            if isinstance(options[key], dict) and language not in languages():
                raise document.error((key, language), f"unknown language {language}")
    for number, language in enumerate(head.languages):
        if language not in languages():
            raise document.error(("languages", number), f"unknown language {language}")
    for kind in ("bad", "good"):
        for number, example in enumerate(getattr(head.examples, kind)):
            for language in example:
                if language not in languages():
                    raise document.error(("examples", kind, number, language), f"unknown language {language}")
    return head, options


def _refuse_misspelt(document: Document, check: str, options: Mapping[str, Any]) -> None:
    """An error for a key that is none of the check's and looks like one that every rule has: it is missing there."""
    missing = [name for name in Head.model_fields if name not in document.data]
    for key in options:
        near = difflib.get_close_matches(str(key), missing, 1)
        if near and str(key).replace("-", "_") not in _fields(check):
            raise document.error((key,), f"unknown key {key}; did you mean {near[0]}?")


def _build(document: Document | None, check: str, rule: str, options: Mapping[str, Any]) -> Check:
    try:
        built: Check = all_checks()[check](
            rule=rule, **{key.replace("-", "_"): value for key, value in options.items()}
        )
        return built
    except ValidationError as fault:
        first = fault.errors(include_url=False)[0]
        where = tuple(first["loc"])
        if first["type"] in ("unexpected_keyword_argument", "extra_forbidden"):
            known = [name for name in _fields(check) if name != "rule"]
            near = difflib.get_close_matches(str(where[0]), [*known, *Head.model_fields], 1)
            reason = f"unknown key {where[0]}" + (
                f"; did you mean {near[0]}?" if near else f"; check {check} takes {', '.join(known)}"
            )
        else:
            reason = say(first)
        if document is None:
            raise PackError(f"rule {rule}: {reason}", ("rules", rule, *map(str, where))) from None
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
            raise PackError(f"rules: {unknown(name, known, 'rule')}", ("rules", name))
    return tuple(rules.values())


def _rule(head: Head, options: Mapping[str, Any], group: str, path: str, settings: RuleSettings) -> Rule:
    changed = dict(options)
    for key, value in settings.options.items():
        name = key.replace("-", "_")
        changed[name] = _extended(changed.get(name), value)
        if key in ("phrases", "unsure") and isinstance(value, Mapping):
            for language in value:
                if language not in languages():
                    raise PackError(f"rule {head.id}: unknown language {language}", ("rules", head.id, key, language))
    check = _build(None, head.check, head.id, changed)
    severity = settings.severity or head.severity
    weight = next((w for w in (settings.weight, head.weight) if w is not None), DEFAULT_WEIGHT[severity])
    cap = next((c for c in (settings.cap, head.cap) if c is not None), CAP_FACTOR * weight)
    needs = frozenset(head.needs) | check.needs
    return Rule(
        head.id,
        group,
        severity,
        head.applies_to,
        needs,
        head.preset,
        head.languages or languages(),
        head.summary,
        head.why,
        head.source,
        head.message,
        weight,
        cap,
        head.unless,
        head.examples,
        check,
        head.check,
        changed,
        path,
    )


def _extended(old: Any, new: Any) -> Any:
    """A config's phrases are added to the rule's; any other option takes the place of the rule's."""
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        return {
            key: [*old.get(key, ()), *new.get(key, ())]
            if isinstance(new.get(key, old.get(key)), list)
            else new.get(key, old.get(key))
            for key in {**old, **new}
        }
    return new


def selected(rules: Sequence[Rule], config: Config) -> tuple[Rule, ...]:
    """The rules that a config has run: its preset, or what it selects, less what it ignores or switches off."""
    names = {rule.id for rule in rules} | {rule.group for rule in rules}
    for key, given in (("select", config.select), ("ignore", config.ignore)):
        for name in given:
            if name not in names:
                raise PackError(unknown(name, sorted(names), "rule or group"), (key,))

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


__all__ = [
    "KINDS",
    "Example",
    "PackError",
    "Rule",
    "StrictError",
    "load_rules",
    "selected",
    "shipped_folder",
    "unknown",
]
