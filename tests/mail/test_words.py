"""The words of mails are data: strict, without doubles, and enough of them in every language."""

from collections import Counter

import pytest

from replylint.language.lexicon import FOLDER, MailWords
from replylint.mail.words import fold, load, tokens, words

OWN = sorted(path.parent.name for path in FOLDER.glob("*/mail.yaml"))


@pytest.mark.parametrize("code", OWN)
def test_no_entry_stands_twice(code: str) -> None:
    for name in MailWords.model_fields:
        entries = getattr(load()[code], name)
        if not isinstance(entries, dict):
            twice = [entry for entry, count in Counter(map(fold, entries)).items() if count > 1]
            assert not twice, name


@pytest.mark.parametrize("code", OWN)
def test_every_part_is_filled(code: str) -> None:
    known = load()[code]
    assert {"from", "to", "cc", "date", "subject"} <= set(known.header_labels)
    assert len(known.months) == 12
    for name in MailWords.model_fields:
        assert getattr(known, name), name


def test_phrases_match_whatever_the_case_and_the_apostrophe() -> None:
    for text in ("KIND regards,", "С уваже́нием".replace("\u0301", ""), "доброго здоров’я", "Lugupidamisega"):
        known = words()
        assert known.closings.at(text, tokens(text)) or known.greetings.at(text, tokens(text))


def test_months_are_known_in_any_form() -> None:
    assert [words().month(word) for word in ("марта", "мая", "травня", "märts", "Sept", "juuni", "nothing")] == [
        3,
        5,
        5,
        3,
        9,
        6,
        0,
    ]
