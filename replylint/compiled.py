"""Keeps what takes long to work out of our own files (YAML, phrases) between runs, in the user's cache folder.

What is kept is plain data, beside a stamp of everything that it was made from. A file that is broken, of another
stamp or
not to be written is no error: the data is then made anew. No text of a mail ever comes here.
"""

from __future__ import annotations

import marshal
import os
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import lru_cache
from hashlib import blake2b
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_MAGIC = b"replylint compiled 1\n"
_DIGEST = 16
#: Of files that were not used for a long time, no more than so many stay.
_MOST_FILES = 200
_enabled = True


def switch(on: bool) -> None:
    """Whether the cache folder is read and written at all (`--no-cache` says no)."""
    global _enabled
    _enabled = on


@lru_cache(maxsize=1)
def folder() -> Path:
    """Where compiled data is kept."""
    import platformdirs

    return Path(platformdirs.user_cache_dir("replylint", appauthor=False)) / "compiled"


def digest(*parts: object) -> bytes:
    """A digest of plain values; each stands for itself, so that ("ab", "c") and ("a", "bc") differ."""
    return blake2b(repr(parts).encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


def stamp(paths: Iterable[Path], *more: object) -> bytes:
    """A digest of the names, sizes and times of files, the version, and anything else that the data depends on."""
    from replylint.version import __version__

    found = []
    for path in paths:
        try:
            status = path.stat()
        except OSError:
            found.append((str(path), 0, 0))
        else:
            found.append((str(path), status.st_size, status.st_mtime_ns))
    return digest(__version__, found, *more)


def recall(name: str, stamped: bytes) -> Any:
    """What was kept under a name with this stamp; None where there is nothing of use."""
    if not _enabled:
        return None
    try:
        content = (folder() / f"{name}.bin").read_bytes()
    except (OSError, RuntimeError):
        return None
    head = len(_MAGIC)
    body = memoryview(content)[head + 2 * _DIGEST :]
    if (
        content[:head] != _MAGIC
        or content[head : head + _DIGEST] != stamped
        or blake2b(body, digest_size=_DIGEST).digest() != content[head + _DIGEST : head + 2 * _DIGEST]
    ):
        return None
    try:
        return marshal.loads(body)
    except (ValueError, EOFError, TypeError):
        return None


def keep(name: str, stamped: bytes, data: Any) -> None:
    """Keep plain data under a name: whole or not at all, readable by the user alone. Never fails."""
    if not _enabled:
        return
    body = marshal.dumps(data, 4)
    check = blake2b(body, digest_size=_DIGEST).digest()
    with suppress(OSError, RuntimeError):
        place = folder()
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, temporary = tempfile.mkstemp(dir=place)  # 0600, by its contract
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(b"".join((_MAGIC, stamped, check, body)))
            Path(temporary).replace(place / f"{name}.bin")
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        _tidy(place)


def kept(name: str, stamped: bytes, make: Callable[[], T]) -> T:
    """What was kept under a name with this stamp, else what `make` makes, which is kept for the next time."""
    data = recall(name, stamped)
    if data is None:
        data = make()
        keep(name, stamped, data)
    return data  # type: ignore[no-any-return]


def _tidy(place: Path) -> None:
    """Remove the oldest files where there are too many: packs and projects come and go."""
    files = list(place.iterdir())
    if len(files) > _MOST_FILES:
        files.sort(key=lambda path: path.stat().st_mtime)
        for path in files[: len(files) - _MOST_FILES]:
            path.unlink(missing_ok=True)
