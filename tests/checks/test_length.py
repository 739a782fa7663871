"""How long sentences and paragraphs may be, and how hard to read a text."""

from conftest import linter_for

from replylint.checks.readability import syllables
from replylint.language.lexicon import Syllables


def found(rule: str, text: str, options: str = "{}", language: str = "en") -> list[str]:
    linter = linter_for(f'{{"select": ["{rule}"], "language": "{language}", "rules": {{"{rule}": {options}}}}}')
    return [text[d.span.start : d.span.end] for d in linter.check(text).diagnostics]


def test_the_limit_is_an_option_for_all_languages_or_for_one() -> None:
    text = "We will send the new key to your sister on Monday."
    assert found("long-sentence", text) == []
    assert found("long-sentence", text, '{"words": 10}') == [text]
    assert found("long-sentence", text, '{"words": {"en": 10}}') == [text]
    assert found("long-sentence", text, '{"words": {"et": 10}}') == []


def test_links_and_placeholders_are_no_words() -> None:
    text = "See https://shop.example/a/b and {{ticket.id}} now."
    assert found("long-sentence", text, '{"words": 3}') == []


def test_a_number_with_its_case_ending_ends_a_sentence() -> None:
    text = "Tuppa saab alates kella 15st. Väike koer ei ole probleem."
    assert found("long-sentence", text, '{"words": 5}', "et") == []


def test_a_language_without_a_measure_is_not_run() -> None:
    linter = linter_for('{"select": ["hard-to-read"], "language": "et"}')
    assert [n.rule for n in linter.check("Tere, kõik on valmis.").not_run] == ["hard-to-read"]


def test_syllables() -> None:
    english = Syllables(groups=True, silent=("e",))
    assert [syllables(word, "aeiouy", english) for word in ("cat", "house", "reading", "rhythm", "the")] == [
        1,
        1,
        2,
        1,
        1,
    ]
    assert [syllables(word, "аеёиоуыэюя", Syllables()) for word in ("мы", "заявление", "в")] == [1, 5, 1]
