"""Which words in capitals are acronyms, and which acronyms a client knows."""

import pytest
from conftest import linter_for

from replylint.language.acronyms import acronym_in, inflected


def found(text: str, language: str = "en", original: str | None = None) -> list[str]:
    linter = linter_for(f'{{"select": ["unexplained-acronym"], "language": "{language}"}}')
    return [text[d.span.start : d.span.end] for d in linter.check(text, original).diagnostics]


@pytest.mark.parametrize(
    ("form", "expected"),
    [
        ("SLA", "SLA"),
        ("SLAs", "SLA"),
        ("SLA-de", "SLA"),
        ("QR-code", "QR"),
        ("Sla", None),
        ("iPhone", None),
        ("X", None),
    ],
)
def test_shape(form: str, expected: str | None) -> None:
    assert acronym_in(form, ("s",)) == expected


def test_an_inflected_acronym_is_the_same_word() -> None:
    assert inflected("ЕГРНом", "ru") == "егрн"
    assert inflected("DPA-ga", "et") == "dpa"
    assert inflected("QR-код", "ru") is None
    assert found("Saatke DPA-le allkiri.", "et", "Kus on teie DPAga leping?") == []


def test_a_term_of_jargon_is_left_to_that_rule() -> None:
    text = "The SLAs say four hours, and the QZKs too."
    assert found(text) == ["QZKs"]


def test_a_name_in_the_signature_is_ours() -> None:
    assert found("Hello Tim,\n\nRKL will call you.\n\nKind regards,\nIda Ross\nRKL Logistics\n+372 555 1234") == []
