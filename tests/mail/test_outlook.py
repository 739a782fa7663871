"""Outlook's .msg files. The library is not needed: a stand-in has its shape."""

import sys
from datetime import UTC, datetime
from types import ModuleType, SimpleNamespace

import pytest

from replylint.mail.message import Address
from replylint.mail.read import ReadError, read_bytes

DATA = b"\xd0\xcf\x11\xe0 and so on"


def library(monkeypatch: pytest.MonkeyPatch, load: object) -> None:
    module = ModuleType("oxmsg")
    module.Message = SimpleNamespace(load=load)  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "oxmsg", module)


def test_a_message_of_outlook(monkeypatch: pytest.MonkeyPatch) -> None:
    mail = SimpleNamespace(
        message_headers={"From": "Dana <Dana@client.example>", "Message-ID": "<1@x>"},
        recipients=[SimpleNamespace(name="Help", email_address="help@ours.example")],
        body="",
        html_body="<p>Where is it?</p>",
        sender=None,
        subject="Order",
        sent_date=datetime(2026, 3, 2, 10),
        attachments=[SimpleNamespace(file_name="a.pdf")],
    )
    library(monkeypatch, lambda data: mail)
    message = read_bytes(DATA, "mail.msg")
    assert message.body == "Where is it?"
    assert message.from_ == (Address("Dana", "dana@client.example"),)
    assert message.to == (Address("Help", "help@ours.example"),)
    assert (message.message_id, message.subject, message.attachments) == ("<1@x>", "Order", ("a.pdf",))
    assert message.date == datetime(2026, 3, 2, 10, tzinfo=UTC)


def test_a_broken_one_or_no_library_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def load(data: bytes) -> None:
        raise ValueError("no")

    library(monkeypatch, load)
    with pytest.raises(ReadError, match="cannot be read as an Outlook message"):
        read_bytes(DATA)
    monkeypatch.setitem(sys.modules, "oxmsg", None)
    with pytest.raises(ReadError, match="pip install python-oxmsg"):
        read_bytes(DATA)
