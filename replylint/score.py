"""Diagnostics → score: 100 points, less for every rule the points of its diagnostics, up to its cap. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from replylint.diagnostic import Diagnostic
from replylint.rule import DEFAULT_WEIGHT, Rule

FULL = 100


@dataclass(frozen=True)
class Score:
    """Points left of 100, over all and for each group; the diagnostics with what each costs."""

    points: int
    categories: Mapping[str, int]
    diagnostics: tuple[Diagnostic, ...]


def score(diagnostics: Sequence[Diagnostic], rules: Iterable[Rule], groups: Iterable[str]) -> Score:
    """Cost every diagnostic: the rule's weight, or the lower level's default where it is reported below its level.

    Points beyond a rule's cap are cut from its last diagnostics. `groups` are the categories to show, at 100 where
    nothing was found.
    """
    by_id = {rule.id: rule for rule in rules}
    spent: dict[str, int] = {}
    lost = dict.fromkeys(groups, 0)
    costed = []
    for diagnostic in diagnostics:
        rule = by_id[diagnostic.rule]
        cost = rule.weight
        if diagnostic.severity.rank < rule.severity.rank:
            cost = min(cost, DEFAULT_WEIGHT[diagnostic.severity])
        cost = max(0, min(cost, rule.cap - spent.get(rule.id, 0)))
        spent[rule.id] = spent.get(rule.id, 0) + cost
        lost[rule.group] = lost.get(rule.group, 0) + cost
        costed.append(replace(diagnostic, points=cost))
    return Score(
        max(0, FULL - sum(spent.values())),
        {group: max(0, FULL - points) for group, points in lost.items()},
        tuple(costed),
    )
