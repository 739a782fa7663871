"""One frozen Config out of defaults, the user's own config, the project's, and the command line, each over the one
before.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from replylint.diagnostic import Severity
from replylint.faults import say
from replylint.strictyaml import Document, StrictError, load, parse

FILE_NAME = ".replylint.yaml"
TextKind = Literal["reply", "new", "forward", "acknowledgement", "template", "fragment"]
KINDS: tuple[TextKind, ...] = ("reply", "new", "forward", "acknowledgement", "template", "fragment")


class ConfigError(Exception):
    """A config that cannot be used; says which, where and what was expected, in one line."""


class RuleSettings(BaseModel):
    """What a config changes of one rule: its level, its costs, and any option of its check."""

    model_config = ConfigDict(extra="allow", frozen=True)

    severity: Severity | None = None
    weight: int | None = None
    cap: int | None = None
    enabled: bool = True

    @field_validator("severity", mode="before")
    @classmethod
    def _level(cls, value: Any) -> Any:
        if isinstance(value, str) and value not in list(Severity):
            raise ValueError(f"{value!r} is neither off, error, warning nor note")
        return value

    @property
    def options(self) -> Mapping[str, Any]:
        """The options of the rule's check; the rule's loader knows which there are."""
        return self.model_extra or {}


class Config(BaseModel):
    """What is in force for a run."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    #: Our addresses; "@domain" stands for a whole domain.
    us: tuple[str, ...] = ()
    #: Language of the drafts; found out where it is not given.
    language: str | None = None
    preset: Literal["recommended", "all"] = "recommended"
    #: Rule ids or groups to run beside, and to leave out of, the preset. `select` alone replaces the preset.
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    #: Rule id → off, a severity, or settings.
    rules: Mapping[str, RuleSettings] = {}
    #: Words of the house that need no explaining.
    vocabulary: tuple[str, ...] = ()
    #: Globs of canned responses, and of snippets that become part of a letter.
    templates: tuple[str, ...] = ()
    fragments: tuple[str, ...] = ()
    kind: TextKind | None = None
    #: Folders with rule packs of one's own, relative to the config file.
    packs: tuple[str, ...] = ()
    fail_on: Literal["error", "warning", "note", "never"] = "error"
    min_score: int | None = None
    fail_on_not_run: bool = False
    #: The largest mail that is read: megabytes of its file, and millions of characters of its text.
    max_size: float = 25
    max_text: float = 5

    @field_validator("rules", mode="before")
    @classmethod
    def _short_forms(cls, value: Any) -> Any:
        """`jargon: off` and `jargon: error` for their longer forms."""
        if not isinstance(value, Mapping):
            return value
        return {rule: _settings(given) for rule, given in value.items()}

    @field_validator("us")
    @classmethod
    def _addresses(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for address in value:
            if "@" not in address:
                raise ValueError(f"{address!r} is no address: give name@domain, or @domain for a whole domain")
        return tuple(address.lower() for address in value)

    @field_validator("min_score")
    @classmethod
    def _percent(cls, value: int | None) -> int | None:
        if value is not None and not 0 <= value <= 100:
            raise ValueError("a score lies between 0 and 100")
        return value

    def is_ours(self, address: str) -> bool:
        """Whether an address is one of ours."""
        address = address.lower()
        return any(address == mine or (mine.startswith("@") and address.endswith(mine)) for mine in self.us)


def _settings(given: Any) -> Any:
    if isinstance(given, bool):
        return {"enabled": given}
    if given == "off":
        return {"enabled": False}
    return {"severity": given} if isinstance(given, str) else given


@dataclass(frozen=True)
class Source:
    """Where settings came from, and what they were."""

    name: str
    values: Mapping[str, Any]
    document: Document | None = None


@dataclass(frozen=True)
class Loaded:
    """The config in force, where it came from (the strongest last), and the folder that relative paths start at."""

    config: Config
    sources: tuple[Source, ...] = ()
    folder: Path = field(default_factory=Path)

    def origin(self, key: str) -> str:
        """Where the value of a key came from."""
        return next((s.name for s in reversed(self.sources) if key in s.values), "default")

    def locate(self, key: Sequence[str], reason: str) -> str:
        """A fault that shows only when the config meets the rules, with the place of the setting that it lies in."""
        for source in reversed(self.sources):
            found: Any = source.values
            for step in key[:2]:
                found = found.get(step) if isinstance(found, Mapping) else None
            if key and found is not None:
                return str(source.document.error(tuple(key), reason)) if source.document else reason
        return reason


def load_config(
    start: Path, explicit: Path | None = None, overrides: Mapping[str, Any] | None = None, user: Path | None = None
) -> Loaded:
    """The config for files under `start`: the nearest .replylint.yaml or [tool.replylint] upwards, over the user's own.

    Where there is none above `start`, that of the working folder counts.

    `explicit` names a file to read instead of the nearest; `overrides` come from the command line.
    Raises ConfigError with file, line and what was expected.
    """
    project = explicit or find_project_file(start) or find_project_file(Path())
    sources = []
    if user is not None and _is_file(user):
        sources.append(_read(user))
    if project is not None:
        sources.append(_read(project))
    if overrides:
        sources.append(Source("command line", overrides))
    merged: dict[str, Any] = {}
    for source in sources:
        merged = _merge(merged, source.values)
    try:
        config = Config.model_validate(merged)
    except ValidationError as fault:
        raise ConfigError(f"command line: {say(fault.errors(include_url=False)[0], Config.model_fields)}") from None
    return Loaded(config, tuple(sources), project.parent if project else start)


def user_config_path() -> Path:
    """The user's own config file, whether or not it exists."""
    from platformdirs import user_config_path as folder

    return folder("replylint") / "config.yaml"


def find_project_file(start: Path) -> Path | None:
    """The nearest config from `start` upwards: .replylint.yaml, or a pyproject.toml with [tool.replylint]."""
    folder = start if start.is_dir() else start.parent
    for place in (folder.resolve(), *folder.resolve().parents):
        if _is_file(place / FILE_NAME):
            return place / FILE_NAME
        pyproject = place / "pyproject.toml"
        if _is_file(pyproject) and _table(pyproject) is not None:
            return pyproject
    return None


def _is_file(path: Path) -> bool:
    """Whether there is such a file, as far as one may look: in a folder that is closed to us there is none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _table(path: Path) -> Any:
    """What a pyproject.toml has under [tool.replylint]; None where it has no such table."""
    try:
        tools = tomllib.loads(path.read_text(encoding="utf-8-sig")).get("tool")
    except OSError as fault:
        raise ConfigError(f"{path}: {fault.strerror or 'cannot be read'}") from None
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as fault:
        raise ConfigError(f"{path}: not valid TOML: {fault}") from None
    return tools.get("replylint") if isinstance(tools, dict) else None


def _read(path: Path) -> Source:
    """The settings of one file, each checked with its place; in a pyproject.toml the place is the key."""
    is_toml = path.suffix == ".toml"
    try:
        document = Document(f"{path}: [tool.replylint]", _table(path), {}) if is_toml else load(path)
        if document.data is None and is_toml:
            raise document.error((), "no such table")
        if not isinstance(document.data, dict | None):
            raise document.error((), "expected settings, such as preset: all")
        if document.data:
            document.validate(Config)
    except StrictError as fault:
        raise ConfigError(str(fault)) from None
    return Source(str(path), document.data or {}, document)


def _merge(base: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """`over` upon `base`; mappings of rules are merged rule by rule, lists replace lists."""
    result = dict(base)
    for key, value in over.items():
        old = result.get(key)
        if key == "rules" and isinstance(old, Mapping) and isinstance(value, Mapping):
            rules = dict(old)
            for rule, given in value.items():
                before, now = _settings(rules.get(rule, {})), _settings(given)
                both = isinstance(before, Mapping) and isinstance(now, Mapping)
                rules[rule] = {**before, **now} if both else now
            result[key] = rules
        else:
            result[key] = value
    return result


def parse_setting(text: str) -> tuple[str, str, Any]:
    """A command-line `RULE.OPTION=VALUE` → (rule, option, value); the value is read as YAML."""
    name, equals, value = text.partition("=")
    rule, dot, option = name.strip().partition(".")
    if not (equals and dot and rule and option):
        off = f"; to leave a rule out, --ignore {rule}" if rule and not dot else ""
        raise ConfigError(f"-c {text}: expected RULE.OPTION=VALUE, such as -c long-sentence.words=40{off}")
    try:
        return rule, option.replace("-", "_"), parse(value, f"-c {name}").data
    except StrictError as fault:
        raise ConfigError(f"-c {text}: {fault.reason}") from None


def overrides_from(settings: Sequence[str], **values: Any) -> dict[str, Any]:
    """The command line's settings as config values; what is None or empty was not given."""
    result = {key: value for key, value in values.items() if value not in (None, (), [], False)}
    rules: dict[str, dict[str, Any]] = {}
    for text in settings:
        rule, option, value = parse_setting(text)
        rules.setdefault(rule, {})[option] = value
    return {**result, "rules": rules} if rules else result
