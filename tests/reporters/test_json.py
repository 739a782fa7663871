"""The JSON report follows its schema, and the example of the design stays valid."""

from __future__ import annotations

import json
from importlib.resources import files

import jsonschema
import pytest

from replylint.linter import Linter
from replylint.mail.message import Message
from replylint.mail.read import read
from replylint.reporters.base import Options
from replylint.reporters.json import as_data
from replylint.run import Failed, Run

SCHEMA = json.loads((files("replylint") / "schema/report-1.json").read_text(encoding="utf-8"))
CONTRACT = {
    "version": 1,
    "tool": {"name": "replylint", "version": "0.1.0"},
    "summary": {"checked": 1, "passed": 1, "failed": 0, "errors": 0, "warnings": 1, "notes": 0},
    "inputs_failed": [{"path": "broken.eml", "reason": "…"}],
    "threads": [{"id": "<…>", "diagnostics": []}],
    "library": {"diagnostics": []},
    "replies": [
        {
            "path": "draft.eml",
            "entry": None,
            "message_id": "<…>",
            "kind": "reply",
            "language": "en",
            "original": {"path": "message.eml", "from": "given"},
            "score": 95,
            "complete": False,
            "passed": True,
            "categories": {"answers": 100, "clarity": 95},
            "asks": [
                {
                    "id": 1,
                    "kind": "question",
                    "text": "How much is it",
                    "span": {"part": "original.body", "start": 10, "end": 24},
                    "line": 2,
                    "status": "answered",
                    "sure": True,
                    "confidence": 0.97,
                    "band": "sure",
                    "judge": "builtin",
                    "carried_over": False,
                    "answers": [{"text": "It is 40 EUR.", "span": {"part": "body", "start": 5, "end": 18}, "line": 1}],
                    "why": "a price stands in line 1",
                }
            ],
            "in_order": None,
            "diagnostics": [
                {
                    "rule": "jargon",
                    "severity": "warning",
                    "sure": True,
                    "message": "…",
                    "span": {"part": "body", "start": 40, "end": 48},
                    "line": 3,
                    "column": 7,
                    "end_line": 3,
                    "end_column": 15,
                    "text": "leverage",
                    "points": 5,
                    "fix": {
                        "description": "use",
                        "safe": True,
                        "edits": [{"span": {"part": "body", "start": 40, "end": 48}, "replacement": "use"}],
                    },
                    "related": [
                        {
                            "span": {"part": "original.body", "start": 0, "end": 4},
                            "line": 1,
                            "text": "…",
                            "message": "…",
                        }
                    ],
                }
            ],
            "not_applicable": ["changed-subject"],
            "not_run": [{"rule": "grammar", "reason": "LanguageTool is not reachable at …"}],
        }
    ],
}


def run_of(linter: Linter, *pairs: tuple[Message, Message | None]) -> Run:
    reports = tuple(linter.check(reply, original) for reply, original in pairs)
    return Run(reports, (Failed("broken.eml", "no mail"),), linter.config, {rule.id: rule for rule in linter.all_rules})


@pytest.fixture(scope="module")
def linter() -> Linter:
    return Linter()


def test_the_contract_is_valid() -> None:
    jsonschema.validate(CONTRACT, SCHEMA)


@pytest.mark.parametrize("redact", [False, True])
@pytest.mark.parametrize("pair", ["parcel", "hosting", "translation", "broneering"])
def test_reports_are_valid(linter: Linter, examples_folder, pair: str, redact: bool) -> None:
    run = run_of(linter, (read(examples_folder / pair / "reply.eml"), read(examples_folder / pair / "message.eml")))
    data = as_data(run, Options(redact=redact))
    jsonschema.validate(data, SCHEMA)
    assert data["replies"][0]["asks"]


def test_redacted_reports_hold_no_text_of_the_mails(linter: Linter, examples_folder) -> None:
    run = run_of(linter, (read(examples_folder / "parcel/reply.eml"), read(examples_folder / "parcel/message.eml")))
    told, kept = json.dumps(as_data(run, Options())), json.dumps(as_data(run, Options(redact=True)))
    for secret in ("off sick", "parasol", "invoice again", "ETA"):
        assert secret in told
        assert secret not in kept


def test_spans_point_at_the_text(linter: Linter, examples_folder) -> None:
    reply, original = read(examples_folder / "parcel/reply.eml"), read(examples_folder / "parcel/message.eml")
    data = as_data(run_of(linter, (reply, original)), Options())["replies"][0]
    parts = {"body": reply.body, "original.body": original.body}
    for ask in data["asks"]:
        assert original.body[ask["span"]["start"] : ask["span"]["end"]] == ask["text"]
    for diagnostic in data["diagnostics"]:
        span = diagnostic["span"]
        text = parts[span["part"]][span["start"] : span["end"]]
        assert diagnostic["text"] == (text or None)
        if text:
            lines = (examples_folder / "parcel/reply.eml").read_text(encoding="utf-8").split("\n")
            assert lines[diagnostic["line"] - 1][diagnostic["column"] - 1 :].startswith(text.split("\n")[0])
