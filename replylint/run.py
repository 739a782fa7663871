"""Many inputs → one Run: finds the mails under the paths given, judges each, and keeps what every reporter needs."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from replylint.config import Config, TextKind
from replylint.diagnostic import Severity
from replylint.linter import Linter, Report
from replylint.mail.message import Message, Span
from replylint.mail.read import ReadError, read, read_bytes
from replylint.mail.thread import OriginalIndex
from replylint.pack import Rule

SUFFIXES = frozenset({".eml", ".txt", ".md", ".html", ".htm"})


class UsageError(Exception):
    """A call that makes no sense; one line that says what to do instead."""


@dataclass(frozen=True)
class Failed:
    """An input that could not be judged, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Run:
    """Everything that one call found: a report a reply, in the order of the paths, and the inputs that failed."""

    reports: tuple[Report, ...]
    failed: tuple[Failed, ...]
    config: Config
    rules: Mapping[str, Rule]

    def count(self, severity: Severity) -> int:
        """How many diagnostics of one level there are."""
        return sum(d.severity is severity for report in self.reports for d in report.diagnostics)

    @property
    def passed(self) -> int:
        """How many replies passed."""
        return sum(report.passed(self.config) for report in self.reports)

    @property
    def exit_status(self) -> int:
        """0 when all passed, 1 when one did not, 2 when an input could not be read."""
        if self.failed:
            return 2
        return 0 if self.passed == len(self.reports) else 1


def run(
    linter: Linter,
    paths: Sequence[str],
    *,
    original: str | None = None,
    kind: TextKind | None = None,
    now: datetime | None = None,
    standard_input: bytes = b"",
) -> Run:
    """Judge every mail under `paths` ("-" is standard input).

    `original` is the client's message, or a folder in which each reply's own is found by its In-Reply-To. UsageError
    where one
    message is given for several drafts.
    """
    failed: list[Failed] = []
    drafts: list[Message] = []
    for path in _files(paths, failed):
        try:
            drafts.append(read_bytes(standard_input, "-") if path == "-" else read(path))
        except ReadError as fault:
            failed.append(Failed(fault.path, fault.reason))
    find = _original_finder(original, len(drafts) + len(failed), failed)
    reports = []
    for draft in drafts:
        asked = find(draft) if find else None
        reports.append(linter.check(draft, asked, now=now, kind=kind or _kind_by_glob(draft.path, linter.config)))
    return Run(tuple(reports), tuple(failed), linter.config, {rule.id: rule for rule in linter.all_rules})


def _files(paths: Sequence[str], failed: list[Failed]) -> Iterator[str]:
    """Every file to judge: those named, and those of known kinds in folders named (hidden ones and links out left
    aside).
    """
    for name in paths:
        path = Path(name)
        if name == "-":
            yield name
        elif path.is_dir():
            found = [str(file) for file in _inside(path)]
            if not found:
                failed.append(Failed(name, f"no mail in this folder (looked for {', '.join(sorted(SUFFIXES))})"))
            yield from found
        else:
            yield name


def _inside(folder: Path) -> Iterable[Path]:
    root = folder.resolve()
    for file in sorted(folder.rglob("*")):
        hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if not hidden and file.suffix.lower() in SUFFIXES and file.is_file() and file.resolve().is_relative_to(root):
            yield file


def _original_finder(original: str | None, count: int, failed: list[Failed]):  # type: ignore[no-untyped-def]
    if original is None:
        return None
    path = Path(original)
    if path.is_dir():
        return OriginalIndex(path).find
    if count > 1:
        raise UsageError(
            f"--original {original} is one message, but there are {count} drafts: give a folder of messages instead"
        )
    try:
        message = read(path)
    except ReadError as fault:
        failed.append(Failed(fault.path, fault.reason))
        return None
    return lambda draft: message


def _kind_by_glob(path: str, config: Config) -> TextKind | None:
    for kind, globs in (("fragment", config.fragments), ("template", config.templates)):
        if any(fnmatch.fnmatch(path, glob) or fnmatch.fnmatch(Path(path).as_posix(), f"*/{glob}") for glob in globs):
            return kind  # type: ignore[return-value]
    return None


def line_and_column(message: Message, span: Span) -> tuple[int, int, int, int]:
    """(line, column, end line, end column) of a span, from 1, in the file where the body is plain; (0, …) for a
    header.
    """
    if not span.part.endswith("body"):
        return 0, span.start + 1, 0, span.end + 1
    text = message.body

    def place(offset: int) -> tuple[int, int]:
        return message.first_line + text.count("\n", 0, offset), offset - (text.rfind("\n", 0, offset) + 1) + 1

    return *place(span.start), *place(span.end)


__all__ = ["Failed", "Run", "UsageError", "line_and_column", "replace", "run"]
