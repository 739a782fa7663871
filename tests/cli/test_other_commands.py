"""`zones`, `rules`, `rule`, `config` and `init`."""

from __future__ import annotations

import json
from pathlib import Path

from test_check import replylint


def test_zones_show_how_a_mail_was_read(examples_folder: Path) -> None:
    done = replylint("zones", str(examples_folder / "parcel/reply.eml"), "--format", "json")
    message = json.loads(done.stdout)["messages"][0]
    assert {"path", "kind", "language", "blocks", "own_text"} <= set(message)
    assert {"greeting", "text", "closing", "signature"} <= {b["kind"] for b in message["blocks"]}
    assert "Dear Mrs Castle" in message["own_text"]
    assert "Fernhill" not in message["own_text"]
    shown = replylint("zones", str(examples_folder / "parcel/reply.eml"))
    assert "greeting" in shown.stdout
    assert replylint("zones", "nowhere.eml").returncode == 2


def test_rules_are_listed_by_group() -> None:
    shown = replylint("rules").stdout
    assert "kitchen" in shown
    assert "internal-excuse" in shown
    assert {r["id"] for r in json.loads(replylint("rules", "--format", "json").stdout)} >= {"jargon", "missing-summary"}


def test_a_rule_is_explained() -> None:
    shown = replylint("rule", "internal-excuse").stdout
    assert "Запах из кухни" in shown
    assert "not like this" in shown
    wrong = replylint("rule", "jargn")
    assert wrong.returncode == 2
    assert wrong.stderr == "replylint: unknown rule jargn; did you mean jargon?\n"


def test_config_says_what_is_in_force_and_from_where(tmp_path: Path) -> None:
    (tmp_path / ".replylint.yaml").write_text("preset: all\n", encoding="utf-8")
    shown = replylint("config", cwd=tmp_path).stdout
    assert 'preset: "all"' in shown
    assert ".replylint.yaml" in shown
    assert json.loads(replylint("config", "--schema").stdout)["properties"]["preset"]


def test_init_never_overwrites(tmp_path: Path) -> None:
    assert replylint("init", cwd=tmp_path).returncode == 0
    assert replylint("config", cwd=tmp_path).returncode == 0
    (tmp_path / ".replylint.yaml").write_text("preset: all\n", encoding="utf-8")
    again = replylint("init", cwd=tmp_path)
    assert again.returncode == 2
    assert (tmp_path / ".replylint.yaml").read_text(encoding="utf-8") == "preset: all\n"
