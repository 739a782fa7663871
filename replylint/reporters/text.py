"""The report that a person reads: the client's asks as a table, the diagnostics in place, the score with every
deduction.
"""

from __future__ import annotations

from collections import Counter
from io import StringIO

from rich.cells import cell_len
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from replylint.diagnostic import Diagnostic, Severity
from replylint.dialogue.coverage import Coverage
from replylint.language.lexicon import languages, lexicon
from replylint.linter import Report
from replylint.mail.message import Message, Span
from replylint.reporters.base import Options
from replylint.run import Run, line_and_column

#: From this width on the asks stand in a table, below it one under another.
TABLE_WIDTH = 88
MOST_LINES = 4
STYLE = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
STATUS = {
    "answered": ("answered", "green"),
    "deferred": ("put off, with a time", "green"),
    "deferred-without-date": ("put off, no time", "yellow"),
    "unanswered": ("open", "bold red"),
}


def render(run: Run, options: Options) -> str:
    """Every reply in turn, then the inputs that failed and one line that sums up."""
    console = Console(
        file=StringIO(),
        force_terminal=options.colour,
        color_system="standard" if options.colour else None,
        width=options.width,
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )
    for report in run.reports:
        _reply(console, report, run, options)
    for failed in run.failed:
        console.print(Text.assemble(("not read  ", "bold red"), f"{failed.path}: {failed.reason}"))
    if len(run.reports) != 1 or run.failed:
        _sum(console, run)
    output = console.file.getvalue()  # type: ignore[attr-defined]
    return "".join(line.rstrip() + "\n" for line in output.splitlines())


def _reply(console: Console, report: Report, run: Run, options: Options) -> None:
    message = report.reply.message
    code = report.reply.language
    language = lexicon(code).language.name if code in languages() else "language not recognised"
    heading = Text.assemble((message.path or "the draft", "bold"), (f"   {report.kind}, {language}", "dim"))
    if report.original:
        source = report.original.message.path or "its quoted text"
        heading.append(f", beside {source}", "dim")
    console.print(heading)
    console.print()
    if report.dialogue and report.dialogue.coverage:
        _asks(console, report, options)
    for diagnostic in report.diagnostics:
        _diagnostic(console, report, diagnostic, run, options)
    _score(console, report)


# --- asks -------------------------------------------------------------------------------------------------------------


