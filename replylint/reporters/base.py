"""What every reporter is given beside the Run, and what they share."""

from __future__ import annotations

from dataclasses import dataclass, replace

from replylint.diagnostic import Diagnostic, Severity
from replylint.linter import Report
from replylint.mail.message import Message, Span
from replylint.run import Run
from replylint.threads import ThreadReport


@dataclass(frozen=True)
class Options:
    """How to show: `redact` leaves out all text of the mails; colour and width are for the text format."""

    redact: bool = False
    colour: bool = False
    width: int = 100

    def message(self, diagnostic: Diagnostic, run: Run) -> str:
        """The diagnostic's message, or the rule's summary where it must not quote the mail."""
        return run.rules[diagnostic.rule].summary if self.redact else diagnostic.message

    @staticmethod
    def text_at(report: Report | ThreadReport, span: Span) -> str:
        """The shown text at a span of the reply, its original or its history; of a mail of a thread. Secrets are
        masked.
        """
        message = shown(report, span)
        text = message.subject or "" if span.part.endswith("subject") else message.body
        return text[span.start : span.end]


def shown(report: Report | ThreadReport, span: Span) -> Message:
    """The mail that a span is in, its text as a report may show it."""
    message = report.letter_of(span.part).message
    body, subject = report.masked(message.body), message.subject and report.masked(message.subject)
    if body == message.body and subject == message.subject:
        return message
    return replace(message, body=body, subject=subject)


def summed_up(run: Run) -> str:
    """One line about the whole run."""
    counts = ", ".join(f"{n} {s.value}{'s' if n != 1 else ''}" for s in Severity if (n := run.count(s)))
    failed = f", {len(run.failed)} not read" if run.failed else ""
    replies = f"{len(run.reports)} {'reply' if len(run.reports) == 1 else 'replies'}"
    if run.threads:
        replies += f" in {len(run.threads)} {'thread' if len(run.threads) == 1 else 'threads'}"
    return f"{replies} checked, {run.passed} passed{failed}: {counts or 'nothing found'}"
