"""Rule packs are read strictly, a config changes their rules, and every fault is named with its place."""

from pathlib import Path

import pytest

from replylint import compiled
from replylint.config import Config
from replylint.diagnostic import Severity
from replylint.linter import Linter
from replylint.pack import PackError, load_folder, load_rules, selected, shipped_folder
from replylint.rule import Rule
from replylint.strictyaml import StrictError

RULE = """\
id: no-asap
check: phrases
severity: warning
applies_to: [reply]
summary: A word.
why: Because.
source: us
message: "say $say, not $match[ ($nothing)]"
"""
LIST = 'phrases:\n  en: ["=asap", {find: at once, say: soon}]\n  ru: [no, срочно]\n'


@pytest.fixture(autouse=True)
def _cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "folder", lambda: tmp_path / "cache")


def write(folder: Path, text: str, name: str = "style/no-asap.yaml") -> Path:
    path = folder / "pack" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    load_folder.cache_clear()
    return path


def rules(folder: Path, **settings: object) -> dict[str, Rule]:
    config = Config.model_validate({"packs": ["pack"], **settings})
    return {rule.id: rule for rule in load_rules(config, folder)}


def test_the_shipped_rules_can_be_read() -> None:
    assert {rule.id for rule in load_rules(Config())} >= {"jargon", "unanswered-question", "internal-excuse"}


def test_a_rule_of_one_s_own(tmp_path: Path) -> None:
    write(tmp_path, RULE + LIST)
    rule = rules(tmp_path)["no-asap"]
    assert (rule.group, rule.severity, rule.weight, rule.cap) == ("style", Severity.WARNING, 5, 15)
    assert rule.check.phrase_lists("ru")["no-asap:phrases"] == ["no", "срочно"]
    assert rule.say({"say": "soon", "match": "asap"}) == "say soon, not asap"
    assert rule.say({"say": "soon", "match": "asap", "nothing": "x"}) == "say soon, not asap (x)"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (RULE + "phrass: {}", "9:1: unknown key phrass; did you mean phrases?"),
        (RULE + "severety: note", "9:1: unknown key severety; did you mean severity?"),
        (RULE + "zzz: 1", "9:1: unknown key zzz; check phrases takes phrases, unsure, first_use"),
        (RULE + "id: no-asap", "9:1: key id is given twice"),
        (
            RULE.replace("warning", "eror"),
            "3:1: severity: expected error, warning or note, found eror; did you mean error?",
        ),
        (RULE.replace("[reply]", "reply"), "4:1: applies_to: expected a list, such as [a, b]"),
        (RULE.replace("reply]", "replies]"), "4:14: applies_to.0: expected reply, new, forward, "),
        (RULE.replace("why: Because.\n", ""), "1:1: why is missing"),
        (RULE.replace("check: phrases\n", ""), "1:1: check is missing"),
        (RULE.replace("phrases", "phrase"), "2:1: unknown check phrase; did you mean phrases?"),
        (RULE.replace("no-asap", "No_Asap"), "1:1: id: 'No_Asap' is not kebab-case"),
        (RULE.replace("no-asap", "other"), "1:1: the id is other, but the file is named no-asap.yaml"),
        (RULE + "phrases:\n  en:\n  - a\n  - ' '", "12:5: "),
        (RULE + "phrases:\n  en:\n  - a\n  - 24", "12:5: phrases.en.1: expected text; put 24 in quotes"),
        (RULE + "phrases:\n  en:\n  - {fnd: a}", "11:5: "),
        (RULE + "phrases:\n  xx: [a]", "10:3: unknown language xx"),
        (RULE + "unsure:\n  xx: [a]", "10:3: unknown language xx"),
        (RULE + "languages:\n- en\n- xx", "11:3: unknown language xx"),
        (RULE + "examples:\n  bad:\n  - xx: a", "11:5: unknown language xx"),
        (RULE + "examples:\n  bad:\n  - en: {reply: a, replay: b}", "11:20: unknown key replay; did you mean reply?"),
        (RULE + "unless: [negatd]", "9:1: unless: unknown condition negatd; did you mean negated?"),
        (RULE + "unless: [near]", "9:1: unless: condition near takes an argument"),
        (RULE + "unless: [{near: dat}]", "9:1: unless: condition near: unknown cue class dat"),
        (RULE + "first_use: often", "9:1: first_use: expected true or false"),
        ("- a", "1:1: a rule is a mapping that begins with its id"),
        ("", "1:1: a rule is a mapping that begins with its id"),
        (RULE + "phrases: [", "10:1: "),
    ],
)
def test_faults_name_file_line_and_column(tmp_path: Path, text: str, message: str) -> None:
    path = write(tmp_path, text)
    for _ in range(2):  # the second time from the cache
        load_folder.cache_clear()
        with pytest.raises(StrictError) as caught:
            rules(tmp_path)
        said = str(caught.value)
        assert said.startswith(f"{path}:")
        assert said.removeprefix(f"{path}:").startswith(message)
        assert "\n" not in said


