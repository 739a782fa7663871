"""Configs: which is found, how they lie over one another, and what is said about a bad one."""

from pathlib import Path

import pytest

from replylint.config import Config, ConfigError, find_project_file, load_config, overrides_from, parse_setting
from replylint.diagnostic import Severity


def write(folder: Path, text: str, name: str = ".replylint.yaml") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def fault(folder: Path, text: str, name: str = ".replylint.yaml") -> str:
    path = write(folder, text, name)
    with pytest.raises(ConfigError) as caught:
        load_config(folder)
    said = str(caught.value)
    assert "\n" not in said
    return said.replace(str(path), path.name)


def test_defaults_need_no_file(tmp_path: Path) -> None:
    loaded = load_config(tmp_path)
    assert loaded.config == Config()
    assert loaded.origin("preset") == "default"
    assert loaded.folder == tmp_path


def test_the_nearest_file_upwards_counts(tmp_path: Path) -> None:
    far, near = write(tmp_path, "preset: all"), write(tmp_path / "a", "min_score: 90")
    inside = tmp_path / "a" / "b"
    inside.mkdir()
    assert find_project_file(inside) == near.resolve()
    assert find_project_file(tmp_path) == far.resolve()
    assert load_config(inside).config == Config(min_score=90)
    assert load_config(inside, explicit=far).config == Config(preset="all")


def test_pyproject_counts_where_it_has_the_table(tmp_path: Path) -> None:
    write(tmp_path, "preset: all")
    write(tmp_path / "a", "[tool.other]\nx = 1", "pyproject.toml")
    assert load_config(tmp_path / "a").config.preset == "all"
    write(tmp_path / "b", '\ufeff[tool.replylint]\nus = ["@shop.example"]', "pyproject.toml")
    assert load_config(tmp_path / "b").config.us == ("@shop.example",)
    write(tmp_path / "c", "tool = 5", "pyproject.toml")
    assert load_config(tmp_path / "c").config.preset == "all"


def test_layers_lie_over_one_another(tmp_path: Path) -> None:
    user = write(tmp_path / "user", "preset: all\nus: [me@a.example]\nrules: {jargon: {weight: 3, x: 1}, other: off}")
    project = write(tmp_path / "p", "us: [you@a.example]\nrules: {jargon: note}")
    loaded = load_config(
        tmp_path / "p", user=user, overrides=overrides_from(["jargon.x=2"], fail_on="never", min_score=None)
    )
    config = loaded.config
    assert config.preset == "all"
    assert config.us == ("you@a.example",)
    assert config.fail_on == "never"
    assert config.rules["jargon"].severity is Severity.NOTE
    assert config.rules["jargon"].weight == 3
    assert config.rules["jargon"].options == {"x": 2}
    assert not config.rules["other"].enabled
    assert [loaded.origin(key) for key in ("preset", "us", "fail_on")] == [
        str(user),
        str(project.resolve()),
        "command line",
    ]


def test_words_that_yaml_would_make_booleans(tmp_path: Path) -> None:
    write(tmp_path, "vocabulary: [no, on, yes]\nrules:\n  a: off\n  b: false\n  c: true\n  d: error")
    config = load_config(tmp_path).config
    assert config.vocabulary == ("no", "on", "yes")
    assert [config.rules[name].enabled for name in "abcd"] == [False, False, True, True]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("presett: all", ".replylint.yaml:1:1: unknown key presett; did you mean preset?"),
        ("preset: every", ".replylint.yaml:1:1: preset: expected recommended or all, found every"),
        ("preset: al", ".replylint.yaml:1:1: preset: expected recommended or all, found al; did you mean all?"),
        ("us: me@a.example", ".replylint.yaml:1:1: us: expected a list, such as [a, b]"),
        ("us:\n- me", ".replylint.yaml:1:1: us: 'me' is no address: give name@domain, or @domain for a whole domain"),
        ("min_score: 101", ".replylint.yaml:1:1: min_score: a score lies between 0 and 100"),
        ("min_score: high", ".replylint.yaml:1:1: min_score: expected a whole number"),
        (
            "rules:\n  a: on\n  jargon: eror",
            ".replylint.yaml:2:3: rules.a.severity: 'on' is neither off, error, warning nor note",
        ),
        ("rules: [jargon]", ".replylint.yaml:1:1: rules: expected keys and values"),
        ("rules:\n  jargon: 5", ".replylint.yaml:2:3: rules.jargon: expected keys and values"),
        ("preset: all\npreset: all", ".replylint.yaml:2:1: key preset is given twice"),
        ("[preset]", ".replylint.yaml:1:1: expected settings, such as preset: all"),
        ("preset: [\n", ".replylint.yaml:2:1: "),
    ],
)
def test_errors_in_yaml(tmp_path: Path, text: str, message: str) -> None:
    said = fault(tmp_path, text)
    assert said.startswith(message) if message.endswith(": ") else said == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "[tool.replylint]\npresett = 1",
            "pyproject.toml: [tool.replylint]: unknown key presett; did you mean preset?",
        ),
        ("[tool.replylint]\nus = 1", "pyproject.toml: [tool.replylint]: us: expected a list, such as [a, b]"),
        ("[tool]\nreplylint = 5", "pyproject.toml: [tool.replylint]: expected settings, such as preset: all"),
        ("[tool.replylint", "pyproject.toml: not valid TOML: "),
    ],
)
def test_errors_in_toml_name_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    assert fault(tmp_path, text, "pyproject.toml").startswith(message)


def test_a_named_file_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        load_config(tmp_path, explicit=tmp_path / "none.yaml")
    path = write(tmp_path, "[project]\nname = 'x'", "pyproject.toml")
    with pytest.raises(ConfigError, match=r"\[tool.replylint\]: no such table"):
        load_config(tmp_path, explicit=path)


def test_errors_of_the_command_line(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^command line: min_score: a score lies between 0 and 100$"):
        load_config(tmp_path, overrides={"min_score": 200})


def test_settings_of_the_command_line() -> None:
    assert parse_setting("long-sentence.words=40") == ("long-sentence", "words", 40)
    assert parse_setting("a.b-c=[x, no]") == ("a", "b_c", ["x", "no"])
    assert parse_setting("a.b=") == ("a", "b", None)
    for bad in ("a", "a.b", ".b=1", "a.=1", "a=1"):
        with pytest.raises(ConfigError, match=r"expected RULE\.OPTION=VALUE"):
            parse_setting(bad)
    with pytest.raises(ConfigError, match=r"^-c a\.b=\[: "):
        parse_setting("a.b=[")
    assert overrides_from([], us=(), kind=None) == {}


def test_our_addresses() -> None:
    config = Config(us=("Me@Shop.example", "@team.example"))
    assert config.is_ours("me@shop.EXAMPLE")
    assert config.is_ours("anyone@team.example")
    assert not config.is_ours("you@shop.example")
    assert not config.is_ours("me@notteam.example")
