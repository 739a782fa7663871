"""Text → tokens: what is one token, of which kind; and what holds of the tokens of any text."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from replylint.language.phrases import Phrasebook, token_options
from replylint.language.pipeline import analyse_plain
from replylint.language.tokens import norm, tokens

KINDS = {"w": "word", "n": "number", "d": "day", "c": "clock", "u": "url", "e": "email", "f": "file",
         "p": "placeholder", "s": "sign", "j": "emoji", "o": "dots", ".": "punct"}  # fmt: skip


def cut(text: str, code: str = "en") -> list[tuple[str, str]]:
    return [(text[t.start : t.end], t.kind) for t in tokens(text, 0, len(text), token_options(code))]


@pytest.mark.parametrize(
    ("code", "text", "wanted"),
    [
        ("en", "don't we’re client's", "do/w n't/w we/w ’re/w client/w 's/w"),
        ("en", "e-mail follow‑up", "e-mail/w follow‑up/w"),
        ("ru", "по-прежнему", "по-прежнему/w"),
        ("uk", "п'ять комп’ютер", "п'ять/w комп’ютер/w"),
        ("en", "the 14th at 9am, 15kg", "the/w 14th/n at/w 9/n am/w ,/. 15/n kg/w"),
        ("en", "15minutes 5-day 24/7 A4", "15/n minutes/w 5/n -/. day/w 24/7/n A4/w"),
        ("en", "12ab34 EE38 3D", "12ab34/w EE38/w 3/n D/w"),
        ("ru", "21-го 5-й 3м 10-ти", "21-го/n 5-й/n 3/n м/w 10-ти/n"),
        ("et", "10-ks 5-l 3m", "10-ks/n 5-l/n 3/n m/w"),
        ("en", "€3,180.50 3.90 € 1 850 ₽", "€/s 3,180.50/n 3.90/n €/s 1 850/n ₽/s"),
        ("ru", "1\u00a0850 № 5 №5 5% 20°", "1\u00a0850/n №/s 5/n №/s 5/n 5/n %/s 20/n °/s"),
        ("et", "kl 9.40 9.40-11.20 10:30", "kl/w 9.40/n 9.40/n -/. 11.20/n 10:30/c"),
        ("en", "2026-03-05 14.03.2026 5/3 5/3/2026", "2026-03-05/d 14.03.2026/d 5/3/d 5/3/2026/d"),
        ("en", "e.g. e. g. p.m. U.S.", "e.g./w e. g./w p.m./w U.S./w"),
        ("ru", "т. е. и т. д. т.п.", "т. е./w и/w т. д./w т.п./w"),
        ("en", "see https://a.example/x?y=1). ok", "see/w https://a.example/x?y=1/u )/. ./. ok/w"),
        ("en", "(www.a.example)", "(/. www.a.example/u )/."),
        ("en", "shop.example. me@a.example,", "shop.example/u ./. me@a.example/e ,/."),
        ("en", "a_b.v2.pdf, x.tar.zip", "a_b.v2.pdf/f ,/. x.tar.zip/f"),
        ("en", "{{name}}, %NAME% [CLIENT NAME] <first name>", "{{name}}/p ,/. %NAME%/p [CLIENT NAME]/p <first name>/p"),
        ("en", "_so_ **so** snake_case", "_/. so/w _/. */. */. so/w */. */. snake_case/w"),
        ("en", ":) ;-) )) 😀 ... … ?!", ":)/j ;-)/j ))/j 😀/j .../o …/o ?/. !/."),
        ("ru", "за\u0301мок сло\u200bво", "за\u0301мок/w сло\u200bво/w"),
    ],
)  # fmt: skip
def test_what_is_one_token(code: str, text: str, wanted: str) -> None:
    assert [f"{form}/{kind}" for form, kind in cut(text, code)] == [
        f"{form}/{KINDS[kind]}" for form, kind in (entry.rsplit("/", 1) for entry in _entries(wanted))
    ]


def _entries(wanted: str) -> list[str]:
    """Entries are apart by a space after /x: forms hold spaces too."""
    result, rest = [], ""
    for part in wanted.split(" "):
        rest = f"{rest} {part}" if rest else part
        if len(rest) > 2 and rest[-2] == "/" and rest[-1] in KINDS:
            result.append(rest)
            rest = ""
    return result


def test_forms_are_folded_composed_and_bare() -> None:
    assert norm("Ё’‑А") == "е'-а"
    assert norm("за\u0301мок") == "замок"
    assert norm("Й".casefold()) == norm("и\u0306") == "й"
    assert norm("o\u0303") == "õ"
    assert norm("сло\u200bво\u00ad") == "слово"
    assert norm("т. е.") == "т.е."
    assert norm("1\u00a0850") == "1850"
    assert norm("—") == "—"


def test_unseen_characters_alone_are_no_tokens() -> None:
    assert cut("\u200b \u00ad\ufeff \u0301") == []


def test_marks_have_one_key_however_they_are_typed() -> None:
    doc = analyse_plain("a - b – c — d ... e … «f» “g”", Phrasebook("en"), "body")
    by_form = {token.norm: token.keys for token in doc.tokens}
    assert by_form["-"] == by_form["–"] == by_form["—"] == {"-"}
    assert by_form["..."] == by_form["…"] == {"…"}
    assert by_form["«"] == by_form["”"] == {'"'}


def test_a_dash_that_joins_ends_no_clause() -> None:
    doc = analyse_plain("a 5-day trip, 9–11 — and back", Phrasebook("en"), "body")
    clauses = {token.norm: clause for token, clause in zip(doc.tokens, doc.clause_of, strict=True)}
    assert clauses["a"] == clauses["day"] == clauses["trip"] == 0
    assert clauses["9"] == clauses["11"] == 1
    assert clauses["back"] == 2


TEXTS = st.text() | st.text(
    alphabet=st.sampled_from(list("aA1.,:;-–'’/@_%{}<>[]() \n\u0301\u200b\u00ad№€т")), max_size=60
)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["en", "ru", "uk", "et"]))
@example("12:34:56", "en")
@example("_a_", "en")
@example("n't", "en")
@example("1-го1", "ru")
def test_tokens_of_any_text_are_in_order_disjoint_and_inside(text: str, code: str) -> None:
    end = 0
    for token in tokens(text, 0, len(text), token_options(code)):
        assert end <= token.start < token.end <= len(text)
        assert not text[end : token.start].strip("\u200b").isalnum()
        end = token.end
    inner = list(tokens(text, 1, max(1, len(text) - 1), token_options(code)))
    assert all(1 <= t.start < t.end <= max(1, len(text) - 1) for t in inner)


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_no_letter_or_digit_is_lost(text: str) -> None:
    covered = {i for t in tokens(text, 0, len(text), token_options("en")) for i in range(t.start, t.end)}
    assert all(i in covered for i, char in enumerate(text) if char.isalnum())


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_spans_of_a_doc_are_exact(text: str) -> None:
    doc = analyse_plain(text, Phrasebook("en"), "subject")
    for index, token in enumerate(doc.tokens):
        span = doc.span(index, index + 1)
        assert (span.part, text[span.start : span.end]) == ("subject", text[token.start : token.end])
        assert doc.tokens_in(span.start, span.end) == (index, index + 1)
        assert token.norm
        assert all(token.keys)


@pytest.mark.parametrize(
    "piece", ["a", "!", "1", " ", "a ", "a.", "(", "{", "<a", "http://", "a-", "'", "1.", "1 ", "\u0301", "ab,"]
)
def test_long_runs_of_anything_come_to_an_end(piece: str) -> None:
    text = piece * (100_000 // len(piece))
    assert sum(1 for _ in tokens(text, 0, len(text), token_options("en"))) <= len(text)