@pytest.mark.parametrize(
    ("entry", "message"),
    [
        ('"ask (now"', "phrase 'ask (now', column 5: this bracket is never closed"),
        ("{find: ask @nobody, say: x}", "phrase 'ask @nobody', column 5: unknown cue class nobody"),
    ],
)
def test_a_phrase_that_cannot_be_read_is_an_error_at_its_line(tmp_path: Path, entry: str, message: str) -> None:
    path = write(tmp_path, RULE + f"phrases:\n  en:\n  - fine\n  - {entry}\n")
    linter = Linter(Config(packs=("pack",), language="en"), tmp_path)
    with pytest.raises(StrictError) as caught:
        linter.check("Some text.")
    assert str(caught.value).startswith(f"{path}:12:5: {message}")


def test_a_phrase_of_a_config_that_cannot_be_read_is_the_config_s_fault(tmp_path: Path) -> None:
    write(tmp_path, RULE + LIST)
    settings = {"packs": ["pack"], "language": "en", "rules": {"no-asap": {"phrases": {"en": ["ask (now"]}}}}
    linter = Linter(Config.model_validate(settings), tmp_path)
    with pytest.raises(PackError, match=r"^rules\.no-asap\.phrases\.en: phrase 'ask \(now', column 5: "):
        linter.check("Some text.")


def test_an_id_stands_once(tmp_path: Path) -> None:
    write(tmp_path, RULE)
    write(tmp_path, RULE, "tone/no-asap.yaml")
    with pytest.raises(StrictError, match=r"tone.no-asap\.yaml:1:1: rule no-asap also stands in .*style.no-asap\.yaml"):
        rules(tmp_path)


def test_an_id_of_the_shipped_rules_is_taken(tmp_path: Path) -> None:
    write(tmp_path, RULE.replace("no-asap", "jargon"), "style/jargon.yaml")
    with pytest.raises(PackError, match=r"style.jargon\.yaml: rule jargon also stands in .*jargon\.yaml"):
        rules(tmp_path)


def test_packs_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="rule pack pack: no such folder"):
        rules(tmp_path)
    (tmp_path / "pack").mkdir()
    with pytest.raises(PackError, match=r"no rules there \(expected GROUP/RULE\.yaml\)"):
        rules(tmp_path)


def test_a_config_changes_rules(tmp_path: Path) -> None:
    write(tmp_path, RULE + LIST)
    settings = {"severity": "error", "cap": 50, "phrases": {"en": ["right now"], "et": ["kohe"]}, "first-use": True}
    rule = rules(tmp_path, rules={"no-asap": settings})["no-asap"]
    assert (rule.severity, rule.weight, rule.cap) == (Severity.ERROR, 15, 50)
    assert rule.check.phrase_lists("en")["no-asap:phrases"] == ["=asap", "at once", "right now"]
    assert rule.check.phrase_lists("et")["no-asap:phrases"] == ["kohe"]
    assert rule.check.first_use  # type: ignore[attr-defined]
    assert load_folder(shipped_folder())


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"jargn": "off"}, r"unknown rule jargn; did you mean jargon\?"),
        ({"zzzzzz": "off"}, "unknown rule zzzzzz; `replylint rules` lists them"),
        ({"jargon": {"phrass": {}}}, r"rule jargon: unknown key phrass; did you mean phrases\?"),
        ({"jargon": {"first_use": "often"}}, "rule jargon: first_use: expected true or false"),
    ],
)
def test_settings_that_make_no_sense(settings: dict[str, object], message: str) -> None:
    with pytest.raises(PackError, match=message):
        load_rules(Config.model_validate({"rules": settings}))


def test_which_rules_run(tmp_path: Path) -> None:
    write(tmp_path, RULE)
    write(tmp_path, RULE.replace("no-asap", "extra") + "preset: all\n", "style/extra.yaml")

    def run(**settings: object) -> set[str]:
        config = Config.model_validate({"packs": ["pack"], **settings})
        return {rule.id for rule in selected(load_rules(config, tmp_path), config)}

    assert "no-asap" in run()
    assert "extra" not in run()
    assert {"extra", "no-asap"} <= run(preset="all")
    assert run(select=["style"]) == {"no-asap", "extra"}
    assert run(select=["style"], ignore=["extra"]) == {"no-asap"}
    assert run(select=["extra"]) == {"extra"}
    assert "no-asap" not in run(rules={"no-asap": "off"})
    assert "no-asap" not in run(ignore=["style"])
    with pytest.raises(PackError, match=r"unknown rule or group stile; did you mean style\?"):
        run(select=["stile"])


def test_a_misspelt_key_is_not_called_a_missing_one(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "no-asap.yaml").write_text(
        "id: no-asap\ncheck: phrases\nseverity: note\nsumary: Haste.\nwhy: It hurries.\nmessage: no\n", "utf-8"
    )
    with pytest.raises(StrictError, match=r":4:1: unknown key sumary; did you mean summary\?"):
        load_folder(tmp_path)
