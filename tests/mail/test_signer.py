"""Who signs: persons, not teams or firms."""

import pytest

from replylint.mail.message import Message
from replylint.mail.signer import names_person, opens_with_name
from replylint.mail.zones import zones

TEXT = "Hello,\n\nThe parcel left our warehouse this morning.\n\n"


def signed(end: str) -> bool:
    message = Message(body=TEXT + end)
    return names_person(message, zones(message))


@pytest.mark.parametrize(
    "end",
    [
        "Kind regards,\nOwen Pike",
        "Cheers,\nJo x",
        "Regards,\nQuillon",
        "L.",
        "Best wishes,\nRana Voss | Head of Support",
        "Kind regards,\n{{agent.name}}",
        "Regards,\nSupport Team\nOwen",
        "С уважением,\nГлавный специалист П. П. Ковтун",
        "С уважением,\nдиспетчер Горина",
        "Лариса Котова,\nгруппа урегулирования",
        "З повагою,\nІнженер дільниці\nР. Міщук",
        "Гарного дня!\nСоломія, «Мавка»",
        "«Кавказ Рент», Тамуна",
        "Lugupidamisega\nMaire Toom\nABC OÜ",
        "Целую, Люба, «Грядка»",
    ],
)
def test_person(end: str) -> None:
    assert signed(end)


@pytest.mark.parametrize(
    "end",
    [
        "",
        "Kind regards,\nThe Support Team",
        "Kind regards,\nCustomer Care",
        "Regards,\nReception, Northgate Imaging",
        "Sent from my iPhone",
        "С уважением,\nслужба поддержки «Облачко»",
        "З повагою, ваш банк",
        "Майстерня «Піксель»",
        "Lugupidamisega\nKlienditugi",
        "Lugupidamisega\nTael Tõlked OÜ",
    ],
)
def test_nobody(end: str) -> None:
    assert not signed(end)


def test_text_that_opens_with_a_name() -> None:
    assert opens_with_name("Олено, вибачте за мовчання.")
    assert opens_with_name("Олено Юріївно, мені соромно.")
    assert not opens_with_name("Yes, it left this morning.")
    assert not opens_with_name("The order of Olga, which you ask for, has left.")
