"""Many texts on several cores: workers are spawned, get plain mails and give back plain reports, in the same order."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from multiprocessing import get_context
from pathlib import Path

from replylint.config import Config, TextKind
from replylint.linter import Linter, Report
from replylint.mail.message import Message
from replylint.mail.read import ReadError

#: So few texts are judged sooner than workers start.
FEW = 100
#: How many texts a worker is handed at a time.
_AT_A_TIME = 20


@dataclass(frozen=True)
class Failed:
    """An input that could not be judged, and why."""

    path: str
    reason: str


@dataclass(frozen=True)
class Task:
    """A text to judge by itself, beside the message it answers and what went before."""

    message: Message
    original: Message | None = None
    history: tuple[Message, ...] = ()
    kind: TextKind | None = None


def judge_all(
    linter: Linter, tasks: Sequence[Task], now: datetime | None, jobs: int | None = None
) -> list[Report | Failed]:
    """A report a task, or why there is none, in their order.

    `jobs` is the number of workers (default: one a core, none where there are few texts).
    Reports of workers hold the letters' text and no analysis of it.
    """
    workers = min(jobs or cores(), len(tasks) // _AT_A_TIME)
    if workers < 2 or (jobs is None and len(tasks) < FEW):
        return [_judge(linter, now, task) for task in tasks]
    pool = ProcessPoolExecutor(workers, get_context("spawn"), _begin, (linter.config, linter.folder))
    try:
        return list(pool.map(partial(_judge_in_worker, now), tasks, chunksize=_AT_A_TIME))
    except BrokenProcessPool:  # a worker was killed, for want of memory most likely: one process needs less
        return [_judge(linter, now, task) for task in tasks]
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _judge(linter: Linter, now: datetime | None, task: Task) -> Report | Failed:
    try:
        return linter.check(task.message, task.original, task.history, now=now, kind=task.kind)
    except ReadError as fault:
        return Failed(fault.path, fault.reason)


#: The linter of a worker, once it has begun.
_linter: Linter | None = None


def _begin(config: Config, folder: Path) -> None:
    global _linter
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to hear; it ends the workers
    _linter = Linter(config, folder)


def _judge_in_worker(now: datetime | None, task: Task) -> Report | Failed:
    assert _linter is not None
    return _judge(_linter, now, task)
