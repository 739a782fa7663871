"""A long mail takes longer in proportion to its length, and no more."""

import time

from replylint import Config, Linter

MAIL = (
    "Hello Ann,\n\nOur designer is ill. Please confirm the date. What size do you need? When can you come and how much "
    'is it? PLEASE PAY 40 EUR NOW!!! It is said "to be ready" (ASAP).\n\nKind regards,\nBob\n\n'
    + "we can deliver the chair and could you send it and how much is it and " * 3
    + "\n\n"
)


def seconds(linter: Linter, text: str) -> float:
    start = time.process_time()
    linter.check(text)
    return time.process_time() - start


def test_the_time_grows_with_the_length() -> None:
    linter = Linter(Config(preset="all"))
    linter.check(MAIL)
    short = min(seconds(linter, MAIL * 10) for _ in range(2))
    # what grows with the square takes 144 times as long
    assert seconds(linter, MAIL * 120) < 40 * short


def test_a_word_without_end_is_read_once() -> None:
    linter = Linter(Config(preset="all"))
    linter.check("a" * 100)
    assert seconds(linter, "a" * 100_000 + " _" + "_" * 100_000 + "(" * 20_000) < 20
