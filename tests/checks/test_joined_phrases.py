"""Phrases that are joined, and what they are mended to."""

from conftest import linter_for

LINTER = linter_for('{"select": ["officialese"], "language": "en"}')


def mended(text: str) -> str:
    for diagnostic in LINTER.check(text).diagnostics:
        assert diagnostic.fix is not None
        for edit in diagnostic.fix.edits[::-1]:
            text = text[: edit.span.start] + edit.replacement + text[edit.span.end :]
    return text


def test_formulas_of_one_clause_are_one_match() -> None:
    text = "Please be advised that, pursuant to the rules, dogs stay out. Herewith the bill."
    found = [text[d.span.start : d.span.end] for d in LINTER.check(text).diagnostics]
    assert found == ["Please be advised that, pursuant to", "Herewith"]


def test_a_plain_word_takes_the_place_of_a_phrase_in_its_dictionary_form() -> None:
    assert mended("Prior to the visit we call you.") == "Before the visit we call you."
    assert mended("We paid more due to the fact that it rained.") == "We paid more because it rained."


def test_what_would_not_fit_is_no_fix() -> None:
    (found,) = LINTER.check("Your parcel was lost, pursuant to rule 4.").diagnostics
    assert found.fix is None
    assert "under" in found.message
