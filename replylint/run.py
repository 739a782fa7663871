"""Many inputs → one Run: finds the mails under the paths given, judges each, and keeps what every reporter needs."""

from __future__ import annotations

import fnmatch
import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from replylint.config import Config, TextKind
from replylint.diagnostic import Severity
from replylint.linter import Linter, Report
from replylint.mail.message import Message, Span, Thread
from replylint.mail.read import Limits, ReadError, read
from replylint.mail.stores import SUFFIXES, is_a_store, walk, walk_bytes
from replylint.mail.thread import OriginalIndex, build_threads
from replylint.pack import Rule
from replylint.pool import Failed, Task, judge_all
from replylint.threads import ThreadReport, check_thread
from replylint.us import Us, is_dialogue, who_we_are


class UsageError(Exception):
    """A call that makes no sense; one line that says what to do instead."""


@dataclass(frozen=True)
class Run:
    """Everything that one call found: a report a reply, in the order of the paths, and the inputs that failed."""

    reports: tuple[Report, ...]
    failed: tuple[Failed, ...]
    config: Config
    rules: Mapping[str, Rule]
    threads: tuple[ThreadReport, ...] = ()
    us: Us | None = None
    #: What the user should know beside the results, one line each.
    notes: tuple[str, ...] = ()

    def count(self, severity: Severity) -> int:
        """How many diagnostics of one level there are, of replies and threads."""
        found = [d for report in self.reports for d in report.diagnostics]
        return sum(d.severity is severity for d in (*found, *(d for t in self.threads for d in t.diagnostics)))

    @property
    def passed(self) -> int:
        """How many replies passed."""
        return sum(report.passed(self.config) for report in self.reports)

    @property
    def exit_status(self) -> int:
        """0 when all replies and threads passed, 1 when one did not, 2 when an input could not be read."""
        if self.failed:
            return 2
        threads = all(thread.passed(self.config.fail_on) for thread in self.threads)
        return 0 if threads and self.passed == len(self.reports) else 1


def run(
    linter: Linter,
    paths: Sequence[str],
    *,
    original: str | None = None,
    kind: TextKind | None = None,
    now: datetime | None = None,
    last: bool = False,
    jobs: int | None = None,
    standard_input: bytes = b"",
) -> Run:
    """Judge every mail under `paths` ("-" is standard input): files as drafts; folders, maildirs and mbox files as
    conversations, of which our replies are judged (with `last` only the newest of each) and the whole.

    `jobs` is how many processes share the work (default: as many as cores, where there are many texts).
    `original` is the client's message, or a folder in which each reply's own is found by its In-Reply-To. UsageError
    where one message is given for several drafts.
    """
    failed: list[Failed] = []
    limits = Limits(linter.config.max_size, linter.config.max_text)
    inputs = list(_inputs(paths, standard_input, failed, limits))
    finder = _Originals(original, inputs, limits) if original is not None else None
    told = {id(one.message): kind or _kind_by_glob(one.message.path, linter.config) for one in inputs}
    threads, us = _threads(linter.config, inputs, told)
    ours = linter.for_us(us.addresses) if us else None
    moment = now or max((one.message.date for one in inputs if one.message.date), default=None)
    alone = [one.message for one in inputs if id(one.message) not in threads]
    tasks = []
    for message in alone:
        asked = finder.original_of(message) if finder else None
        tasks.append(Task(message, asked, finder.before(asked) if finder and asked else (), told[id(message)]))
    found_alone = dict(zip(map(id, alone), judge_all(linter, tasks, now, jobs), strict=True))
    reports: list[Report] = []
    judged: dict[int, ThreadReport] = {}
    for one in inputs:
        message = one.message
        thread = threads.get(id(message))
        if thread is None:
            found_here = found_alone[id(message)]
            if isinstance(found_here, Failed):
                failed.append(found_here)
            else:
                reports.append(found_here)
        elif id(thread) not in judged and ours is not None:
            elsewhere = {id(m): asked for m in thread.messages if finder and (asked := finder.find(m)) is not None}
            found = check_thread(ours, thread, now=moment, last=last, originals=elsewhere)
            judged[id(thread)] = found
            reports += found.reports
    failed += finder.failed if finder else []
    if ours is None:
        places = dict.fromkeys(one.message.path for one in inputs if id(one.message) in threads)
        failed += [Failed(path, "cannot tell our mails from the client's; say who we are with --us") for path in places]
    return Run(
        tuple(reports),
        tuple(failed),
        linter.config,
        {rule.id: rule for rule in linter.all_rules},
        tuple(judged.values()),
        us,
        finder.notes() if finder else (),
    )


