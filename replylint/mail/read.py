"""From a file or its bytes to a Message: .eml, .txt, .md, .html and standard input; stores are in stores.py."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from replylint import strictyaml
from replylint.mail import outlook
from replylint.mail.charset import decode, undo_quoted_printable
from replylint.mail.html import to_text
from replylint.mail.message import Message, OffsetMap
from replylint.mail.mime import TooDeepError, parse
from replylint.mail.shown import one_line, shown
from replylint.mail.suppress import take_out

Kind = Literal["eml", "txt", "md", "html"]
_SUFFIXES: dict[str, Kind] = {
    ".eml": "eml",
    ".mail": "eml",
    ".mht": "eml",
    ".emlx": "eml",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
}
_MAGIC = (
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format", "a database"),
)
#: Of a text at most this share of characters are control characters or broken; in random bytes they are a tenth.
_MOST_ODD = 0.03
#: Marks of UTF-16.
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_FIELD = re.compile(r"([A-Za-z][A-Za-z0-9-]{0,60}):(?:[ \t]|$)")
#: Fields by which bare text is known for a mail; one of the first two is enough, of the others two are needed.
_TELLING = ("from", "subject", "to", "date", "message-id", "in-reply-to", "cc", "reply-to")
_HTML = re.compile(r"\s*(?:<!--[^>]{0,500}-->\s*)?<(?:!doctype\s+html|html|head|body|div|p|table)\b", re.IGNORECASE)
_FRONT = re.compile(r"---[ \t]*\r?\n(.*?)(?<=\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Limits:
    """The largest mail that is read: megabytes of its file, and millions of characters of the text that it shows."""

    size: float = 25
    text: float = 5

    def too_large(self, size: int) -> str:
        """What is wrong with a mail of `size` bytes; "" where nothing is."""
        if size <= self.size * 1024 * 1024:
            return ""
        return f"is too large: {size / 1048576:.1f} MB, the limit is {self.size:g} MB (max_size)"

    def too_long(self, text: str) -> str:
        """What is wrong with a mail that shows this text; "" where nothing is."""
        if len(text) <= self.text * 1e6:
            return ""
        length = f"{len(text) / 1e6:.1f} million characters"
        return f"has too much text: {length}, the limit is {self.text:g} million (max_text)"


DEFAULT_LIMITS = Limits()


@dataclass
class ReadError(Exception):
    """A file that cannot be read as a mail; `reason` is one line for people."""

    path: str
    reason: str

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


def read(path: Path | str, *, kind: Kind | None = None, limits: Limits = DEFAULT_LIMITS) -> Message:
    """Read one message from a file; where `kind` is not given, its suffix and its first bytes tell it.

    Raises ReadError where there is no such file, it may not be read, is empty, binary or larger than `limits` allows.
    """
    place = Path(path)
    name = one_line(str(path))
    known = kind or _SUFFIXES.get(place.suffix.lower())
    return read_bytes(load(place, name, limits), name, kind=known, limits=limits)


def load(place: Path, name: str, limits: Limits) -> bytes:
    """The bytes of a file, or ReadError with the reason in plain words."""
    try:
        if place.is_dir():
            raise ReadError(name, "is a folder, not a message")
        if not place.is_file():
            raise ReadError(name, "is not a regular file" if place.exists() else "no such file")
        if reason := limits.too_large(place.stat().st_size):
            raise ReadError(name, reason)
        return place.read_bytes()
    except PermissionError:
        raise ReadError(name, "no permission to read it") from None
    except (OSError, ValueError) as fault:
        raise ReadError(name, f"cannot be read: {getattr(fault, 'strerror', None) or fault}") from None


def read_bytes(
    data: bytes, path: str = "<stdin>", *, kind: Kind | None = None, limits: Limits = DEFAULT_LIMITS
) -> Message:
    """Read one message from bytes; `kind` is found out where it is not given. Raises ReadError and nothing else."""
    if reason := limits.too_large(len(data)):
        raise ReadError(path, reason)
    if not data.strip():
        raise ReadError(path, "is empty")
    if data.startswith(outlook.MAGIC):
        try:
            return outlook.parse(data, path)
        except outlook.NoReaderError as fault:
            raise ReadError(path, str(fault)) from None
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise ReadError(path, f"is binary: it looks like {what}")
    try:
        message = _read(data, path, kind)
        if reason := limits.too_long(message.body):
            raise ReadError(path, reason)
        return message
    except TooDeepError:
        raise ReadError(path, "its parts are nested too deeply") from None
    except (RecursionError, MemoryError):
        raise ReadError(path, "is too complicated to read") from None


def _read(data: bytes, path: str, kind: Kind | None) -> Message:
    if kind == "eml":
        if not data.startswith(_WIDE):
            _refuse_binary(data.decode("latin-1"), path)
        return parse(_without_envelope(data), path)
    text = decode(data)
    offset = 0
    _refuse_binary(text, path)
    if kind is None and _HTML.match(text):
        kind = "html"
    if kind == "html":
        rendered = to_text(text)
        return Message(
            rendered.text,
            path=path,
            marked=rendered.marked,
            source=rendered.source,
            first_line=0,
            suppressions=rendered.suppressions,
        )
    mended = undo_quoted_printable(text) if not _has_mime(text) else text
    if mended != text:
        return replace(_read(mended.encode(), path, kind), source=OffsetMap(), first_line=0)
    if _is_mail(text):
        if _has_mime(text):
            return parse(data, path)
        return parse(text.encode("utf-8", "replace"), path)
    meta: dict[str, object] = {}
    front = _FRONT.match(text) if text.startswith("---") else None
    if front:
        found = _front_matter(text, front, path, strict=kind == "md")
        if found is not None:
            meta, offset = found, front.end()
            while offset < len(text) and text[offset] in "\r\n":
                offset += 1
    body, source = shown(text[offset:], offset)
    body, suppressions = take_out(body, every=kind == "md")
    subject = meta.get("subject")
    return Message(
        body,
        path=path,
        source=source,
        first_line=len(re.findall(r"\r\n?|\n", text[:offset])) + 1,
        meta=meta,
        subject=one_line(subject) if isinstance(subject, str) else None,
        suppressions=suppressions,
    )


def _front_matter(text: str, front: re.Match[str], path: str, strict: bool) -> dict[str, object] | None:
    """The mapping between the `---` lines; None where it is none and the text need not have one."""
    try:
        document = strictyaml.parse(front[1], path)
        if document.data is None or isinstance(document.data, dict):
            return document.data or {}
        reason = f"{path}:2: front matter must be a mapping of keys to values"
    except strictyaml.StrictError as fault:
        fault.line += 1 if fault.line else 0
        reason = str(fault)
    if strict:
        raise ReadError(path, "front matter: " + reason.removeprefix(f"{path}:").removeprefix(" "))
    return None


def _without_envelope(data: bytes) -> bytes:
    """Without what may stand before the headers: a mark of UTF-8 or blank lines; as bytes, so that places stay true."""
    if data.startswith(_WIDE):
        return decode(data).encode("utf-8", "replace")
    return data.removeprefix(b"\xef\xbb\xbf")


def _refuse_binary(text: str, path: str) -> None:
    sample = text[:4000]
    odd = sum(1 for char in sample if (char < " " and char not in "\t\n\r\f\v\x1b\b") or char == "�")
    if odd > 3 and odd > len(sample) * _MOST_ODD:
        raise ReadError(path, "is binary, not text")


def _is_mail(text: str) -> bool:
    """Whether bare text begins with the headers of a mail and a blank line after them."""
    names: list[str] = []
    for line in text[:20_000].replace("\r\n", "\n").removeprefix("\ufeff").split("\n"):
        if not line.strip():
            break
        if line[0] in " \t" and names:
            continue
        match = _FIELD.match(line)
        if not match and not (line.startswith("From ") and not names):
            return False
        if match:
            names.append(match[1].lower())
    known = [name for name in dict.fromkeys(names) if name in _TELLING]
    return len(known) > 1 or any(name in _TELLING[:2] for name in known)


def _has_mime(text: str) -> bool:
    head = re.split(r"\r?\n\r?\n", text[:20_000], maxsplit=1)[0]
    return re.search(r"^content-(?:type|transfer-encoding):", head, re.IGNORECASE | re.MULTILINE) is not None


__all__ = ["DEFAULT_LIMITS", "Kind", "Limits", "Message", "OffsetMap", "ReadError", "read", "read_bytes"]
