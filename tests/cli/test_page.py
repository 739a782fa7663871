"""A rule's page holds what its YAML says."""

from __future__ import annotations

from pathlib import Path

from replylint.cli.page import index, markdown, write
from replylint.config import Config
from replylint.pack import load_rules

RULES = {rule.id: rule for rule in load_rules(Config())}


def test_a_page_tells_and_shows_the_rule() -> None:
    rule = RULES["unknown-placeholder"]
    page = markdown(rule, {rule.id: {"p": 1.0, "r": 0.9, "tp": 9, "fp": 0, "fn": 1}})
    for words in ("# unknown-placeholder", rule.summary, "| level | error |", "precision 1.00, recall 0.90 on 10"):
        assert words in page, words
    assert all(f"### {name}" in page for name in ("English", "Russian", "Ukrainian", "Estonian"))
    assert "**\\{\\{move\\_date\\}**" in page
    assert "measured" not in markdown(rule, {})


def test_the_index_lists_every_rule() -> None:
    page = index(list(RULES.values()))
    assert all(f"[{rule}]({rule}.md)" in page for rule in RULES)


def test_writing_touches_only_what_is_out_of_date(tmp_path: Path) -> None:
    rules = list(RULES.values())
    assert len(write(rules, tmp_path)) == len(rules) + 1
    assert write(rules, tmp_path) == []
    (tmp_path / "gone.md").write_text("x", encoding="utf-8")
    (tmp_path / "jargon.md").write_text("x", encoding="utf-8")
    assert write(rules, tmp_path) == ["gone.md", "jargon.md"]
