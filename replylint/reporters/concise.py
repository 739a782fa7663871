"""One line a diagnostic: path:line:column: severity rule: message. Then what did not run, and one line that sums up.

Where a mail's lines are not lines of its file (an encoded body, HTML), the place is path:body:line:column.
"""

from __future__ import annotations

from collections.abc import Iterator

from replylint.diagnostic import Diagnostic
from replylint.linter import INCOMPLETE, Report
from replylint.reporters.base import Options, summed_up
from replylint.run import Run, line_and_column
from replylint.threads import ThreadReport


def render(run: Run, options: Options) -> str:
    """The diagnostics of every reply and thread, a line for each input that failed, what did not run, the sum."""
    judged: tuple[Report | ThreadReport, ...] = (*run.reports, *run.threads)
    lines = [_line(one, diagnostic, run, options) for one in judged for diagnostic in one.diagnostics]
    lines.extend(f"{failed.path}: {failed.reason}" for failed in run.failed)
    lines.extend(_not_run(run))
    lines.append(summed_up(run))
    return "".join(line + "\n" for line in lines)


def _line(report: Report | ThreadReport, diagnostic: Diagnostic, run: Run, options: Options) -> str:
    message = report.letter_of(diagnostic.span.part).message
    line, column, _, _ = line_and_column(message, diagnostic.span)
    place = f"{line}:{column}" if line else diagnostic.span.part
    if line and not message.first_line:
        place = f"body:{place}"
    text = " ".join(options.message(diagnostic, run).split())
    return f"{message.path or '-'}:{place}: {diagnostic.severity.value} {diagnostic.rule}: {text}"


def _not_run(run: Run) -> Iterator[str]:
    """Why rules did not run that count for whether a reply is complete, and on how many replies."""
    replies: dict[str, int] = {}
    rules: dict[str, dict[str, None]] = {}
    for report in run.reports:
        here = {n.reason for n in report.not_run if n.reason in INCOMPLETE}
        for reason in here:
            replies[reason] = replies.get(reason, 0) + 1
        for not_run in report.not_run:
            if not_run.reason in here:
                rules.setdefault(not_run.reason, {})[not_run.rule] = None
    for reason, count in sorted(replies.items()):
        where = f" on {count} of {len(run.reports)} replies" if len(run.reports) > 1 else ""
        yield f"not run{where}, {reason}: {', '.join(rules[reason])}"
