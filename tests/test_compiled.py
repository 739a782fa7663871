"""What is kept between runs: whole or not at all, for its user alone, and never an error."""

import stat
import sys
from pathlib import Path

import pytest

from replylint import compiled


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache" / "compiled"
    monkeypatch.setattr(compiled, "folder", lambda: folder)
    return folder


STAMP = compiled.digest("a")


def test_what_is_kept_comes_back() -> None:
    data = {"a": [1, None, True, "я", b"x", frozenset({"k"}), (1.5,)]}
    compiled.keep("name", STAMP, data)
    assert compiled.recall("name", STAMP) == data
    assert compiled.recall("name", compiled.digest("b")) is None
    assert compiled.recall("other", STAMP) is None


def test_it_is_made_once() -> None:
    assert compiled.kept("name", STAMP, lambda: [1]) == [1]
    assert compiled.kept("name", STAMP, lambda: pytest.fail("made again")) == [1]


def test_a_broken_file_is_passed_over(cache: Path) -> None:
    compiled.keep("name", STAMP, "data")
    path = cache / "name.bin"
    whole = path.read_bytes()
    for broken in (b"", b"x", whole[:-1], whole + b"x", whole[:-1] + bytes([whole[-1] ^ 1]), whole.replace(b"1", b"2")):
        path.write_bytes(broken)
        assert compiled.recall("name", STAMP) is None
        assert compiled.kept("name", STAMP, lambda: "anew") == "anew"
    path.unlink()
    path.mkdir()
    assert compiled.kept("name", STAMP, lambda: "anew") == "anew"


def test_a_folder_that_cannot_be_written_is_passed_over(cache: Path) -> None:
    cache.parent.mkdir()
    cache.write_text("a file where the folder should be")
    assert compiled.kept("name", STAMP, lambda: "data") == "data"


@pytest.mark.skipif(sys.platform == "win32", reason="no such rights there")
def test_only_the_user_may_read_it(cache: Path) -> None:
    compiled.keep("name", STAMP, "data")
    assert stat.S_IMODE((cache / "name.bin").stat().st_mode) == 0o600
    assert stat.S_IMODE(cache.stat().st_mode) == 0o700
    assert [path.name for path in cache.iterdir()] == ["name.bin"]


def test_old_files_go(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "_MOST_FILES", 3)
    for number in range(6):
        compiled.keep(f"name{number}", STAMP, number)
    assert len(list(cache.iterdir())) == 3


def test_it_can_be_switched_off(cache: Path) -> None:
    compiled.switch(False)
    try:
        assert compiled.kept("name", STAMP, lambda: "data") == "data"
        assert not cache.exists()
    finally:
        compiled.switch(True)


def test_a_stamp_changes_with_names_sizes_and_what_else_matters(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_text("a")
    one = compiled.stamp([path])
    assert one == compiled.stamp([path])
    assert one != compiled.stamp([path], "more")
    path.write_text("ab")
    assert one != compiled.stamp([path])
    assert compiled.stamp([tmp_path / "none"]) == compiled.stamp([tmp_path / "none"])
    assert compiled.digest("ab", "c") != compiled.digest("a", "bc")
