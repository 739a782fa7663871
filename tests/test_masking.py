"""What leaked-secret found is masked in every format."""

from __future__ import annotations

import json
from datetime import datetime

import pytest
from conftest import linter_for

from replylint.linter import Linter
from replylint.reporters import FORMATS, Options, reporter
from replylint.run import Run

SECRET = "Marigold77lake"
CLIENT = "Hello,\n\nI forgot my password. What is my new password?\n\nAnn"
REPLY = (
    f"Hello Ann,\n\nYour new password is {SECRET}, we leverage it!! Which mail is yours? Is it {SECRET}?\n\nBest,\nTom"
)


def run_of(linter: Linter) -> Run:
    report = linter.check(REPLY, CLIENT, now=datetime(2026, 3, 3))
    assert [report.reply.text_at(d.span) for d in report.diagnostics if d.rule == "leaked-secret"] == [SECRET]
    return Run((report,), (), linter.config, {rule.id: rule for rule in linter.all_rules})


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("redact", [False, True])
def test_no_format_shows_a_secret(name: str, redact: bool) -> None:
    text = reporter(name)(run_of(linter_for('{"preset": "all"}')), Options(redact=redact))
    assert "leaked-secret" in text
    assert SECRET not in text
    assert "leverage" in text or redact or name != "text"


def test_masks_keep_places() -> None:
    data = json.loads(reporter("json")(run_of(linter_for('{"select": ["leaked-secret"]}')), Options()))
    found = data["replies"][0]["diagnostics"][0]
    assert found["text"] == "•" * len(SECRET)
    assert REPLY[found["span"]["start"] : found["span"]["end"]] == SECRET
