"""What every reporter is given beside the Run, and what they share."""

from __future__ import annotations

from dataclasses import dataclass

from replylint.diagnostic import Diagnostic
from replylint.linter import Report
from replylint.mail.message import Span
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
        """The shown text at a span of the reply, its original or its history; of a mail of a thread."""
        return report.letter_of(span.part).text_at(Span(span.part.rpartition(".")[2], span.start, span.end))
