"""The language of a text: short ones, mixed ones, other languages, and a language that is registered by its folder."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from replylint.language import identify as module
from replylint.language import lexicon as lexicons
from replylint.language.identify import Guess, identify, identify_scored


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Could you tell me when my order will arrive?", "en"),
        ("We don't ship to the islands.", "en"),
        ("hi paweł, it was good to meet you", "en"),
        ("Подскажите, когда придёт заказ?", "ru"),
        ("Да, есть. Завтра отправим.", "ru"),
        ("Коли прийде моє замовлення?", "uk"),
        ("Так, є. Завтра надішлемо.", "uk"),
        ("Palun öelge, millal pakk kohale jõuab?", "et"),
        ("kas need saapad on veel olemas", "et"),
        ("Thanks!", "en"),
        ("Спасибо!", "ru"),
        ("Дякую!", "uk"),
        ("Aitäh!", "et"),
        # most words decide
        ("Здравствуйте! Наш товар Premium Comfort Set уже на складе, отправим его в пятницу.", "ru"),
        ("Tere! Your order is on its way and will be delivered by Friday at the latest.", "en"),
        # other languages
        ("Guten Tag, wann wird meine Bestellung geliefert?", "und"),
        ("Hei, milloin tilaukseni saapuu perille?", "und"),
        ("Dzień dobry, kiedy dotrze moje zamówienie?", "und"),
        ("Добър ден, кога ще пристигне поръчката ми?", "und"),
        ("Қайырлы күн, тапсырысым қашан келеді?", "und"),
        ("Zdravstvujte, kogda pridet moj zakaz?", "und"),
        ("您好，我的订单什么时候到？", "und"),
        # no words
        ("", "und"),
        (" \n\t", "und"),
        ("12.05.2026, 40 €, +372 5555 1234", "und"),
        ("https://example.com/order anna@example.com {{name}} SKU-4471", "und"),
    ],
)
def test_identify(text: str, language: str) -> None:
    assert identify(text) == language


def test_a_guess_says_how_sure_it_is_and_on_how_many_words() -> None:
    assert identify_scored("ok") == Guess("en", False, 1)
    assert identify_scored("") == Guess("und", False, 0)
    guess = identify_scored("We will send the parcel tomorrow.")
    assert guess == Guess("en", True, 6)


CACHES = (lexicons.languages, lexicons.lexicon, module._readers)


@pytest.fixture
def fresh() -> Iterator[None]:
    """Lexicons as on the first call, and none left over."""
    for cache in CACHES:
        cache.cache_clear()
    yield
    for cache in CACHES:
        cache.cache_clear()


@pytest.mark.usefixtures("fresh")
def test_only_the_dictionary_that_is_needed_is_opened() -> None:
    assert identify("We will send the parcel tomorrow.") == "en"
    assert [code for code in lexicons.languages() if "keys" in vars(lexicons.lexicon(code))] == ["en"]


@pytest.mark.usefixtures("fresh")
def test_a_language_is_registered_by_its_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for folder in lexicons.FOLDER.glob("*/"):
        shutil.copytree(folder, tmp_path / folder.name)
    (tmp_path / "fi").mkdir()
    (tmp_path / "fi" / "language.yaml").write_text(
        "name: Finnish\nletters: A-Za-zÄÖäö\nmorphology: {}\nfunction_words: [milloin, ja, on, ei, se, kun, minä, että,"
        " hei, olen, mutta, tai, kiitos, me, te, ovat, oli, vielä, voitteko, jos, nyt, minun, saapuu]\n",
        encoding="utf-8",
    )
    monkeypatch.setattr(lexicons, "FOLDER", tmp_path)
    assert identify("Hei, milloin tilaus saapuu, kun se ei ole vielä tullut?") == "fi"
    assert identify("Could you tell me when my order will arrive?") == "en"
    assert identify("Palun öelge, millal pakk kohale jõuab?") == "et"
