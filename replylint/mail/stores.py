"""Many messages at one place: mbox files, maildirs, folders of files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import IO

from replylint.mail.message import Message, OffsetMap
from replylint.mail.read import DEFAULT_LIMITS, Limits, ReadError, read, read_bytes
from replylint.mail.shown import one_line

#: Files looked at in a folder.
SUFFIXES = frozenset({".eml", ".txt", ".md", ".markdown", ".html", ".htm", ".msg", ".mbox", ".mbx"})
_MBOX = frozenset({".mbox", ".mbx"})
_FROM = re.compile(rb"From \S+.{0,100}\d\d:\d\d")
_ESCAPED = re.compile(rb"^>(>*From )", re.MULTILINE)


def read_all(path: Path | str, *, limits: Limits = DEFAULT_LIMITS) -> list[Message]:
    """Every message at a path: of an mbox file, a maildir, a folder and its folders, or the one of a file.

    Raises ReadError for the first that cannot be read; `walk` goes on instead.
    """
    messages = []
    for found in walk(path, limits=limits):
        if isinstance(found, ReadError):
            raise found
        messages.append(found)
    return messages


def walk(path: Path | str, *, limits: Limits = DEFAULT_LIMITS) -> Iterator[Message | ReadError]:
    """Every message at a path in a stable order, and in its place the error of each that cannot be read.

    In folders hidden files, temporary files of maildirs and links that lead out are left aside.
    """
    place = Path(path)
    if place.is_dir():
        for file in files(place):
            yield from _file(file, limits, inside_maildir=_in_maildir(file))
    else:
        yield from _file(place, limits, inside_maildir=False)


def walk_bytes(data: bytes, name: str, *, limits: Limits = DEFAULT_LIMITS) -> Iterator[Message | ReadError]:
    """The messages in bytes that are one mail or text, or an mbox."""
    if _FROM.match(data):
        yield from _messages(BytesIO(data), name, limits)
        return
    try:
        yield read_bytes(data, name, limits=limits)
    except ReadError as fault:
        yield fault


def is_a_store(place: Path) -> bool:
    """Whether a path holds many messages: a folder, a maildir, an mbox file."""
    return place.is_dir() or place.suffix.lower() in _MBOX or (place.suffix == "" and _starts_as_mbox(place))


def files(folder: Path) -> Iterator[Path]:
    """The files of a folder and its folders that may hold messages, sorted."""
    root = folder.resolve()
    try:
        found = sorted(folder.rglob("*"))
    except OSError:
        return
    for file in found:
        hidden = any(part.startswith(".") and len(part) > 1 for part in file.relative_to(folder).parts[-1:])
        if hidden or not (file.suffix.lower() in SUFFIXES or _in_maildir(file)):
            continue
        try:
            if file.is_file() and file.resolve().is_relative_to(root):
                yield file
        except OSError:
            continue


def _in_maildir(file: Path) -> bool:
    """Whether a file is a message of a maildir: it lies in `cur` or `new`, which have a sister `tmp`."""
    return file.parent.name in ("cur", "new") and (file.parent.parent / "tmp").is_dir()


def _file(file: Path, limits: Limits, inside_maildir: bool) -> Iterator[Message | ReadError]:
    try:
        if file.suffix.lower() in _MBOX or (file.suffix == "" and not inside_maildir and _starts_as_mbox(file)):
            yield from _mbox(file, limits)
        elif inside_maildir:
            yield read(file, limits=limits, kind="eml")
        else:
            yield read(file, limits=limits)
    except ReadError as fault:
        yield fault


def _starts_as_mbox(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return _FROM.match(stream.read(200)) is not None
    except OSError:
        return False


def _mbox(file: Path, limits: Limits) -> Iterator[Message | ReadError]:
    name = one_line(str(file))
    try:
        with file.open("rb") as stream:
            yield from _messages(stream, name, limits)
    except PermissionError:
        yield ReadError(name, "no permission to read it")
    except OSError as fault:
        yield ReadError(name, f"cannot be read: {fault.strerror or fault}" if file.exists() else "no such file")


def _messages(stream: IO[bytes], name: str, limits: Limits) -> Iterator[Message | ReadError]:
    """The messages of an mbox, one at a time; `entry` numbers them from 1. Of one that is too large no more than the
    limit is kept.
    """
    number, line, shift = 0, 0, 0
    held: list[bytes] = []
    lines = size = chars = 0
    blank = True

    def one() -> Message | ReadError:
        return _one_of(b"".join(held), name, number, line, shift, limits, size)

    for row in stream:
        if blank and _FROM.match(row):
            if number:
                yield one()
            line += lines + 1
            shift += chars + len(row.decode("utf-8", "replace"))
            number, held, blank = number + 1, [], False
            lines = size = chars = 0
            continue
        size += len(row)
        if not limits.too_large(size):
            held.append(row)
        lines += 1
        chars += len(row.decode("utf-8", "replace"))
        blank = not row.strip()
    if number:
        yield one()
    else:
        yield ReadError(name, "is no mbox file: no line begins a message" if lines else "is empty")


def _one_of(
    data: bytes, name: str, number: int, line: int, shift: int, limits: Limits, size: int
) -> Message | ReadError:
    if reason := limits.too_large(size):
        return ReadError(name, f"message {number}: {reason}")
    plain = _ESCAPED.sub(rb"\1", data)
    try:
        message = read_bytes(plain, name, kind="eml", limits=limits)
    except ReadError as fault:
        return ReadError(name, f"message {number}: {fault.reason}")
    runs = tuple((shown, source + shift, length) for shown, source, length in message.source.runs)
    if len(plain) != len(data):
        runs = ()
    first = message.first_line + line if message.first_line else 0
    return replace(message, entry=str(number), source=OffsetMap(runs), first_line=first)
