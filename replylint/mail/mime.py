"""A mail's bytes to a Message: headers, the part to show, attachments by name.

The standard parser is used with its oldest policy, which keeps raw values and raises on nothing; newer policies parse
headers while they are read and raise on broken ones.
"""

from __future__ import annotations

import email
import mimetypes
from dataclasses import dataclass, field, replace
from email.message import Message as Part

from replylint.mail import headers
from replylint.mail.charset import decode
from replylint.mail.html import Rendered, to_text
from replylint.mail.message import Block, Message, OffsetMap
from replylint.mail.shown import neutral, one_line, shown, unflowed
from replylint.mail.words import tokens, words

#: Parts beyond this number are not looked at: nobody sends them, but a bomb does.
_MOST_PARTS = 1000


class TooDeepError(Exception):
    """Parts are nested more deeply than any mail program does."""


@dataclass
class _Found:
    """What a walk through the parts has found."""

    plain: list[Part] = field(default_factory=list)
    html: list[Part] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    embedded: list[str] = field(default_factory=list)


def parse(data: bytes, path: str) -> Message:
    """A mail from its bytes. Raises TooDeepError, and nothing else."""
    try:
        mail = email.message_from_bytes(data)
        found = _walk(mail)
    except RecursionError:
        raise TooDeepError from None
    message = _head(mail, path)
    body, source, marked = _body(found, data)
    # the lines of rendered HTML are no lines of the file
    first = _first_line(data, source) if found.plain and any(_text(part).strip() for part in found.plain) else 0
    return replace(
        message,
        body=body,
        source=source,
        marked=marked,
        first_line=first,
        attachments=tuple(found.names),
        embedded=tuple(found.embedded),
    )


def _head(mail: Part, path: str) -> Message:
    values: dict[str, list[str]] = {}
    for name, value in mail.raw_items():
        values.setdefault(str(name).lower(), []).append(str(value))

    def one(name: str) -> str | None:
        return next(iter(values.get(name, ())), None)

    subject = one("subject")
    return Message(
        body="",
        message_id=next(iter(headers.ids(values.get("message-id", []))), ""),
        in_reply_to=headers.ids(values.get("in-reply-to", [])),
        references=headers.ids(values.get("references", [])),
        from_=headers.addresses(values.get("from", [])),
        to=headers.addresses(values.get("to", [])),
        cc=headers.addresses(values.get("cc", [])),
        reply_to=headers.addresses(values.get("reply-to", [])),
        subject=None if subject is None else headers.text(subject),
        date=headers.date(one("date")),
        automatic=headers.is_automatic({name: one(name) or "" for name in values}),
        path=path,
    )


def _walk(mail: Part) -> _Found:
    """Text parts in the order they are shown, and the names of the attachments, without recursion."""
    found = _Found()
    stack: list[tuple[Part, bool]] = [(mail, False)]
    seen = 0
    while stack and seen < _MOST_PARTS:
        part, embedded = stack.pop()
        seen += 1
        kind = part.get_content_type()
        children = part.get_payload() if part.is_multipart() else None
        if kind == "message/rfc822" and isinstance(children, list):
            inner = children[0] if children and isinstance(children[0], Part) else None
            subject = headers.text(str(inner.get("subject") or "")) if inner is not None else ""
            found.names.append(_name(part) or (f"{subject}.eml" if subject else "message.eml"))
            if inner is not None and not found.plain and not found.html and not stack:
                stack.append((inner, True))  # nothing but a forwarded mail: show that
        elif isinstance(children, list):
            if kind == "multipart/alternative":
                _alternative([child for child in children if isinstance(child, Part)], stack, embedded)
            else:
                stack += [(child, embedded) for child in reversed(children) if isinstance(child, Part)]
        elif kind in ("text/plain", "text/html") and _inline(part):
            (found.html if kind == "text/html" else found.plain).append(part)
        elif part.get("content-id") is None or _disposition(part) == "attachment":
            found.names.append(_name(part) or f"unnamed{mimetypes.guess_extension(kind) or ''}")
        else:
            found.embedded.append(_name(part) or f"unnamed{mimetypes.guess_extension(kind) or ''}")
    return found


def _alternative(children: list[Part], stack: list[tuple[Part, bool]], embedded: bool) -> None:
    """Of alternatives take the plain one, unless it is empty or only says that the mail is in HTML."""
    plain = [part for part in children if part.get_content_type() == "text/plain"]
    rest = [part for part in children if part.get_content_type() != "text/plain"]
    useful = [part for part in plain if not _is_stub(_text(part))] if rest else plain
    chosen = useful[:1] + [part for part in rest if not _shows_text(part)] if useful else rest or plain
    stack += [(part, embedded) for part in reversed(chosen)]


