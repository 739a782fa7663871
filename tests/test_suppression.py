"""Suppressions in templates: what they cover, what is said of those that do nothing, and that the text stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import linter_for

from replylint.linter import Report
from replylint.mail.read import read

ILL = "Sorry for the delay, our designer was ill."
OTHER = "Our translator has been ill since Monday."
COMMENT = "<!-- replylint: ignore internal-excuse: the client knows -->"


def check(folder: Path, text: str, name: str = "delay.md", kind: str | None = "template") -> Report:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    linter = linter_for('{"language": "en", "ignore": ["ending", "clarity"]}')
    return linter.check(read(path), kind=kind)  # type: ignore[arg-type]


def rules(report: Report) -> list[str]:
    return [diagnostic.rule for diagnostic in report.diagnostics]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (f"{COMMENT}\n\nHello,\n\n{ILL}\n\n{OTHER}\n", 0),
        (f"Hello,\n\n{ILL}\n\n{OTHER}\n\n{COMMENT}\n", 0),
        (f"Hello,\n\n{COMMENT}\n{ILL}\n\n{OTHER}\n", 1),
        (f"Hello,\n\n{COMMENT}\n\n{ILL}\n\n{OTHER}\n", 1),
        (f"Hello,\n\n{ILL} {COMMENT}\n\n{OTHER}\n", 1),
        (f"Hello,\n\nYou know this.\n{ILL} {COMMENT}\n\n{OTHER}\n", 1),
        (f"---\nignore: {{internal-excuse: the client knows}}\n---\nHello,\n\n{ILL}\n\n{OTHER}\n", 0),
        (f"---\nignore:\n- internal-excuse: the client knows\n---\nHello,\n\n{ILL}\n\n{OTHER}\n", 0),
        (f"Hello,\n\n{COMMENT.replace('internal-excuse', 'kitchen, jargon')}\n{ILL}\n\n{OTHER}\n", 1),
    ],
)
def test_what_a_suppression_covers(tmp_path: Path, text: str, left: int) -> None:
    report = check(tmp_path, text)
    assert rules(report).count("internal-excuse") == left
    assert len(report.suppressed) == 2 - left
    assert report.suppressed[0].reason == "the client knows"
    assert set(rules(report)) <= {"internal-excuse"}


def test_what_is_suppressed_costs_nothing(tmp_path: Path) -> None:
    report = check(tmp_path, f"{COMMENT}\n\nHello,\n\n{ILL}\n")
    assert report.score == 100
    assert report.passed(linter_for("{}").config)


def test_in_html_a_comment_covers_the_block_that_follows(tmp_path: Path) -> None:
    report = check(tmp_path, f"<p>Hello,</p>{COMMENT}<p>{ILL}</p><p>{OTHER}</p>", "delay.html")
    assert rules(report) == ["internal-excuse"]
    assert "replylint" not in report.reply.message.body
    everything = check(tmp_path, f"{COMMENT}<p>Hello,</p><p>{ILL}</p><p>{OTHER}</p>", "delay.html")
    assert rules(everything) == []


def test_comments_are_no_text_and_move_nothing(tmp_path: Path) -> None:
    report = check(tmp_path, f"Hello,\n<!-- for angry clients: we leverage this -->\n\n{ILL}\n")
    assert "leverage" not in report.reply.message.body
    (found,) = report.diagnostics
    assert report.reply.message.body[found.span.start : found.span.end] == "our designer was ill"
    assert report.reply.message.body.count("\n", 0, found.span.start) == 3


def test_an_unused_suppression_is_told_with_its_reason(tmp_path: Path) -> None:
    texts = {
        f"Hello,\n\n{COMMENT}\nAll is well.\n": "“ignore internal-excuse” suppresses nothing.",
        f"Hello,\n\n{COMMENT.replace('-excuse', '-excuze')}\nAll is well.\n": "did you mean internal-excuse?",
        "Hello,\n\n<!-- replylint: silence -->\nAll is well.\n": "“silence” is not understood.",
        "---\nignore: [5]\n---\nHello,\n\nAll is well.\n": "ignore takes rules and reasons: `jargon: the reason`.",
    }
    for text, said in texts.items():
        report = check(tmp_path, text)
        assert rules(report) == ["unused-suppression"]
        assert said in report.diagnostics[0].message
        assert report.score == 100


def test_a_suppression_of_a_rule_that_did_not_run_is_not_told(tmp_path: Path) -> None:
    assert rules(check(tmp_path, "Hello,\n\n<!-- replylint: ignore jargon: ours -->\nAll is well.\n")) == []


def test_a_suppression_needs_a_reason(tmp_path: Path) -> None:
    report = check(tmp_path, f"---\nignore: [internal-excuse]\n---\nHello,\n\n{ILL}\n")
    assert rules(report) == ["suppression-without-reason"]


def test_in_a_draft_a_suppression_does_nothing(tmp_path: Path) -> None:
    report = check(tmp_path, f"Hello,\n\n{COMMENT}\n{ILL}\n", kind="reply")
    assert "internal-excuse" in rules(report)
    told = next(d for d in report.diagnostics if d.rule == "unused-suppression")
    assert "goes out with it" in told.message
    assert "suppression-without-reason" in report.not_applicable
