"""What several tests share: linters are slow to build and never changed, so there is one for each config."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pytest

from replylint.config import Config
from replylint.linter import Linter

ROOT = Path(__file__).parent.parent


@lru_cache(maxsize=64)
def linter_for(settings: str) -> Linter:
    """A linter for a config given as JSON."""
    return Linter(Config.model_validate(json.loads(settings)))


@pytest.fixture(scope="session")
def examples_folder() -> Path:
    return ROOT / "examples"