def _asks(console: Console, report: Report, options: Options) -> None:
    assert report.dialogue is not None
    rows = [_row(number, covered, report, options) for number, covered in enumerate(report.dialogue.coverage, 1)]
    console.print(Text("What the client asks", "bold"))
    if console.width >= TABLE_WIDTH:
        table = Table(box=None, padding=(0, 2, 0, 0), show_header=False, expand=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(ratio=5)
        table.add_column(no_wrap=True)
        table.add_column(ratio=6)
        for number, ask, status, answer in rows:
            table.add_row(number, ask, status, answer)
        console.print(Padding(table, (0, 0, 0, 2)))
    else:
        for number, ask, status, answer in rows:
            console.print(Padding(Text.assemble(number, " ", ask), (0, 0, 0, 2)))
            console.print(Padding(Text.assemble(status, "  ", answer), (0, 0, 0, 5)))
    console.print()


def _row(number: int, covered: Coverage, report: Report, options: Options) -> tuple[Text, Text, Text, Text]:
    label, style = STATUS[covered.status]
    status = Text(label, style)
    if covered.band == "unclear":
        status = Text("check", "yellow")
    elif covered.band == "likely":
        status = Text(f"{label}, likely", style)
    ask = Text("(not shown)" if options.redact else _short(options.text_at(report, covered.ask.span), 160))
    answer = Text()
    if covered.answers:
        line = line_and_column(report.reply.message, covered.answers[0])[0]
        answer.append(f"line {line}", "dim")
        if not options.redact:
            answer.append(f": {_short(options.text_at(report, covered.answers[0]), 160)}")
    if covered.why and not options.redact:
        answer.append(("\n" if covered.answers else "") + covered.why, "dim")
    return Text(f"{number}", "dim"), ask, status, answer


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# --- diagnostics ------------------------------------------------------------------------------------------------------


def _diagnostic(console: Console, report: Report, diagnostic: Diagnostic, run: Run, options: Options) -> None:
    message = report.reply.message
    line, column, _, _ = line_and_column(message, diagnostic.span)
    style = STYLE[diagnostic.severity]
    place = "" if diagnostic.is_absence else f"line {line}, column {column}" if line else diagnostic.span.part
    heading = Text.assemble((diagnostic.severity.value, style), ("  " + diagnostic.rule, "bold"))
    if place:
        heading.append(f"  {place}", "dim")
    if not diagnostic.sure:
        heading.append("  not sure", "dim")
    console.print(heading)
    if not diagnostic.is_absence and not options.redact:
        _excerpt(console, message, diagnostic.span, style)
    for related in diagnostic.related if not options.redact else ():
        if report.original and diagnostic.is_absence:
            _excerpt(console, report.original.message, related.span, "bold")
    console.print(Padding(Text(options.message(diagnostic, run)), (0, 0, 0, 2)))
    if diagnostic.fix and not options.redact:
        console.print(Padding(Text(f"fix: {diagnostic.fix.description}", "green"), (0, 0, 0, 2)))
    console.print()


def _excerpt(console: Console, message: Message, span: Span, style: str) -> None:
    """The lines of the span with the span underlined; long lines are cut around it, long spans after a few lines."""
    if not span.part.endswith("body"):
        text = message.subject or ""
        _line(console, "", text, span.start, span.end, style)
        return
    first, _, last, _ = line_and_column(message, span)
    start = message.body.rfind("\n", 0, span.start) + 1
    for number in range(first, min(last, first + MOST_LINES - 1) + 1):
        end = message.body.find("\n", start)
        end = len(message.body) if end < 0 else end
        text = message.body[start:end]
        _line(console, str(number), text, max(0, span.start - start), min(len(text), span.end - start), style)
        start = end + 1
    if last >= first + MOST_LINES:
        console.print(Text("       …", "dim"))


def _line(console: Console, number: str, text: str, start: int, end: int, style: str) -> None:
    if start >= end:
        return
    room = max(20, console.width - 10)
    text = text.expandtabs(1).replace("\r", " ")
    left, right = 0, len(text)
    if cell_len(text) > room:
        left = max(0, min(start - 12, len(text) - room + 2))
        right = min(len(text), left + room - 2)
    head, tail = ("…" if left else ""), ("…" if right < len(text) else "")
    end = max(start + 1, min(end, right))
    console.print(
        Text.assemble(
            (f"{number:>5} │ ", "dim"), head + text[left:start], (text[start:end], style), text[end:right] + tail
        ),
        no_wrap=True,
        overflow="crop",
        crop=False,
    )
    indent = cell_len(head + text[left:start])
    console.print(
        Text.assemble(("      │ ", "dim"), " " * indent, ("~" * max(1, cell_len(text[start:end])), style)),
        no_wrap=True,
        overflow="crop",
        crop=False,
    )


# --- score ------------------------------------------------------------------------------------------------------------


def _score(console: Console, report: Report) -> None:
    style = "bold green" if report.score >= 90 else "bold yellow" if report.score >= 70 else "bold red"
    line = Text.assemble(("Score ", "bold"), (f"{report.score}", style), (" of 100", "bold"))
    if not report.complete:
        line.append(f", without {_without(report)}", "dim")
    console.print(line)
    lost: Counter[str] = Counter()
    times: Counter[str] = Counter()
    for diagnostic in report.diagnostics:
        lost[diagnostic.rule] += diagnostic.points
        times[diagnostic.rule] += 1
    for rule, points in lost.most_common():
        console.print(
            Text.assemble((f"  −{points:<4}", "bold"), rule, (f"  × {times[rule]}" if times[rule] > 1 else "", "dim"))
        )
    reasons: dict[str, list[str]] = {}
    for not_run in report.not_run:
        reasons.setdefault(not_run.reason, []).append(not_run.rule)
    for reason, rules in reasons.items():
        console.print(Padding(Text(f"not run, {reason}: {', '.join(rules)}", "dim"), (0, 0, 0, 2)))
    console.print()


def _without(report: Report) -> str:
    counts = Counter(not_run.reason for not_run in report.not_run)
    parts = [
        f"{count} rule{'s' if count > 1 else ''} that {_plural(reason, count)}" for reason, count in counts.items()
    ]
    return " and ".join(parts)


def _plural(reason: str, count: int) -> str:
    return reason.replace("needs", "need", 1) if count > 1 and reason.startswith("needs") else reason


def _sum(console: Console, run: Run) -> None:
    counts = ", ".join(f"{n} {s.value}{'s' if n != 1 else ''}" for s in Severity if (n := run.count(s)))
    failed = f", {len(run.failed)} not read" if run.failed else ""
    replies = f"{len(run.reports)} {'reply' if len(run.reports) == 1 else 'replies'}"
    console.print(Text(f"{replies} checked, {run.passed} passed{failed}: {counts or 'nothing found'}", "bold"))
