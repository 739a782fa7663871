"""The score: weights, caps, lower levels, categories."""

from __future__ import annotations

from dataclasses import replace

from replylint.config import Config
from replylint.diagnostic import Diagnostic, Severity
from replylint.mail.message import Span
from replylint.pack import load_rules
from replylint.score import score

RULES = {rule.id: rule for rule in load_rules(Config())}


def found(rule: str, severity: Severity | None = None) -> Diagnostic:
    level = severity or RULES[rule].severity
    return Diagnostic(rule, level, level is RULES[rule].severity, "", Span("body", 0, 1))


def test_nothing_found_costs_nothing() -> None:
    result = score([], RULES.values(), ["clarity"])
    assert (result.points, dict(result.categories)) == (100, {"clarity": 100})


def test_each_diagnostic_costs_its_rule_s_weight_up_to_the_cap() -> None:
    result = score([found("unanswered-question")] * 5, RULES.values(), ["answers"])
    assert [d.points for d in result.diagnostics] == [20, 20, 20, 0, 0]
    assert (result.points, result.categories["answers"]) == (40, 40)


def test_points_beyond_the_cap_are_cut_from_the_last() -> None:
    rule = replace(RULES["jargon"], weight=7, cap=10)
    result = score([found("jargon")] * 3, [rule], ["clarity"])
    assert [d.points for d in result.diagnostics] == [7, 3, 0]


def test_below_the_rule_s_level_the_smaller_default_counts() -> None:
    result = score([found("unanswered-question", Severity.WARNING), found("jargon", Severity.NOTE)], RULES.values(), [])
    assert [d.points for d in result.diagnostics] == [5, 1]


def test_never_below_nothing() -> None:
    rules = ["unanswered-question"] * 3 + ["unreported-request"] * 3
    assert score([found(rule) for rule in rules], RULES.values(), []).points == 0
