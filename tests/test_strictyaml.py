"""YAML that people write: read strictly, every error with its file, line and column."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from pydantic import BaseModel, ConfigDict

from replylint import compiled, strictyaml
from replylint.strictyaml import Document, StrictError, load, load_kept, parse


class Inner(BaseModel):
    model_config = ConfigDict(extra="forbid")
    weight: int = 0


class Outer(BaseModel):
    model_config = ConfigDict(extra="forbid")
    name: str
    level: str = ""
    loud: bool = False
    tags: tuple[str, ...] = ()
    inner: Inner | None = None
    many: Mapping[str, Inner] = {}


def fault(text: str) -> str:
    with pytest.raises(StrictError) as caught:
        parse(text, "rule.yaml").validate(Outer)
    return str(caught.value)


def test_bare_words_stay_words() -> None:
    text = "[no, yes, on, off, No, y, ~, null, true, 1, 1.5, 2026-03-05, 9:30, 0123, 1_000, 1e3, =, <<, .inf]"
    assert parse(text, "x").data == [
        "no", "yes", "on", "off", "No", "y", None, None, True, 1, 1.5, "2026-03-05", "9:30", "0123", "1_000", "1e3",
        "=", "<<", ".inf",
    ]  # fmt: skip


def test_empty_documents_are_nothing() -> None:
    assert parse("", "x").data is None
    assert parse("# a note\n", "x").data is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name: a\nlevl: b", "rule.yaml:2:1: unknown key levl; did you mean level?"),
        ("name: a\nzzz: b", "rule.yaml:2:1: unknown key zzz; known here: inner, level, loud, many, name, tags"),
        ("name: a\ninner:\n  wieght: 1", "rule.yaml:3:3: unknown key wieght; did you mean weight?"),
        ("name: a\nmany:\n  x:\n    wieght: 1", "rule.yaml:4:5: unknown key wieght; did you mean weight?"),
        ("level: b", "rule.yaml:1:1: name is missing"),
        ("name: 5", "rule.yaml:1:1: name: expected text; put 5 in quotes"),
        ("name: true", "rule.yaml:1:1: name: expected text; put true in quotes"),
        ("name: a\ntags: b", "rule.yaml:2:1: tags: expected a list, such as [a, b]"),
        ("name: a\ntags:\n  - b\n  - [c]", "rule.yaml:4:5: tags.1: expected text"),
        ("name: a\ninner:\n  weight: much", "rule.yaml:3:3: inner.weight: expected a whole number"),
        ("name: a\ninner: 5", "rule.yaml:2:1: inner: expected keys and values"),
        ("name: a\nloud: perhaps", "rule.yaml:2:1: loud: expected true or false"),
        ("name: a\nname: b", "rule.yaml:2:1: key name is given twice"),
        ("name: a\nmany:\n  x: {}\n  x: {}", "rule.yaml:4:3: key x is given twice"),
        ("? [a]\n: b", "rule.yaml:1:3: a key must be a plain word"),
        (
            "name: !!python/name:os a",
            "rule.yaml:1:7: tag tag:yaml.org,2002:python/name:os has no meaning here",
        ),
        ("name: !!int five", "rule.yaml:1:7: 'five' is no int"),
    ],
)
def test_errors_name_file_line_and_column(text: str, message: str) -> None:
    assert fault(text) == message


@pytest.mark.parametrize(("text", "line"), [("name: [a\n", 2), ("name: a\n\tlevel: b", 2), ("a: 1\nb: 'x\n", 3)])
def test_errors_of_syntax_name_the_line(text: str, line: int) -> None:
    assert fault(text).startswith(f"rule.yaml:{line}:1: ")


def test_text_that_yaml_cannot_hold_is_refused_in_one_line() -> None:
    assert fault("name: \x00").startswith("rule.yaml")
    assert "\n" not in fault("name: \x00")
    assert fault("[" * 5000).startswith("rule.yaml")


def test_aliases_within_aliases_come_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(strictyaml, "_MOST_VALUES", 1000)
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}, *a{n - 1}]" for n in range(1, 9)]
    assert fault("\n".join(lines)).endswith("too many values: aliases within aliases")
    assert fault("&a [*a]").startswith("rule.yaml")


def test_an_alias_stands_for_what_it_names() -> None:
    assert parse("a: &x [1]\nb: *x", "x").data == {"a": [1], "b": [1]}


def test_errors_go_to_the_deepest_known_place() -> None:
    document = parse("a:\n  - b: 1", "x")
    assert document.error(("a", 0, "b", "c"), "bad") == StrictError("x", 2, 5, "bad")
    assert document.error(("q",), "bad") == StrictError("x", 1, 1, "bad")
    assert str(Document("x", None, {}).error((), "bad")) == "x: bad"


def test_a_part_of_a_document_keeps_its_places() -> None:
    part = parse("name: a\nextra: 1\nlevl: b", "x").of({"name": "a", "levl": "b"})
    with pytest.raises(StrictError, match=r"x:3:1: unknown key levl"):
        part.validate(Outer)


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(StrictError, match="No such file"):
        load(tmp_path / "none.yaml")
    with pytest.raises(StrictError, match=r"directory|denied"):
        load(tmp_path)
    (tmp_path / "bytes.yaml").write_bytes(b"a: \xff\xfe")
    with pytest.raises(StrictError, match=r"not UTF-8 text \(byte 3\)"):
        load(tmp_path / "bytes.yaml")


def test_bom_and_crlf_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufeffname: a\r\nlevl: b\r\n".encode())
    assert load(path).data == {"name": "a", "levl": "b"}
    with pytest.raises(StrictError, match=":2:1: "):
        load(path).validate(Outer)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setattr(compiled, "folder", lambda: folder)
    return folder


def test_kept_files_are_parsed_once_and_their_errors_still_have_places(
    tmp_path: Path, cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("name: a\nlevl: b\n")
    first = load_kept([path])[0]
    assert first.data == {"name": "a", "levl": "b"}
    with monkeypatch.context() as patch:
        patch.setattr(strictyaml, "parse", lambda *_: pytest.fail("parsed again"))
        again = load_kept([path])[0]
        assert again.data == first.data
    with pytest.raises(StrictError, match=r"a\.yaml:2:1: unknown key levl"):
        again.validate(Outer)
    path.write_text("name: changed\n")
    assert load_kept([path])[0].data == {"name": "changed"}


def test_a_file_that_cannot_be_parsed_is_not_kept(tmp_path: Path, cache: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("name: [")
    for _ in range(2):
        with pytest.raises(StrictError):
            load_kept([path])


def test_a_mapping_takes_over_what_another_holds() -> None:
    data = parse("- &one {a: 1, b: 2}\n- {<<: *one, b: 3}\n", "x").data
    assert data == [{"a": 1, "b": 2}, {"a": 1, "b": 3}]
