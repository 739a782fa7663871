"""The report that a person reads: the client's asks as a table, the diagnostics in place, the score with every
deduction.
"""

from __future__ import annotations

from collections import Counter
from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from replylint.diagnostic import Diagnostic, Severity
from replylint.dialogue.coverage import Coverage
from replylint.language.lexicon import languages, lexicon
from replylint.linter import INCOMPLETE, Report
from replylint.mail.message import Message
from replylint.reporters.base import Options, shown, summed_up
from replylint.reporters.excerpt import excerpt
from replylint.run import Run, line_and_column
from replylint.threads import ThreadReport

#: From this width on the asks stand in a table, below it one under another.
TABLE_WIDTH = 88
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
    if run.us and run.us.guessed:
        console.print(Text(f"ours: {run.us.why}", "dim"))
        console.print()
    for report in run.reports:
        _reply(console, report, run, options)
    for thread in run.threads:
        if thread.diagnostics:
            _thread(console, thread, run, options)
    for failed in run.failed:
        console.print(Text.assemble(("not read  ", "bold red"), f"{failed.path}: {failed.reason}"))
    if len(run.reports) != 1 or run.failed or run.threads:
        _sum(console, run)
    output = console.file.getvalue()  # type: ignore[attr-defined]
    return "".join(line.rstrip() + "\n" for line in output.splitlines())


def _reply(console: Console, report: Report, run: Run, options: Options) -> None:
    message = report.reply.message
    code = report.reply.language
    language = lexicon(code).language.name if code in languages() else "language not recognised"
    heading = Text.assemble((_place(message) or "the draft", "bold"), (f"   {report.kind}, {language}", "dim"))
    if report.original:
        is_quoted = report.original_from == "quoted"
        source = "the message quoted in it" if is_quoted else _place(report.original.message) or "the client's message"
        heading.append(f", beside {source}", "dim")
    console.print(heading)
    console.print()
    if report.dialogue and report.dialogue.everything:
        _asks(console, report, options)
    for diagnostic in report.diagnostics:
        _diagnostic(console, report, diagnostic, run, options)
    _score(console, report)


def _thread(console: Console, thread: ThreadReport, run: Run, options: Options) -> None:
    """What the rules of threads say of a conversation."""
    first = thread.letters[0].message
    heading = Text.assemble((f"thread of {len(thread.letters)} mails", "bold"))
    if first.subject and not options.redact:
        heading.append(f"   {_short(first.subject, 80)}", "dim")
    console.print(heading)
    console.print()
    for diagnostic in thread.diagnostics:
        mail = thread.letter_of(diagnostic.span.part).message
        who = f" of {mail.from_[0].address}" if mail.from_ and not options.redact else ""
        sent = f", {mail.date:%Y-%m-%d %H:%M}" if mail.date else ""
        console.print(Text(f"{_place(mail)}{who}{sent}", "dim"))
        _diagnostic(console, thread, diagnostic, run, options)


def _place(message: Message) -> str:
    """Where a mail stands: its file, and which mail of it."""
    return f"{message.path}, mail {message.entry}" if message.entry else message.path


# --- asks -------------------------------------------------------------------------------------------------------------


def _asks(console: Console, report: Report, options: Options) -> None:
    assert report.dialogue is not None
    rows = [_row(number, covered, report, options) for number, covered in enumerate(report.dialogue.everything, 1)]
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
    if covered.carried_over:
        ask.append("  carried over", "dim")
    answer = Text()
    if covered.answers:
        line = line_and_column(report.reply.message, covered.answers[0])[0]
        answer.append(_line(report.reply.message, line), "dim")
        if not options.redact:
            answer.append(f": {_short(options.text_at(report, covered.answers[0]), 160)}")
    if covered.why and not options.redact:
        answer.append(("\n" if covered.answers else "") + report.masked(covered.why), "dim")
    return Text(f"{number}", "dim"), ask, status, answer


def _line(message: Message, number: int) -> str:
    """A line of the file, or of the body where that is all that is known."""
    return f"line {number}" if message.first_line else f"line {number} of the body"


def _short(text: str, most: int) -> str:
    text = " ".join(text.split())
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


# --- diagnostics ------------------------------------------------------------------------------------------------------


def _diagnostic(
    console: Console, report: Report | ThreadReport, diagnostic: Diagnostic, run: Run, options: Options
) -> None:
    message = shown(report, diagnostic.span)
    line, column, _, _ = line_and_column(message, diagnostic.span)
    style = STYLE[diagnostic.severity]
    place = (
        "" if diagnostic.is_absence else f"{_line(message, line)}, column {column}" if line else diagnostic.span.part
    )
    heading = Text.assemble((diagnostic.severity.value, style), ("  " + diagnostic.rule, "bold"))
    if place:
        heading.append(f"  {place}", "dim")
    if not diagnostic.sure:
        heading.append("  not sure", "dim")
    console.print(heading)
    if not diagnostic.is_absence and not options.redact:
        excerpt(console, message, diagnostic.span, style)
    for related in diagnostic.related if not options.redact else ():
        if diagnostic.is_absence:
            excerpt(console, shown(report, related.span), related.span, "bold")
    console.print(Padding(Text(options.message(diagnostic, run)), (0, 0, 0, 2)))
    if diagnostic.fix and not options.redact:
        console.print(Padding(Text(f"fix: {diagnostic.fix.description}", "green"), (0, 0, 0, 2)))
    console.print()


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
    counts = Counter(not_run.reason for not_run in report.not_run if not_run.reason in INCOMPLETE)
    parts = [
        f"{count} rule{'s' if count > 1 else ''} that {_plural(reason, count)}" for reason, count in counts.items()
    ]
    return " and ".join(parts)


def _plural(reason: str, count: int) -> str:
    return reason.replace("needs", "need", 1) if count > 1 and reason.startswith("needs") else reason


def _sum(console: Console, run: Run) -> None:
    console.print(Text(summed_up(run), "bold"))
