"""Every form of a word meets its lemma; words that look alike do not meet. The tables are paradigms/<language>.yaml."""

from pathlib import Path
from typing import Any

import pytest

from replylint import strictyaml
from replylint.language.dictionary import open_dictionary
from replylint.language.keys import Morphology, fold, keys_of
from replylint.language.lexicon import lexicon

TABLES = {path.stem: path for path in sorted((Path(__file__).parent / "paradigms").glob("*.yaml"))}


def table(code: str) -> Any:
    return strictyaml.load(TABLES[code]).data


@pytest.mark.parametrize("code", TABLES)
def test_every_form_meets_its_lemma(code: str) -> None:
    keys = lexicon(code).keys
    lemmas = table(code)["lemmas"]
    assert len(lemmas) >= 40
    lost = {
        lemma: [form for form in forms if keys(fold(form)).isdisjoint(keys(fold(lemma)))]
        for lemma, forms in lemmas.items()
    }
    assert {lemma: forms for lemma, forms in lost.items() if forms} == {}


@pytest.mark.parametrize("code", TABLES)
def test_words_apart_do_not_meet(code: str) -> None:
    keys = lexicon(code).keys
    pairs = table(code)["apart"]
    assert len(pairs) >= 40
    assert [(a, b, *keys(fold(a)) & keys(fold(b))) for a, b in pairs if keys(fold(a)) & keys(fold(b))] == []


def test_stated_forms_replace_the_dictionary_and_also_adds() -> None:
    keys = keys_of(Morphology(forms={"left": ["leave"]}, paradigms={"i": ["i", "me"]}, also={"me": ["myself"]}))
    assert keys("left") == {"leave"}
    assert keys("me") == {"i", "myself"}
    assert keys("unknown") == {"unknown"}


def test_unknown_words_are_guessed_by_the_longest_ending() -> None:
    keys = keys_of(Morphology(endings={"ed": ["", "e"], "d": ["x"]}))
    assert keys("zonked") == {"zonked", "zonk", "zonke"}


def test_spelling_variants_of_apostrophes_stress_and_case_are_folded() -> None:
    assert fold("Комп’ЮТЕР") == fold("комп'ютер")
    assert fold("Ещё") == "еще"
    assert fold("за\u0301мок") == "замок"
    assert fold("e‑mail") == "e-mail"


def test_the_word_index_is_kept_and_reread(tmp_path: Path) -> None:
    first = open_dictionary("en", tmp_path)
    kept = list(tmp_path.iterdir())
    assert len(kept) == 1
    again = open_dictionary("en", tmp_path)
    assert first("shipped") == again("shipped") == "ship"
    assert again("zzzzz") is None
    assert again("") is None


def test_a_broken_or_unwritable_index_is_no_error(tmp_path: Path) -> None:
    open_dictionary("en", tmp_path)
    kept = next(tmp_path.iterdir())
    for broken in (b"", b"rlwords2", kept.read_bytes()[:1000]):
        kept.write_bytes(broken)
        assert open_dictionary("en", tmp_path)("shipped") == "ship"
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    assert open_dictionary("en", blocked / "below")("shipped") == "ship"


def test_an_unknown_dictionary_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="qq"):
        open_dictionary("qq", tmp_path)
