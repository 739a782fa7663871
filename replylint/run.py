"""Many inputs → one Run: finds the mails under the paths given, judges each, and keeps what every reporter needs."""

from __future__ import annotations

import fnmatch
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from replylint.config import Config, TextKind
from replylint.diagnostic import Severity
from replylint.linter import Linter, Report
from replylint.mail.message import Message, Span
from replylint.mail.read import ReadError, read, read_bytes
from replylint.mail.stores import SUFFIXES, walk
from replylint.mail.thread import OriginalIndex
from replylint.pack import Rule


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
    drafts = list(_drafts(paths, standard_input, failed))
    finder = _Originals(original, len(drafts)) if original is not None else None
    reports = []
    for draft in drafts:
        asked = finder.find(draft) if finder else None
        told = kind or _kind_by_glob(draft.path, linter.config)
        reports.append(linter.check(draft, asked, now=now, kind=told))
    failed += finder.failed if finder else []
    return Run(tuple(reports), tuple(failed), linter.config, {rule.id: rule for rule in linter.all_rules})


def _drafts(paths: Sequence[str], standard_input: bytes, failed: list[Failed]) -> Iterator[Message]:
    """Every mail to judge; what cannot be read goes to `failed`."""
    for path in paths:
        seen = False
        for found in _standard(standard_input) if path == "-" else walk(path):
            seen = True
            if isinstance(found, ReadError):
                failed.append(Failed(found.path, found.reason))
            else:
                yield found
        if not seen:
            failed.append(Failed(path, f"no mail in this folder (looked for {', '.join(sorted(SUFFIXES))})"))


def _standard(data: bytes) -> Iterator[Message | ReadError]:
    try:
        yield read_bytes(data, "-")
    except ReadError as fault:
        yield fault


class _Originals:
    """Where the client's messages are: one file for one draft, or a folder, maildir or mbox in which they are found."""

    def __init__(self, place: str, drafts: int) -> None:
        self.failed: list[Failed] = []
        self._one: Message | None = None
        self._index: OriginalIndex | None = None
        path = Path(place)
        if path.is_dir() or path.suffix.lower() in (".mbox", ".mbx"):
            self._index = OriginalIndex(path)
            return
        if drafts > 1:
            raise UsageError(
                f"--original {place} is one message, but there are {drafts} drafts: give a folder of messages instead"
            )
        try:
            self._one = read(path)
        except ReadError as fault:
            self.failed.append(Failed(fault.path, fault.reason))

    def find(self, draft: Message) -> Message | None:
        """The message that a draft answers, None where it is not there."""
        if self._index is None:
            return self._one
        found = self._index.find(draft)
        self.failed = [Failed(fault.path, fault.reason) for fault in self._index.failed]
        return found


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


__all__ = ["Failed", "Run", "UsageError", "line_and_column", "run"]
