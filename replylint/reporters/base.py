"""What every reporter is given beside the Run, and what they share."""

from __future__ import annotations

from dataclasses import dataclass

from replylint.diagnostic import Diagnostic
from replylint.linter import Report
from replylint.mail.message import Span
from replylint.run import Run


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
    def text_at(report: Report, span: Span) -> str:
        """The shown text at a span of the reply or its original."""
        prefix, _, part = span.part.rpartition(".")
        letter = report.original if prefix == "original" else report.reply
        return letter.text_at(Span(part, span.start, span.end)) if letter else ""
