"""Outlook's .msg files, by way of python-oxmsg (MIT), which need not be installed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC
from importlib import import_module
from typing import Any

from replylint.mail import headers
from replylint.mail.html import to_text
from replylint.mail.message import Address, Message
from replylint.mail.shown import one_line, shown

#: The first bytes of the container that .msg files are (old Office documents are too).
MAGIC = b"\xd0\xcf\x11\xe0"


class NoReaderError(Exception):
    """python-oxmsg is not installed, or the file is no message; the text says which."""


def parse(data: bytes, path: str) -> Message:
    """A message from the bytes of a .msg file. Raises NoReaderError and nothing else."""
    try:
        oxmsg = import_module("oxmsg")
    except ImportError:
        raise NoReaderError("is an Outlook message; to read those, pip install python-oxmsg") from None
    try:
        return _convert(oxmsg.Message.load(data), path)
    except Exception as fault:  # whatever a broken container makes the library raise
        raise NoReaderError(f"cannot be read as an Outlook message ({type(fault).__name__})") from None


def _convert(mail: Any, path: str) -> Message:
    raw = {name.lower(): value for name, value in mail.message_headers.items()}
    people = {name: headers.addresses([raw[name]]) for name in ("from", "to", "cc", "reply-to") if raw.get(name)}
    if "to" not in people:
        people["to"] = tuple(Address(one_line(r.name or ""), (r.email_address or "").lower()) for r in mail.recipients)
    plain = mail.body or ""
    rendered = to_text(mail.html_body or "") if not plain.strip() else None
    message = Message(
        rendered.text if rendered else shown(plain)[0],
        marked=rendered.marked if rendered else (),
        message_id=next(iter(headers.ids([raw.get("message-id", "")])), ""),
        in_reply_to=headers.ids([raw.get("in-reply-to", "")]),
        references=headers.ids([raw.get("references", "")]),
        from_=people.get("from") or headers.addresses([mail.sender or ""]),
        to=people["to"],
        cc=people.get("cc", ()),
        reply_to=people.get("reply-to", ()),
        subject=one_line(mail.subject or ""),
        attachments=tuple(one_line(part.file_name or "unnamed") for part in mail.attachments),
        path=path,
    )
    sent = headers.date(raw.get("date")) or mail.sent_date
    return replace(message, date=sent if sent is None or sent.tzinfo else sent.replace(tzinfo=UTC))