@dataclass(frozen=True)
class _Input:
    """A mail to look at, and whether it came out of a folder, maildir or mbox rather than as a file of its own."""

    message: Message
    in_store: bool


def _threads(
    config: Config, inputs: Sequence[_Input], told: Mapping[int, TextKind | None]
) -> tuple[dict[int, Thread], Us | None]:
    """The conversation of each mail that is judged within one, by the mail's id(), and who we are in them.

    Where nobody has said who we are, mails that stand alone are drafts; a folder of drafts is no conversation.
    """
    mails = [
        one.message
        for one in inputs
        if one.in_store and one.message.has_headers and told[id(one.message)] not in ("template", "fragment")
    ]
    threads = build_threads(mails)
    if not config.us:
        threads = tuple(thread for thread in threads if is_dialogue(thread))
    us = who_we_are(threads, config) if threads else None
    known = {id(message): thread for thread in threads for message in thread.messages}
    by_id = {m.message_id: thread for thread in threads for m in thread.messages if m.message_id}
    for message in mails:  # the second copy of a mail belongs to the thread of the first
        if message.message_id in by_id:
            known.setdefault(id(message), by_id[message.message_id])
    return known, us


def _inputs(paths: Sequence[str], standard_input: bytes, failed: list[Failed], limits: Limits) -> Iterator[_Input]:
    """Every mail to look at; what cannot be read goes to `failed`."""
    for path in paths:
        seen = False
        is_store = path != "-" and is_a_store(Path(path))
        found_here = walk_bytes(standard_input, "-", limits=limits) if path == "-" else walk(path, limits=limits)
        for found in found_here:
            seen = True
            if isinstance(found, ReadError):
                failed.append(Failed(found.path, found.reason))
            else:
                yield _Input(found, is_store or found.entry is not None)
        if not seen:
            failed.append(Failed(path, f"no mail in this folder (looked for {', '.join(sorted(SUFFIXES))})"))


class _Originals:
    """Where the client's messages are: one file for one draft, or a folder, maildir or mbox in which they are found."""

    def __init__(self, place: str, inputs: Sequence[_Input], limits: Limits) -> None:
        self.failed: list[Failed] = []
        self._place, self._missing = place, list[str]()
        self._one: Message | None = None
        self._index: OriginalIndex | None = None
        if place == "-":
            raise UsageError("--original - : standard input holds drafts only; give the client's message as a file")
        path = Path(place)
        if is_a_store(path):
            self._index = OriginalIndex(path, limits)
            return
        if len(inputs) > 1:
            raise UsageError(
                f"--original {place} is one message, but there are {len(inputs)} drafts: "
                "give a folder of messages instead"
            )
        try:
            self._one = read(path, limits=limits)
        except ReadError as fault:
            self.failed.append(Failed(fault.path, fault.reason))

    def before(self, original: Message) -> tuple[Message, ...]:
        """What went before an original, where that is known."""
        return self._index.before(original) if self._index else ()

    def notes(self) -> tuple[str, ...]:
        """One line about the drafts whose client's message is not there."""
        if not self._missing:
            return ()
        first, more = self._missing[0], len(self._missing) - 1
        others = f" (and of {more} other draft{'s' if more > 1 else ''})" if more else ""
        return (f"no message in {self._place} has the Message-ID in the In-Reply-To of {first}{others}",)

    def original_of(self, draft: Message) -> Message | None:
        """The message that a draft answers; one that is not there is noted."""
        found = self.find(draft)
        if found is None and self._index is not None:
            self._missing.append(draft.path)
        return found

    def find(self, draft: Message) -> Message | None:
        """The message that a mail answers, None where it is not there."""
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


@lru_cache(maxsize=4)
def _line_breaks(text: str) -> list[int]:
    return [match.start() for match in re.finditer("\n", text)]


def line_and_column(message: Message, span: Span) -> tuple[int, int, int, int]:
    """(line, column, end line, end column) of a span, from 1; line 0 for a header. Lines are those of the file, or of
    the body alone where `message.first_line` is 0: where its encoding hides them, or a mark-up does.
    """
    if not span.part.endswith("body"):
        return 0, span.start + 1, 0, span.end + 1
    text = message.body

    breaks = _line_breaks(text)

    def place(offset: int) -> tuple[int, int]:
        number = bisect_left(breaks, offset)
        return (message.first_line or 1) + number, offset - (breaks[number - 1] + 1 if number else 0) + 1

    return *place(span.start), *place(span.end)


__all__ = ["Failed", "Run", "UsageError", "line_and_column", "run"]
