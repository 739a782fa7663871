"""One line a diagnostic: path:line:column: severity rule: message."""

from __future__ import annotations

from replylint.reporters.base import Options
from replylint.run import Run, line_and_column


def render(run: Run, options: Options) -> str:
    """The diagnostics of every reply, and a line for each input that failed."""
    lines = []
    for report in run.reports:
        message = report.reply.message
        for diagnostic in report.diagnostics:
            line, column, _, _ = line_and_column(message, diagnostic.span)
            place = f"{line}:{column}" if line else diagnostic.span.part
            text = " ".join(options.message(diagnostic, run).split())
            lines.append(f"{message.path or '-'}:{place}: {diagnostic.severity.value} {diagnostic.rule}: {text}")
    for thread in run.threads:
        for diagnostic in thread.diagnostics:
            message = thread.letter_of(diagnostic.span.part).message
            line, column, _, _ = line_and_column(message, diagnostic.span)
            text = " ".join(options.message(diagnostic, run).split())
            where = f"{message.path or '-'}:{line}:{column}"
            lines.append(f"{where}: {diagnostic.severity.value} {diagnostic.rule}: {text}")
    lines.extend(f"{failed.path}: {failed.reason}" for failed in run.failed)
    return "".join(line + "\n" for line in lines)
