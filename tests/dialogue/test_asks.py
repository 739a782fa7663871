"""What is asked: each line of asks.yaml is a client's message, with its asks in brackets."""

from pathlib import Path

import pytest
import yaml

from replylint.dialogue.asks import find_asks
from replylint.language.phrases import Phrasebook
from replylint.language.pipeline import analyse
from replylint.mail.message import Message
from replylint.mail.zones import zones

LINES: dict[str, list[str]] = yaml.safe_load((Path(__file__).parent / "asks.yaml").read_text(encoding="utf-8"))


def asked(language: str, text: str) -> list[str]:
    message = Message(text)
    doc = analyse(message.body, zones(message), Phrasebook(language))
    return [message.body[ask.span.start : ask.span.end].strip(" .?!,") for ask in find_asks(doc)]


@pytest.mark.parametrize(("language", "line"), [(code, line) for code, lines in LINES.items() for line in lines])
def test_asks(language: str, line: str) -> None:
    wanted = [part.split("]")[0].strip(" .?!,") for part in line.split("[")[1:]]
    assert asked(language, line.replace("[", "").replace("]", "")) == wanted


@pytest.mark.parametrize(
    ("language", "text", "wants", "not_"),
    [
        ("en", "Is breakfast in that price?", "asks-included", "asks-price"),
        ("en", "Have you received my letter?", "asks-done", "asks-link"),
        ("en", "Can you move the date?", "asks-may", "asks-when"),
        ("en", "How much is the room?", "asks-price", "asks-when"),
        ("ru", "Во сколько обойдётся ремонт?", "asks-price", "asks-when"),
        ("ru", "Во сколько вы открываетесь?", "asks-when", "asks-price"),
        ("ru", "Нужен ли чек?", "asks-must", "asks-link"),
        ("ru", "Входит ли завтрак в цену?", "asks-included", "asks-price"),
        ("ru", "Сколько стоит справка?", "asks-price", "asks-how-many"),
        ("uk", "Скільки коштує довідка?", "asks-price", "asks-link"),
        ("uk", "Чи потрібен чек?", "asks-must", "asks-link"),
        ("uk", "Який у вас телефон?", "asks-contact", "asks-price"),
        ("et", "Kas meil on vaja passi?", "asks-must", "asks-contact"),
        ("et", "Kas hommikusöök on hinna sees?", "asks-included", "asks-price"),
        ("et", "Kui palju see maksab?", "asks-price", "asks-how-many"),
        ("et", "Kuidas saab maksta?", "asks-how", "asks-link"),
        ("et", "Kas parkida saab?", "asks-may", "asks-where"),
        ("et", "Mis number teil on?", "asks-contact", "asks-price"),
    ],
)
def test_what_a_good_answer_must_hold(language: str, text: str, wants: str, not_: str) -> None:
    message = Message(text)
    (ask,) = find_asks(analyse(message.body, zones(message), Phrasebook(language)))
    assert wants in ask.expects
    assert not_ not in ask.expects
