"""Header values (RFC 5322, 2047, 2231) read from whatever programs have written; nothing here fails."""

from __future__ import annotations

import base64
import binascii
import quopri
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import getaddresses, parsedate_to_datetime

from replylint.mail.charset import decode
from replylint.mail.message import Address
from replylint.mail.shown import one_line

_WORD = re.compile(r"=\?([^?*\s]{1,40})(?:\*[^?\s]{0,20})?\?([bBqQ])\?([^?]*+)\?=")
_ID = re.compile(r"<[^<>\s]{1,998}>")
_MAILBOX = re.compile(r"[^\s<>,;:\"'()\[\]]{1,64}@[^\s<>,;:\"'()\[\]]{1,255}")
#: Longer header values are cut: the standard parsers take quadratic time on some of them.
_LONGEST = 20_000
#: Headers that only automatic replies have.
_AUTOMATIC = frozenset({"x-autoreply", "x-autorespond", "x-autoresponder", "x-auto-reply", "x-failed-recipients"})


def unescaped(value: str) -> str:
    """A raw header value, whose bytes beyond ASCII the email package keeps as surrogates, as text."""
    if value.isascii():
        return value[:_LONGEST]
    try:
        return decode(value[:_LONGEST].encode("utf-8", "surrogateescape"))
    except UnicodeEncodeError:
        return value[:_LONGEST]


def decoded(value: str) -> str:
    """Encoded words (RFC 2047) turned into text; those that are broken stay as they are."""
    if "=?" not in value:
        return value
    out: list[str] = []
    place, held, held_label = 0, b"", ""
    for match in _WORD.finditer(value):
        between = value[place : match.start()]
        label = match[1].lower()
        raw = _word_bytes(match[2].lower(), match[3])
        if raw is None:
            continue
        if held and (label != held_label or between.strip()):
            out.append(decode(held, held_label))
            held = b""
        if between.strip() or (between and not held and not out):
            out.append(between)
        held, held_label = held + raw, label
        place = match.end()
    if held:
        out.append(decode(held, held_label))
    return "".join(out) + value[place:]


def _word_bytes(kind: str, text: str) -> bytes | None:
    data = text.encode("utf-8", "replace")
    try:
        if kind == "q":
            return quopri.decodestring(data.replace(b"_", b"=20"))
        return base64.b64decode(re.sub(rb"[^A-Za-z0-9+/]", b"", data) + b"==")
    except (binascii.Error, ValueError):
        return None


def text(value: str | None) -> str:
    """A header for people, on one line ("" where it is absent)."""
    return one_line(decoded(unescaped(value))) if value else ""


def addresses(values: list[str]) -> tuple[Address, ...]:
    """The mailboxes of all headers of one name, group names and rubbish left out."""
    result = []
    for value in values:
        raw = " ".join(unescaped(value).split())
        try:
            pairs = getaddresses([raw])
        except (RecursionError, ValueError, IndexError, TypeError, AttributeError):
            pairs = []
        found = [(name, mail) for name, mail in pairs if "@" in mail]
        if not found:
            # a comma or a bracket too many, or the stricter parsers of newer Pythons, which give up on the whole
            found = _by_hand(raw)
        result += [Address(one_line(decoded(name)).strip("\"' "), one_line(mail).lower()) for name, mail in found]
    return tuple(dict.fromkeys(result))


def _by_hand(raw: str) -> list[tuple[str, str]]:
    found, place = [], 0
    for match in _MAILBOX.finditer(raw):
        name = raw[place : match.start()].strip(" ,;<>\"'")
        found.append((name, match[0]))
        place = match.end()
    if not found and raw.strip():
        return [(raw.strip(" <>\"'"), "")]
    return found


def ids(values: list[str]) -> tuple[str, ...]:
    """Message ids in their angle brackets; a lone id without brackets gets them."""
    found: list[str] = []
    for value in values:
        raw = one_line(unescaped(value))
        matches = _ID.findall(raw)
        if not matches and raw and " " not in raw:
            matches = [f"<{raw.strip('<>')}>"]
        found += matches
    return tuple(dict.fromkeys(found))


def date(value: str | None) -> datetime | None:
    """A date that knows its zone (UTC where none is told), None where it cannot be read."""
    if not value:
        return None
    try:
        moment = parsedate_to_datetime(one_line(unescaped(value))[:200])
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        moment.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError, AttributeError):
        return None
    return moment


def is_automatic(values: Mapping[str, str]) -> bool:
    """Whether a machine has sent it (RFC 3834, and what programs did before that)."""
    submitted = values.get("auto-submitted", "no").partition(";")[0].strip().lower()
    precedence = values.get("precedence", "").strip().lower()
    return (
        submitted not in ("", "no")
        or precedence in ("auto_reply", "auto-reply")
        or not values.keys().isdisjoint(_AUTOMATIC)
        or "multipart/report" in values.get("content-type", "").lower()
    )
