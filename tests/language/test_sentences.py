"""Where sentences end, by the tables in sentences/<language>.yaml; and what holds of the sentences of any text."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from replylint import strictyaml
from replylint.language.phrases import Phrasebook
from replylint.language.pipeline import analyse, analyse_plain
from replylint.mail.message import Block, Span

FOLDER = Path(__file__).parent / "sentences"
TABLES = {path.stem: strictyaml.load(path).data for path in sorted(FOLDER.glob("*.yaml"))}
CASES = [(code, case) for code, cases in TABLES.items() for case in cases]


def split(text: str, code: str = "en") -> list[str]:
    doc = analyse_plain(text, Phrasebook(code), "body")
    return [doc.between(s.first, s.last) for s in doc.sentences]


@pytest.mark.parametrize(("code", "case"), CASES)
def test_sentences_end_where_they_should(code: str, case: str) -> None:
    wanted = [sentence.strip("\u200b \t\r\n") for sentence in case.split("¦")]
    assert split(case.replace("¦", ""), code) == wanted


def test_every_language_has_a_table_worth_the_name() -> None:
    assert set(TABLES) == {"en", "et", "ru", "uk"}
    assert all(len(cases) >= 60 for cases in TABLES.values())


SIGNS = st.sampled_from(list(" \n\t\r.!?…,:;-—()«»\"'*_aAbBйЙõ5€№)@/\u0301\u200b\u00a0😀"))
TEXTS = st.text(alphabet=SIGNS | st.characters(), max_size=80)


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.sampled_from(["en", "ru"]))
@example("т. е.", "ru")
@example("1.", "en")
@example(".\n1. a", "en")
@example("_", "en")
def test_sentences_tile_the_tokens_of_any_text(text: str, code: str) -> None:
    doc = analyse_plain(text, Phrasebook(code), "body")
    places = [(s.first, s.last) for s in doc.sentences]
    assert [first for first, _ in places] == [0, *(last for _, last in places[:-1])][: len(places)]
    assert (places[-1][1] if places else 0) == len(doc.tokens)
    assert all(first < last for first, last in places)
    assert list(doc.sentence_of) == [number for number, (first, last) in enumerate(places) for _ in range(first, last)]
    assert sorted(doc.clause_of) == list(doc.clause_of)


def test_blocks_that_are_not_the_author_s_leave_no_token() -> None:
    text = "One.\n> quoted\nTwo."
    places = [("text", 0, 4), ("quote", 5, 13), ("text", 14, 18)]
    blocks = [Block(kind, Span("body", first, last)) for kind, first, last in places]
    doc = analyse(text, blocks, Phrasebook("en"))
    assert [(doc.between(s.first, s.last), s.paragraph) for s in doc.sentences] == [("One.", 0), ("Two.", 1)]


def test_sentences_never_reach_over_blocks() -> None:
    text = "one\ntwo"
    blocks = [Block("list", Span("body", 0, 3)), Block("list", Span("body", 4, 7))]
    assert len(analyse(text, blocks, Phrasebook("en")).sentences) == 2


def test_the_opening_of_a_sentence_passes_over_bullets_numbers_and_quotes() -> None:
    for text in ("- Please send it", "1. Please send it", "a) Please send it", "«Please send it»", "• 2) Please"):
        doc = analyse_plain(text, Phrasebook("en"), "body")
        assert doc.tokens[doc.opening(0)].norm == "please"
