"""What the client has told: in an earlier mail, in the subject, in the signature."""

from __future__ import annotations

import json

from conftest import linter_for

from replylint.mail.message import Address, Message

LINTER = linter_for(json.dumps({"select": ["asked-already"], "language": "en"}))
CLIENT = (Address("Ann Moss", "ann@client.example"),)
REPLY = Message("Dear Ann,\n\nPlease tell us your order number and your phone number.\n\nTom")


def told(original: Message, history: tuple[Message, ...] = ()) -> list[str]:
    return [
        d.message.split("told already: ")[1].split(". Use")[0]
        for d in LINTER.check(REPLY, original, history).diagnostics
    ]


def test_in_an_earlier_mail() -> None:
    first = Message("Hello, my order 48213 is late.\n\nAnn", from_=CLIENT)
    assert told(Message("Any news?\n\nAnn", from_=CLIENT), (first,)) == ["“my order 48213”"]


def test_not_in_our_own_mail() -> None:
    ours = Message("Dear Ann, is it about your order 48213?\n\nTom", from_=(Address("Tom", "tom@ours.example"),))
    reply = Message(REPLY.body, from_=(Address("Tom", "tom@ours.example"),))
    assert LINTER.check(reply, Message("Any news?\n\nAnn", from_=CLIENT), (ours,)).diagnostics == ()


def test_in_the_subject() -> None:
    assert told(Message("Any news?\n\nAnn", subject="Order 48213")) == ["“Order 48213”"]


def test_in_the_signature() -> None:
    assert told(Message("Any news about the chairs?\n\n-- \nAnn Moss\nTel. +372 5123 4567")) == ["“+372 5123 4567”"]


def test_what_was_told_in_two_ways_is_unclear() -> None:
    assert told(Message("My order 48213 is late, and so is my order 48340.\n\nAnn")) == []
