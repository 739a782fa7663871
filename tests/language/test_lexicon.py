"""Lexicons are read strictly: every fault of a person's with file, line and column."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from replylint import compiled
from replylint.language import lexicon as module
from replylint.language import phrases, shelves
from replylint.language.lexicon import Lexicon, cue_classes, languages, lexicon
from replylint.language.phrases import Phrasebook
from replylint.strictyaml import StrictError

MINIMAL = "name: Test\nletters: a-z\nfunction_words: []\nmorphology: {}\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A language of its own, `xx`, beside no other."""
    monkeypatch.setattr(compiled, "folder", lambda: tmp_path / "cache")
    own = tmp_path / "lexicons" / "xx"
    (own / "cues").mkdir(parents=True)
    (own / "language.yaml").write_text(MINIMAL)
    return own


def write(folder: Path, text: str, name: str = "cues/a.yaml") -> Lexicon:
    (folder / name).write_text(text, encoding="utf-8")
    return Lexicon("xx", folder)


def test_the_shipped_lexicons_can_be_read() -> None:
    assert set(languages()) >= {"en", "ru", "uk", "et"}
    for code in languages():
        lex = lexicon(code)
        assert set(lex.cues) <= set(cue_classes())
        assert lex.names is not None
        assert lex.mail is not None


def test_an_unknown_language_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        lexicon("xx")


def test_a_language_without_cues_names_and_mail_words_is_whole(folder: Path) -> None:
    lex = Lexicon("xx", folder)
    assert lex.cues == {}
    assert lex.names.names == {}
    assert lex.mail.greetings == ()
    assert lex.keys("a")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("weekdy: [a]", "a.yaml:1:1: unknown cue class weekdy; did you mean weekday?"),
        ("zzzz: [a]", "a.yaml:1:1: unknown cue class zzzz; classes.yaml lists them"),
        ("weekday: a", "a.yaml:1:1: weekday: expected a list of phrases"),
        ("weekday:", "a.yaml:1:1: weekday: expected a list of phrases"),
        ("weekday:\n- a\n- ' '", "a.yaml:3:3: weekday: an empty phrase"),
        ("weekday:\n- a\n- b\n- a", "a.yaml:4:3: weekday: 'a' is given twice"),
        ("weekday:\n- 24", "a.yaml:2:3: weekday: expected a phrase, found 24; put a number or true in quotes"),
        ("weekday:\n- true", "a.yaml:2:3: weekday: expected a phrase, found true; put a number or true in quotes"),
        ("weekday:\n-\n- a", "a.yaml:2:2: weekday: expected a phrase, found nothing; put a number or true in quotes"),
        ("weekday: [a]\nweekday: [b]", "a.yaml:2:1: key weekday is given twice"),
        ("[weekday]", "a.yaml:1:1: a mapping of cue classes to lists of phrases"),
    ],
)
def test_faults_in_cue_files(folder: Path, text: str, message: str) -> None:
    for _ in range(2):  # the second time from the cache
        with pytest.raises(StrictError) as caught:
            _ = write(folder, text).cues
        assert str(caught.value).replace(str(folder / "cues") + "/", "").replace("\\", "/") == message


def test_bare_words_are_phrases(folder: Path) -> None:
    assert write(folder, "yes: [yes, on]\nno: [no, off]").cues == {"yes": ("yes", "on"), "no": ("no", "off")}


def test_a_class_stands_in_one_file(folder: Path) -> None:
    write(folder, "weekday: [a]")
    with pytest.raises(StrictError, match=r"b\.yaml:2:1: cue class weekday also stands in a\.yaml"):
        _ = write(folder, "# b\nweekday: [b]", "cues/b.yaml").cues


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("language.yaml", MINIMAL + "clitic: []\n", r"language\.yaml:5:1: unknown key clitic; did you mean clitics\?"),
        ("language.yaml", "name: X\n", r"language\.yaml:1:1: letters is missing"),
        ("language.yaml", MINIMAL + "limits:\n  sentence_words: many\n", r"language\.yaml:6:3: .*expected a number"),
        ("names.yaml", "names: {Anna: Anni}\n", r"names\.yaml:1:9: names\.Anna: .*"),
        ("mail.yaml", "greetings:\n- hello\n- 5\n", r"mail\.yaml:3:3: greetings\.1: expected text; put 5 in quotes"),
    ],
)
def test_faults_in_other_files(folder: Path, name: str, text: str, message: str) -> None:
    def read() -> None:
        lex = write(folder, text, name)
        assert lex.names
        assert lex.mail

    with pytest.raises(StrictError, match=message):
        read()


@pytest.fixture
def registered(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The same language as one that books can be made of."""
    caches = (shelves._grammar, shelves.token_options, shelves._stamp, shelves._kept, phrases._cue_index)
    for cache in caches:
        cache.cache_clear()
    for place in (shelves, phrases):
        monkeypatch.setattr(place, "lexicon", lambda _: Lexicon("xx", folder))
    monkeypatch.setattr(phrases.concepts, "phrase_lists", lambda _: {})
    yield folder
    for cache in caches:
        cache.cache_clear()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "month:\n- may\nweekday:\n- a\n- b (c",
            r"a\.yaml:5:3: phrase 'b \(c', column 3: this bracket is never closed",
        ),
        ("weekday: ['@mnth']", r"a\.yaml:1:11: phrase '@mnth', column 1: unknown cue class mnth; did you mean month\?"),
        ("weekday: ['@weekday a']", r"a\.yaml:1:11: classes refer to each other in a circle: weekday → weekday"),
        ("date: ['@month']\nmonth: [a, '@time']\ntime: ['-@date b']", "classes refer to each other in a circle: "),
    ],
)
def test_faults_in_phrases_name_their_line(registered: Path, text: str, message: str) -> None:
    write(registered, text)
    with pytest.raises(StrictError, match=message):
        Phrasebook("xx").compile_cues()


def test_languages_are_folders_with_a_language_file() -> None:
    assert languages() == tuple(sorted(path.parent.name for path in module.FOLDER.glob("*/language.yaml")))
