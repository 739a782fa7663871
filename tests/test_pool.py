"""Work shared among processes: the same report, byte for byte, whatever their number."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

TEXTS = {
    "en": "Hello Dana,\n\nOur designer was ill, so the ETA is Friday. We'll be back soon.\n\nRegards,\nTom {n}\n",
    "et": "Tere, Mari!\n\nMeie disainer oli haige. Vastame esimesel võimalusel, number {n}.\n\nLugupidamisega\nOlev\n",
    "none": "%%% {n}\n",
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library")
    for number in range(60):
        name, text = list(TEXTS.items())[number % len(TEXTS)]
        (folder / f"{number:02}-{name}.md").write_text(text.replace("{n}", str(number)), encoding="utf-8")
    return folder


@pytest.mark.parametrize("form", ["json", "text"])
def test_same_bytes_with_any_number_of_workers(library: Path, form: str) -> None:
    command = [sys.executable, "-m", "replylint", "check", str(library), "--template", "--format", form, "--jobs"]
    one, two = (subprocess.run([*command, jobs], capture_output=True, check=False) for jobs in ("1", "2"))
    assert one.stdout == two.stdout
    assert (one.returncode, two.returncode, two.stderr) == (1, 1, b"")
