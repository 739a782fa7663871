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
