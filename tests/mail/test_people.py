"""Who is who among addresses: one mailbox, one person, one house; who we are; and who reads nothing."""

from __future__ import annotations

import pytest

from replylint.config import Config
from replylint.mail.message import Address, Message
from replylint.mail.people import Us, mailboxes, same_house, same_person


def people(*texts: str) -> tuple[Address, ...]:
    from replylint.mail.headers import addresses

    return addresses([", ".join(texts)])


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("dana@reyes.example", "DANA+bills@reyes.example"),
        ("d.ana@gmail.com", "dana@googlemail.com"),
        ("anna@ya.ru", "anna@yandex.ru"),
        ("Dana Reyes <dana@work.example>", '"Reyes, Dana" <dr77@home.example>'),
        ("dana.reyes@work.example", "dana.reyes@home.example"),
    ],
)
def test_one_person(one: str, other: str) -> None:
    assert same_person(*people(one), *people(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("info@one.example", "info@two.example"),
        ("Dana <dana@one.example>", "Dana <dana@two.example>"),
        ("Books <books@one.example>", "Dana <dana@one.example>"),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert not same_person(*people(one), *people(other))


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("no-reply@shop.example", True),
        ("noreply+ab12@shop.example", True),
        ("order-notifications@shop.example", True),
        ("users@lists.shop.example", True),
        ("club@googlegroups.com", True),
        ("botanika@shop.example", False),
        ("dana@shop.example", False),
        ("info@shop.example", False),
    ],
)
def test_nobody_reads(address: str, expected: bool) -> None:
    assert mailboxes().is_automatic(address) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("acmegroup.ee", "mail.acmegroup.ee", True),
        ("acmegroup.ee", "acmegroup.lv", True),
        ("acme.co.uk", "other.co.uk", False),
        ("acme.ee", "acne.ee", False),
        ("", "", False),
    ],
)
def test_houses(one: str, other: str, expected: bool) -> None:
    assert same_house(one, other) is expected


def test_we_are_the_reply_s_sender_and_his_house() -> None:
    us = Us(Config(), Message("", from_=people("tom@ours.example")))
    assert us.include("piret@ours.example")
    assert not us.include("dana@client.example")


def test_free_mail_is_no_house() -> None:
    us = Us(Config(), Message("", from_=people("tom@gmail.com")))
    assert us.include("t.o.m+work@gmail.com")
    assert not us.include("dana@gmail.com")


def test_the_config_says_who_we_are() -> None:
    us = Us(Config(us=("@ours.example",)), Message("", from_=people("tom@agency.example")))
    assert us.include("tom@agency.example")
    assert us.include("piret@ours.example")
    assert not us.include("client@agency.example")


def test_the_only_address_that_a_client_wrote_to_is_ours() -> None:
    original = Message("", from_=people("dana@client.example"), to=people("desk@brand.example"))
    assert Us(Config(), Message("", from_=people("tom@helpdesk.example")), original).include("desk@brand.example")
