"""Which mails only confirm receipt, and which only thank."""

from __future__ import annotations

import pytest
from conftest import linter_for

from replylint.dialogue.kind import only_thanks
from replylint.mail.message import Message


@pytest.mark.parametrize(
    "text",
    [
        "Dear Dana,\n\nWe have received your message and will get back to you soon.\n\nAnna\n",
        "Здравствуйте!\n\nМы получили ваше письмо и ответим в ближайшее время.\n\nАнна",
        "Добрий день!\n\nМи отримали ваш лист і відповімо найближчим часом.\n\nАнна",
        "Tere!\n\nSaime Teie kirja kätte ja vastame esimesel võimalusel.\n\nAnna",
    ],
)
def test_mails_that_only_confirm_receipt(text: str) -> None:
    assert linter_for("{}").check(text).kind == "acknowledgement"


def thanks(text: str, language: str) -> bool:
    letter = linter_for("{}").reader.letter(Message(text), language)
    assert letter.language == language
    return only_thanks(letter.doc, letter.asks)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thank you Anna, that's really helpful."),
        ("en", "Thanks for letting me know."),
        ("ru", "Спасибо, Анна, вы очень помогли."),
        ("ru", "Хорошо, тогда жду курьера завтра."),
        ("uk", "Зрозумів, дякую за оперативність."),
        ("et", "Aitäh, kõik jõudis tervena kohale."),
    ],
)
def test_mails_that_only_thank(language: str, text: str) -> None:
    assert thanks(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Thanks, the second chair arrived with a scratch."),
        ("en", "Thank you. And the invoice?"),
        ("ru", "Спасибо. Код не работает."),
        ("uk", "Дякую, але розмір не той."),
        ("et", "Aitäh. Kood ei tööta."),
    ],
)
def test_mails_that_thank_and_want_more(language: str, text: str) -> None:
    assert not thanks(text, language)
