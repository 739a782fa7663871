"""The pages of the rules say what the rules say."""

from __future__ import annotations

from conftest import ROOT

from replylint.cli.page import pages
from replylint.config import Config
from replylint.pack import load_rules


def test_the_pages_of_the_rules_are_current() -> None:
    folder = ROOT / "docs" / "rules"
    kept = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    wanted = pages(load_rules(Config()))
    stale = sorted(name for name in {*kept, *wanted} if kept.get(name) != wanted.get(name))
    assert not stale, f"out of date: {', '.join(stale)}. Run: python scripts/rule_pages"
