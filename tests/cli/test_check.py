"""`replylint check` as a user runs it: exit status, one-line errors, files, formats."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

#: The code that is tested, whatever may be installed.
ROOT = Path(__file__).parents[2]
GOOD = "Hello Ann,\n\nYour parcel comes on Friday. There is nothing that you need to do.\n\nKind regards,\nTom\n"
BAD = GOOD.replace("Your parcel", "Sorry for the delay, our designer was ill. Your parcel")


def replylint(
    *arguments: str, stdin: bytes = b"", cwd: Path | None = None, **environment: str
) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-m", "replylint", *arguments],
        input=stdin,
        capture_output=True,
        cwd=cwd,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        check=False,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.txt").write_text(GOOD, encoding="utf-8")
    (tmp_path / "bad.txt").write_text(BAD, encoding="utf-8")
    return tmp_path


def test_exit_status_says_whether_all_passed(folder: Path) -> None:
    assert replylint("check", "good.txt", cwd=folder).returncode == 0
    assert replylint("check", "bad.txt", cwd=folder).returncode == 1
    assert replylint("check", "bad.txt", "--fail-on", "never", cwd=folder).returncode == 0
    assert replylint("check", "good.txt", "--min-score", "100", "--select", "kitchen", cwd=folder).returncode == 0
    assert replylint("check", "good.txt", "--fail-on-not-run", cwd=folder).returncode == 1


def test_every_fault_is_one_line_and_exit_status_2(folder: Path) -> None:
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 20)
    (folder / "broken.yaml").write_text("preset: al\n", encoding="utf-8")
    (folder / "typo.yaml").write_text("us: ['@ours.example']\n\npresett: all\n", encoding="utf-8")
    (folder / "none").mkdir()
    faults = {
        ("missing.txt",): "missing.txt",
        ("empty.txt",): "empty",
        ("binary.txt",): "binary.txt",
        ("none",): "none",
        ("good.txt", "--select", "jargn"): "did you mean jargon?",
        ("good.txt", "--lang", "xx"): "unknown language xx",
        ("good.txt", "--config", "broken.yaml"): "broken.yaml:1",
        ("good.txt", "--config", "typo.yaml"): "typo.yaml:3:1: unknown key presett; did you mean preset?",
        ("good.txt", "--config", "nowhere.yaml"): "nowhere.yaml",
        ("good.txt", "--now", "soon"): "--now soon",
        ("good.txt", "-c", "jargon"): "RULE.OPTION=VALUE",
        ("good.txt", "-c", "jargon.nothing=1"): "nothing",
        ("good.txt", "bad.txt", "--original", "good.txt"): "folder",
        ("good.txt", "--us", "nobody"): "no address",
        ("good.txt", "--min-score", "101"): "between 0 and 100",
        ("good.txt", "--nonsense"): "--nonsense",
        (): "",
    }
    for arguments, words in faults.items():
        done = replylint("check", *arguments, cwd=folder)
        said = done.stderr + done.stdout
        assert done.returncode == 2, arguments
        assert "Traceback" not in said
        assert words in said, (arguments, said)
        assert len(done.stderr.strip().splitlines()) <= 1, done.stderr


def test_an_unreadable_file_does_not_stop_the_others(folder: Path) -> None:
    done = replylint("check", "missing.txt", "bad.txt", "--format", "json", cwd=folder)
    data = json.loads(done.stdout)
    assert done.returncode == 2
    assert [f["path"] for f in data["inputs_failed"]] == ["missing.txt"]
    assert len(data["replies"]) == 1


@pytest.mark.skipif(
    os.name == "nt" or getattr(os, "geteuid", lambda: 0)() == 0, reason="root and Windows may read everything"
)
def test_no_permission(folder: Path) -> None:
    (folder / "good.txt").chmod(0)
    done = replylint("check", "good.txt", cwd=folder)
    assert done.returncode == 2
    assert "good.txt" in done.stderr + done.stdout


def test_standard_input(folder: Path) -> None:
    done = replylint("check", "-", "--format", "concise", stdin=BAD.encode(), cwd=folder)
    assert done.returncode == 1
    assert done.stdout.startswith("-:3:")
    assert "internal-excuse" in done.stdout


def test_output_file_is_written_whole(folder: Path) -> None:
    done = replylint("check", "bad.txt", "--format", "json", "--output-file", "report.json", cwd=folder)
    assert (done.returncode, done.stdout) == (1, "")
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["version"] == 1
    assert sorted(p.name for p in folder.iterdir()) == ["bad.txt", "good.txt", "report.json"]
    if os.name != "nt":
        assert (
            stat.S_IMODE((folder / "report.json").stat().st_mode) & 0o077
            == stat.S_IMODE((folder / "bad.txt").stat().st_mode) & 0o077
        )
    assert replylint("check", "bad.txt", "--output-file", "nowhere/report.json", cwd=folder).returncode == 2


def test_no_colour_in_a_pipe_and_no_trailing_blanks(folder: Path) -> None:
    done = replylint("check", "bad.txt", cwd=folder, FORCE_COLOR="1", COLUMNS="60")
    assert "\x1b" not in done.stdout
    assert all(line == line.rstrip() for line in done.stdout.splitlines())


def test_text_of_mails_cannot_move_the_cursor_or_style_the_report(folder: Path) -> None:
    text = "Hello [bold]Ann[/bold],\n\nSorry, \x1b[2J our designer was ill [red]again[/red].\n\nTom\n"
    (folder / "odd.txt").write_text(text, encoding="utf-8")
    done = replylint("check", "odd.txt", cwd=folder)
    assert "\x1b" not in done.stdout
    assert "[red]again[/red]" in done.stdout


def test_originals_of_a_folder_are_found_by_in_reply_to(tmp_path: Path, examples_folder: Path) -> None:
    (tmp_path / "originals").mkdir()
    (tmp_path / "replies").mkdir()
    for pair in ("parcel", "hosting"):
        (tmp_path / f"originals/{pair}.eml").write_bytes((examples_folder / pair / "message.eml").read_bytes())
        (tmp_path / f"replies/{pair}.eml").write_bytes((examples_folder / pair / "reply.eml").read_bytes())
    done = replylint(
        "check", "replies", "--original", "originals", "--format", "json", "--fail-on", "never", cwd=tmp_path
    )
    data = json.loads(done.stdout)
    assert {Path(r["path"]).stem: Path(r["original"]["path"]).stem for r in data["replies"]} == {
        "parcel": "parcel",
        "hosting": "hosting",
    }


def test_version_and_help() -> None:
    assert replylint("--version").stdout.startswith("replylint ")
    for arguments in ([], ["check"], ["zones"], ["rules"], ["rule"], ["config"], ["init"]):
        done = replylint(*arguments, "--help")
        assert done.returncode == 0
        assert "Usage" in done.stdout


MAIL = "From: me@us.test\nTo: ann@client.test\nSubject: Re: Chairs\n"
QUOTE = "\nOn Mon, Jun 1, 2026 at 10:00 AM Ann <ann@client.test> wrote:\n> Hi!\n> How much is it?\n"


@pytest.mark.parametrize("body", ["\n", "\nContent\n".replace("Content", "> only a quote"), "\n \n\n"])
def test_a_mail_without_words_of_its_own_is_empty(folder: Path, body: str) -> None:
    (folder / "empty.eml").write_text(MAIL + body, encoding="utf-8")
    done = replylint("check", "empty.eml", cwd=folder)
    assert done.returncode == 2
    assert "empty.eml: is empty" in done.stdout


@pytest.mark.parametrize("name", ["noise.txt", "noise.eml", "noise.md"])
def test_random_bytes_are_no_text(folder: Path, name: str) -> None:
    (folder / name).write_bytes(bytes(i * i * 7 % 251 ^ i * 31 % 256 for i in range(3000)))
    done = replylint("check", name, cwd=folder)
    assert done.returncode == 2
    assert f"{name}: is binary" in done.stdout


def test_a_text_of_no_known_language_is_not_complete(folder: Path) -> None:
    (folder / "latin.txt").write_text("Quousque tandem abutere, Catilina, patientia nostra?\n" * 3, encoding="utf-8")
    done = replylint("check", "latin.txt", cwd=folder)
    assert "of 100, without" in done.stdout
    assert replylint("check", "latin.txt", "--fail-on-not-run", cwd=folder).returncode == 1


@pytest.mark.parametrize("arguments", [("bad.txt",), (".",), ("good.txt", "--original", "bad.txt")])
def test_no_mail_is_overwritten_by_the_report(folder: Path, arguments: tuple[str, ...]) -> None:
    done = replylint("check", *arguments, "--output-file", "./bad.txt", cwd=folder)
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert (folder / "bad.txt").read_text(encoding="utf-8") == BAD


def test_the_working_folders_config_holds_for_files_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "work").mkdir()
    (tmp_path / "out.txt").write_text(BAD, encoding="utf-8")
    (tmp_path / "work" / ".replylint.yaml").write_text("rules: {internal-excuse: off}\n", encoding="utf-8")
    assert replylint("check", "../out.txt", cwd=tmp_path / "work").returncode == 0
    assert ".replylint.yaml" in replylint("config", "../out.txt", cwd=tmp_path / "work").stdout


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="everything may be read")
def test_a_closed_folder_of_the_users_config_is_passed_over(folder: Path) -> None:
    home = folder / "home"
    (home / "replylint").mkdir(parents=True)
    (home / "replylint" / "config.yaml").write_text("preset: all\n", encoding="utf-8")
    (home / "replylint").chmod(0)
    try:
        assert replylint("check", "good.txt", cwd=folder, XDG_CONFIG_HOME=str(home)).returncode == 0
    finally:
        (home / "replylint").chmod(stat.S_IRWXU)
    (home / "replylint" / "config.yaml").chmod(0)
    done = replylint("check", "good.txt", cwd=folder, XDG_CONFIG_HOME=str(home))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "config.yaml" in done.stderr


def test_places_are_lines_of_the_file_or_said_to_be_of_the_body(folder: Path) -> None:
    own = "\nHello Ann,\n\nOur designer was ill. It costs 40 EUR.\n"
    coded = "MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n"
    (folder / "plain.eml").write_text(MAIL + own + QUOTE, encoding="utf-8")
    (folder / "coded.eml").write_text(MAIL + coded + own.replace("ill.", "ill =E2=80=94 sorry.") + QUOTE, "utf-8")
    select = ("--select", "internal-excuse", "--select", "unanswered-question", "--format")
    assert "plain.eml:7:1: error" in replylint("check", "plain.eml", *select, "concise", cwd=folder).stdout
    assert "coded.eml:body:3:1: error" in replylint("check", "coded.eml", *select, "concise", cwd=folder).stdout
    text = replylint("check", "coded.eml", *select, "text", cwd=folder).stdout
    assert "line 3 of the body" in text
    assert "beside the message quoted in it" in text


def test_the_concise_format_names_what_did_not_run(folder: Path) -> None:
    done = replylint("check", "good.txt", "--format", "concise", "--select", "unanswered-question", cwd=folder)
    assert "not run, needs the client's message: unanswered-question" in done.stdout
    assert done.stdout.splitlines()[-1] == "1 reply checked, 1 passed: nothing found"


def test_originals_that_are_not_there_are_said_to_be_missing(folder: Path) -> None:
    (folder / "none").mkdir()
    (folder / "draft.eml").write_text(MAIL + "In-Reply-To: <1@client.test>\n\nIt is 40 EUR.\n", encoding="utf-8")
    done = replylint("check", "draft.eml", "--original", "none", cwd=folder)
    assert "no message in none has the Message-ID in the In-Reply-To of draft.eml" in done.stderr
    assert "standard input" in replylint("check", "draft.eml", "--original", "-", cwd=folder).stderr


def test_standard_input_given_twice_is_judged_once(folder: Path) -> None:
    done = replylint("check", "-", "-", stdin=GOOD.encode(), cwd=folder)
    assert done.stdout.count("Score") == 1


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ("preset: all\nrules:\n  jargn: off\n", ".replylint.yaml:3:3: rules: unknown rule jargn; did you mean jargon?"),
        ("rules:\n  jargon:\n    first_uze: true\n", ".replylint.yaml:3:5: rule jargon: unknown key first_uze"),
        ("rules:\n  jargon:\n    first_use: [1]\n", ".replylint.yaml:3:5: rule jargon: first_use"),
        ("rules:\n  jargon:\n    phrases: {xx: [one]}\n", ".replylint.yaml:3:15: rule jargon: unknown language xx"),
        ("rules:\n  jargon:\n    phrases:\n      en: ['(one']\n", ".replylint.yaml:4:7: rules.jargon.phrases.en"),
        ("select: [jargn]\n", ".replylint.yaml:1:1: unknown rule or group jargn"),
        ("\nlanguage: xx\n", ".replylint.yaml:2:1: unknown language xx"),
    ],
)
def test_a_fault_of_the_config_has_file_and_line(folder: Path, config: str, said: str) -> None:
    (folder / ".replylint.yaml").write_text(config, encoding="utf-8")
    done = replylint("check", "good.txt", cwd=folder)
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 1
    assert said in done.stderr
