"""Where output goes: UTF-8 everywhere, files written whole or not at all, errors in one line."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

EXIT_ERROR = 2


def use_utf8() -> None:
    """UTF-8 on every system, Windows included; what the terminal cannot show is replaced."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace", newline="\n")


def fail(reason: str, status: int = EXIT_ERROR) -> int:
    """Say what went wrong in one line; gives the exit status back."""
    say(reason)
    return status


def say(note: str) -> None:
    """One line on standard error."""
    print("replylint: " + " ".join(printable(note).split()), file=sys.stderr)


def printable(text: str) -> str:
    """Text without control characters, so that a file name or a mail cannot move the cursor."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def write_whole(path: Path, text: str) -> None:
    """Write beside, then rename, so that a reader never sees half a file."""
    from replylint.run import UsageError

    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="") as file:
                file.write(text)
            mask = os.umask(0)
            os.umask(mask)
            Path(name).chmod(0o666 & ~mask)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as fault:
        raise UsageError(f"{path}: {fault.strerror or 'cannot be written'}") from None


def wants_colour() -> bool:
    """Colour only on a terminal, and not where NO_COLOR is set."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """The terminal's width, or COLUMNS where that is set; else 100 in a pipe or file."""
    import shutil

    told = os.environ.get("COLUMNS", "").isdigit()
    return max(30, shutil.get_terminal_size((100, 24)).columns) if told or sys.stdout.isatty() else 100
