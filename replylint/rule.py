"""What a rule is: the head of its YAML, its examples, and the rule itself with its check built."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, field_validator, model_validator

from replylint.checks import Check
from replylint.conditions import REGISTRY
from replylint.config import TextKind
from replylint.diagnostic import Severity
from replylint.language.lexicon import cue_classes

Need = Literal["original", "envelope", "thread", "library", "languagetool"]
Condition = str | Mapping[str, Any]
#: What a diagnostic of each level costs, unless the rule says otherwise; the cap of a rule is this times three.
DEFAULT_WEIGHT: Mapping[Severity, int] = {Severity.ERROR: 15, Severity.WARNING: 5, Severity.NOTE: 1}
CAP_FACTOR = 3


class ExampleMail(BaseModel):
    """A mail of an example's thread: when it was sent, and what one of the three sides wrote."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    at: str
    client: str = ""
    us: str = ""
    ourselves: str = ""

    @model_validator(mode="after")
    def _one_side(self) -> ExampleMail:
        if sum(map(bool, (self.client, self.us, self.ourselves))) != 1:
            raise ValueError("a mail of an example has one of client, us and ourselves")
        return self

    @property
    def side(self) -> str:
        """Who wrote it."""
        return "client" if self.client else "us" if self.us else "ourselves"

    @property
    def body(self) -> str:
        """Its text."""
        return self.client or self.us or self.ourselves


class Example(BaseModel):
    """A text that the rule must find fault with, or must not. The keys are those of a labelled case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    reply: str = ""
    #: A dated thread instead of a reply, for rules of threads.
    messages: tuple[ExampleMail, ...] = ()
    original: str | None = None
    original_headers: Mapping[str, str] = {}
    reply_headers: Mapping[str, str] = {}
    attachments: tuple[str, ...] = ()
    config: Mapping[str, Any] = {}
    now: str | None = None

    @model_validator(mode="after")
    def _one_of_them(self) -> Example:
        if bool(self.reply) == bool(self.messages):
            raise ValueError("an example has either a reply or messages")
        return self


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
        return [
            {k: {"reply": v} if isinstance(v, str) else v for k, v in item.items()} if isinstance(item, dict) else item
            for item in value
        ]

    def of(self, language: str) -> tuple[tuple[bool, Example], ...]:
        """(whether it is bad, the example) of one language."""
        return tuple(
            (bad, item[language])
            for bad, items in ((True, self.bad), (False, self.good))
            for item in items
            if language in item
        )


class Head(BaseModel):
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
                for cue in argument if isinstance(argument, list) else [argument]:
                    if cue is not None and cue not in cue_classes():
                        raise ValueError(f"condition {name}: unknown cue class {cue}")
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
        """The rule's message with its `$names` filled; a part in square brackets is left out where a name of it is
        empty.
        """

        def part(found: re.Match[str]) -> str:
            names = re.findall(r"\$(\w+)", found[1])
            return found[1] if all(values.get(name) for name in names) else ""

        text = re.sub(r"\[([^\[\]]*)\]", part, self.message)
        return re.sub(r"\$(\w+)", lambda m: values.get(m[1], ""), text)
