"""What a shell offers to complete: rules, groups, options, languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def rule_ids(incomplete: str) -> list[str]:
    """Ids of rules."""
    return [rule.id for rule in _rules() if rule.id.startswith(incomplete)]


def rules_and_groups(incomplete: str) -> list[str]:
    """Ids of rules, and groups; the last of several that commas part."""
    before, comma, last = incomplete.rpartition(",")
    names = dict.fromkeys(name for rule in _rules() for name in (rule.group, rule.id))
    return [before + comma + name for name in names if name.startswith(last)]


def settings(incomplete: str) -> list[str]:
    """RULE.OPTION= of every option that takes a plain value."""
    return [name for name in _settings() if name.startswith(incomplete)]


def _settings() -> Iterator[str]:
    for rule in _rules():
        fields = getattr(rule.check, "__dataclass_fields__", {})
        for option in ("severity", "weight", "cap", *(name for name in fields if name not in ("rule", "phrases"))):
            yield f"{rule.id}.{option}="


def language_codes(incomplete: str) -> list[str]:
    """Codes of the languages."""
    from replylint.language.lexicon import languages

    return [code for code in languages() if code.startswith(incomplete)]


def _rules() -> Any:
    from replylint.config import Config
    from replylint.pack import load_rules

    return load_rules(Config())
