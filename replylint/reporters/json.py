"""The JSON report, version 1: the contract is schema/report-1.json."""

from __future__ import annotations

import json
from typing import Any

from replylint.diagnostic import Diagnostic, Severity
from replylint.dialogue.coverage import Coverage
from replylint.linter import Report
from replylint.mail.message import Message, Span
from replylint.reporters.base import Options
from replylint.run import Run, line_and_column
from replylint.threads import ThreadReport
from replylint.version import __version__

VERSION = 1


def render(run: Run, options: Options) -> str:
    """The whole run as one JSON document."""
    return json.dumps(as_data(run, options), ensure_ascii=False, indent=2) + "\n"


def as_data(run: Run, options: Options) -> dict[str, Any]:
    """The same as plain data."""
    return {
        "version": VERSION,
        "tool": {"name": "replylint", "version": __version__},
        "summary": {
            "checked": len(run.reports),
            "passed": run.passed,
            "failed": len(run.reports) - run.passed,
            "errors": run.count(Severity.ERROR),
            "warnings": run.count(Severity.WARNING),
            "notes": run.count(Severity.NOTE),
        },
        "inputs_failed": [{"path": f.path, "reason": f.reason} for f in run.failed],
        "us": {"addresses": list(run.us.addresses), "why": run.us.why} if run.us else None,
        "threads": [_thread(thread, run, options) for thread in run.threads],
        "library": {"diagnostics": []},
        "replies": [_reply(report, run, options) for report in run.reports],
    }


def _thread(thread: ThreadReport, run: Run, options: Options) -> dict[str, Any]:
    diagnostics = []
    for diagnostic in thread.diagnostics:
        message = thread.letter_of(diagnostic.span.part).message
        about = {"path": message.path, "entry": message.entry, "message_id": message.message_id or None}
        diagnostics.append({**_diagnostic(diagnostic, thread, run, options), **about})
    return {
        "id": thread.id,
        "messages": len(thread.letters),
        "diagnostics": diagnostics,
        "not_run": [{"rule": n.rule, "reason": n.reason} for n in thread.not_run],
    }


def _reply(report: Report, run: Run, options: Options) -> dict[str, Any]:
    message = report.reply.message
    original = report.original.message if report.original else None
    coverage = report.dialogue.everything if report.dialogue else ()
    return {
        "path": message.path,
        "entry": message.entry,
        "message_id": message.message_id or None,
        "kind": report.kind,
        "language": report.reply.language,
        "original": {"path": (original.path or None) if original else None, "from": report.original_from},
        "score": report.score,
        "complete": report.complete,
        "passed": report.passed(run.config),
        "categories": dict(report.categories),
        "asks": [_ask(number, covered, report, options) for number, covered in enumerate(coverage, 1)],
        "in_order": report.dialogue.in_order if report.dialogue else None,
        "diagnostics": [_diagnostic(diagnostic, report, run, options) for diagnostic in report.diagnostics],
        "not_applicable": list(report.not_applicable),
        "not_run": [{"rule": n.rule, "reason": n.reason} for n in report.not_run],
    }


def _ask(number: int, covered: Coverage, report: Report, options: Options) -> dict[str, Any]:
    answers = [
        {"text": _text(report, span, options), "span": _span(span), "line": _line(report, span)}
        for span in covered.answers
    ]
    return {
        "id": number,
        "kind": covered.ask.kind,
        "text": _text(report, covered.ask.span, options),
        "span": _span(covered.ask.span),
        "line": _line(report, covered.ask.span),
        "status": covered.status,
        "sure": covered.band == "sure",
        "confidence": covered.confidence,
        "band": covered.band,
        "judge": covered.judge,
        "carried_over": covered.carried_over,
        "answers": answers,
        "why": "" if options.redact else report.masked(covered.why),
    }


def _diagnostic(diagnostic: Diagnostic, report: Report | ThreadReport, run: Run, options: Options) -> dict[str, Any]:
    line, column, end_line, end_column = line_and_column(_message(report, diagnostic.span), diagnostic.span)
    fix = diagnostic.fix
    return {
        "rule": diagnostic.rule,
        "severity": diagnostic.severity.value,
        "sure": diagnostic.sure,
        "message": options.message(diagnostic, run),
        "span": _span(diagnostic.span),
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "text": None if diagnostic.is_absence else _text(report, diagnostic.span, options),
        "points": diagnostic.points,
        "fix": None
        if fix is None or options.redact
        else {
            "description": fix.description,
            "safe": fix.safe,
            "edits": [{"span": _span(edit.span), "replacement": edit.replacement} for edit in fix.edits],
        },
        "related": [
            {
                "span": _span(r.span),
                "line": _line(report, r.span),
                "text": _text(report, r.span, options),
                "message": r.message,
            }
            for r in diagnostic.related
        ],
    }


def _message(report: Report | ThreadReport, span: Span) -> Message:
    return report.letter_of(span.part).message


def _line(report: Report | ThreadReport, span: Span) -> int:
    return line_and_column(_message(report, span), span)[0]


def _span(span: Span) -> dict[str, Any]:
    return {"part": span.part, "start": span.start, "end": span.end}


def _text(report: Report | ThreadReport, span: Span, options: Options) -> str | None:
    return None if options.redact else options.text_at(report, span)