def _shows_text(part: Part) -> bool:
    """Whether a part is, or holds, another rendering of the text (calendars and the like are no rendering)."""
    return part.get_content_maintype() == "text" or part.get_content_type() in ("multipart/related", "multipart/mixed")


def _is_stub(text: str) -> bool:
    stripped = text.strip()
    if len(stripped) > 400 or not stripped:
        return not stripped
    known = words().html_stubs
    return any(known.inside(line, tokens(line)) for line in stripped.split("\n"))


def _inline(part: Part) -> bool:
    return _disposition(part) != "attachment" and not _name(part)


def _disposition(part: Part) -> str:
    value = str(part.get("content-disposition") or "")
    return value.partition(";")[0].strip().lower()


def _name(part: Part) -> str:
    try:
        name = part.get_filename() or ""
    except (ValueError, TypeError, LookupError, AttributeError, UnicodeError):
        name = ""
    return one_line(headers.decoded(headers.unescaped(name))).replace("/", "_").replace("\\", "_")[:255]


def _label(part: Part) -> str:
    try:
        return str(part.get_param("charset") or "") if not isinstance(part.get_param("charset"), tuple) else ""
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""


def _parameter(part: Part, name: str) -> str:
    try:
        return str(part.get_param(name) or "").lower()
    except (ValueError, TypeError, LookupError, AttributeError):
        return ""


def _text(part: Part) -> str:
    """The decoded text of a text part, whatever is wrong with its encoding."""
    try:
        raw = part.get_payload(decode=True)
    except (ValueError, TypeError, LookupError, AssertionError):
        raw = None
    if not isinstance(raw, bytes):
        payload = part.get_payload()
        raw = payload.encode("utf-8", "surrogateescape") if isinstance(payload, str) else b""
    return decode(raw, _label(part))


def _body(found: _Found, data: bytes) -> tuple[str, OffsetMap, tuple[Block, ...]]:
    """Shown text, map and marks of the parts to show: all plain ones, or all HTML ones where there is no plain text."""
    if (found.plain and any(_text(part).strip() for part in found.plain)) or not found.html:
        if len(found.plain) == 1:
            part = found.plain[0]
            body, source = _plain(part, data)
            if _parameter(part, "format") == "flowed":
                body, source = unflowed(body, source, _parameter(part, "delsp") == "yes")
            return body, source, ()
        return neutral("\n".join(_ended(shown(_text(part))[0]) for part in found.plain)), OffsetMap(), ()
    if len(found.html) == 1:
        rendered = _html(found.html[0], data)
        return rendered.text, rendered.source, rendered.marked
    return to_text("\n".join(_text(part) for part in found.html)).text, OffsetMap(), ()


def _ended(text: str) -> str:
    return text.rstrip("\n") + "\n"


def _plain(part: Part, data: bytes) -> tuple[str, OffsetMap]:
    text = _text(part)
    place = _place(part, text, data)
    return shown(text, place) if place >= 0 else (shown(text)[0], OffsetMap())


def _html(part: Part, data: bytes) -> Rendered:
    """An HTML part with its map into the file, where it stands there as it is."""
    text = _text(part)
    rendered, place = to_text(text), _place(part, text, data)
    runs = rendered.source.runs if place >= 0 else ()
    return replace(rendered, source=OffsetMap(tuple((at, start + place, length) for at, start, length in runs)))


def _place(part: Part, text: str, data: bytes) -> int:
    """Where the text of a part stands in the file, in characters; -1 where it is encoded there, or stands twice."""
    encoding = str(part.get("content-transfer-encoding") or "").strip().lower()
    if encoding not in ("", "7bit", "8bit", "binary") or not text:
        return -1
    try:
        file = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return -1
    # the parser gives the part as it stands, so it is found as it stands; twice would be ambiguous
    place = file.find(text, _end_of_head(file))
    return place if place >= 0 and file.find(text, place + 1) < 0 else -1


def _end_of_head(file: str) -> int:
    ends = [place for place in (file.find("\n\n"), file.find("\n\r\n"), file.find("\r\r")) if place >= 0]
    return min(ends, default=0)


def _first_line(data: bytes, source: OffsetMap) -> int:
    if not source.runs:
        return 0
    start = source.runs[0][1]
    head = data.decode("utf-8-sig", "replace")[:start]
    return head.count("\n") + 1 if "\n" in head else head.count("\r") + 1
