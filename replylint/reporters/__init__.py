"""The formats, one file each: name → function from a Run to text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from replylint.reporters.base import Options
from replylint.run import Run

FORMATS: Mapping[str, str] = {"text": "text", "concise": "concise", "json": "json"}


def reporter(name: str) -> Callable[[Run, Options], str]:
    """The reporter of a format; its module is imported only when it is used."""
    render: Callable[[Run, Options], str] = import_module(f"replylint.reporters.{FORMATS[name]}").render
    return render


__all__ = ["FORMATS", "Options", "reporter"]
