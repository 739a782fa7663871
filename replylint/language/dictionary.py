"""A dictionary of word forms, compiled once from simplemma's data and then mapped into memory.

simplemma reads its front-coded lists either into a dict (Estonian: 2.7 million forms, two seconds, hundreds of MiB) or
into a trie that takes five seconds to build. Here the list stays as it is, and only every 16th entry is indexed. That
is one pass over the file (Estonian: one second); its result is kept in the user's cache folder. Where nothing can be
written there, the pass is repeated in each process.
"""

from __future__ import annotations

import importlib.util
import lzma
import mmap
import os
import struct
import tempfile
from array import array
from bisect import bisect_right
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

_MAGIC = b"SMFC1"  # simplemma's front-coded stream, version 1
_SAME, _LITERAL = 254, 255  # instead of a number of bytes to cut: value as before; value spelt out
_BLOCK = 16
_STRIDE = 64  # of the seeds, one in so many is kept at hand
_HEADER = struct.Struct("<8s4sQIII")  # our magic, a check of byte order, size of the source, blocks, seeds, stream
_OURS, _ORDER = b"rlwords2", array("I", [0x01020304]).tobytes()

Lookup = Callable[[str], str | None]
"""Word form → its lemma, or None where the dictionary has no such form."""


def open_dictionary(code: str, cache: Path | None = None) -> Lookup:
    """The dictionary of a language that simplemma has (ValueError for others); `cache` is a folder for the index."""
    spec = importlib.util.find_spec("simplemma")  # found, not imported: that alone takes 60 ms
    folders = (spec and spec.submodule_search_locations) or ()
    sources = [Path(folder, "strategies", "dictionaries", "data", f"{code}.plzma") for folder in folders]
    source = next((path for path in sources if path.exists()), None)
    if source is None:
        raise ValueError(f"simplemma has no dictionary for {code}")
    if cache is None:
        import platformdirs

        cache = Path(platformdirs.user_cache_dir("replylint", appauthor=False)) / "dictionaries"
    size = source.stat().st_size
    kept = cache / f"{code}-{size}.words"
    compiled = _map(kept, size)
    if compiled is None:
        with lzma.open(source) as file:
            stream = file.read()
        if not stream.startswith(_MAGIC):  # another version of simplemma: slower, but right
            from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

            return DefaultDictionaryFactory().get_dictionary(code).get
        compiled = _compile(stream, size)
        with suppress(OSError):
            _keep(compiled, kept)
    return _Words(compiled).get


def _map(path: Path, size: int) -> bytes | mmap.mmap | None:
    """The compiled file at `path`, mapped; None where it is absent, broken or made from another source."""
    try:
        with path.open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except (OSError, ValueError):
        return None
    if len(data) < _HEADER.size:
        return None
    magic, order, source, blocks, seeds, stream = _HEADER.unpack_from(data)
    right = magic == _OURS and order == _ORDER and source == size
    return data if right and len(data) == _HEADER.size + 4 * (2 * blocks + 1) + seeds + stream else None


def _keep(compiled: bytes, path: Path) -> None:
    """Write whole or not at all: another process may be reading, or writing the same."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(compiled)
        Path(name).replace(path)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _varint(data: bytes | mmap.mmap, at: int) -> tuple[int, int]:
    result = shift = 0
    while True:
        byte = data[at]
        at += 1
        result |= (byte & 0x7F) << shift
        if byte < 0x80:
            return result, at
        shift += 7


def _compile(stream: bytes, size: int) -> bytes:
    """Header, where each block's second record starts, where each seed starts, the seeds, the stream as it was.

    A seed is the first record of a block, written out: key, NUL, value.
    """
    count, at = _varint(stream, len(_MAGIC) + 1)
    starts, places, seeds = array("I"), array("I", [0]), bytearray()
    key, base, cut, tail = b"", b"", 0, b""  # the value is put together at a block's start only: it costs time
    for number in range(count):
        shared, length = stream[at], stream[at + 1]
        if shared < 0x80 and length < 0x80:
            at += 2
        else:
            shared, at = _varint(stream, at)
            length, at = _varint(stream, at)
        key = key[:shared] + stream[at : at + length]
        at += length
        trim = stream[at]
        at += 1
        if trim != _SAME:
            length, at = (stream[at], at + 1) if stream[at] < 0x80 else _varint(stream, at)
            base, cut, tail = key, trim, stream[at : at + length]
            at += length
        if not number % _BLOCK:
            value = tail if cut == _LITERAL else base[: len(base) - cut] + tail
            seeds += key + b"\0" + value
            starts.append(at)
            places.append(len(seeds))
    header = _HEADER.pack(_OURS, _ORDER, size, len(starts), len(seeds), len(stream))
    return b"".join((header, starts.tobytes(), places.tobytes(), seeds, stream))


class _Words:
    """Looks forms up in a compiled dictionary."""

    def __init__(self, data: bytes | mmap.mmap) -> None:
        *_, blocks, seeds, _size = _HEADER.unpack_from(data)
        view, at = memoryview(data), _HEADER.size
        self._starts = view[at : at + 4 * blocks].cast("I")
        self._places = view[at + 4 * blocks : at + 4 * (2 * blocks + 1)].cast("I")
        self._seeds = at + 4 * (2 * blocks + 1)
        self._stream = self._seeds + seeds
        self._data = data
        self._blocks = blocks
        self._fences = [self._seed(block)[0] for block in range(0, blocks, _STRIDE)]
        self._reverse = bool(data[self._stream + len(_MAGIC)] & 1)

    def _seed(self, block: int) -> tuple[bytes, bytes]:
        place = self._places
        key, _, value = self._data[self._seeds + place[block] : self._seeds + place[block + 1]].partition(b"\0")
        return key, value

    def get(self, word: str) -> str | None:
        """The lemma of a form as it is written, or None."""
        wanted = word.encode("utf-8", "surrogatepass")
        if self._reverse:
            wanted = wanted[::-1]
        fence = bisect_right(self._fences, wanted)
        low, high = max(0, fence - 1) * _STRIDE, min(fence * _STRIDE, self._blocks)
        while low < high:
            middle = (low + high) // 2
            if self._seed(middle)[0] > wanted:
                high = middle
            else:
                low = middle + 1
        if not low:
            return None
        value = self._scan(low - 1, wanted)
        return None if value is None else (value[::-1] if self._reverse else value).decode()

    def _scan(self, block: int, wanted: bytes) -> bytes | None:
        key, value = self._seed(block)
        data, at = self._data, self._stream + self._starts[block]
        end = self._stream + self._starts[block + 1] if block + 1 < self._blocks else len(data)
        while key < wanted and at < end:
            shared, length = data[at], data[at + 1]
            if shared < 0x80 and length < 0x80:  # nearly always, and a call costs more than the rest
                at += 2
            else:
                shared, at = _varint(data, at)
                length, at = _varint(data, at)
            key = key[:shared] + data[at : at + length]
            at += length
            trim = data[at]
            at += 1
            if trim != _SAME:
                length, at = (data[at], at + 1) if data[at] < 0x80 else _varint(data, at)
                tail = data[at : at + length]
                value = tail if trim == _LITERAL else key[: len(key) - trim] + tail
                at += length
        return value if key == wanted else None
