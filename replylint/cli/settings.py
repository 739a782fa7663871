"""`replylint config` and `init`: what is in force and from where, and a commented config to begin with."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from replylint.cli.output import write_whole

TEMPLATE = """\
# replylint's config. Every key may be left out; `replylint config --schema` describes them all.

# Our addresses; @domain stands for a whole domain.
us:
  - "@example.com"

# Canned responses, and snippets that become part of a letter (globs).
templates: ["templates/**/*.md"]
fragments: []

# recommended, or all (with the rules that are a matter of taste).
preset: recommended

# Words of the house that need no explaining.
vocabulary: []

# Lowest level that fails a run: error, warning, note or never; and the lowest score that passes.
fail_on: error
# min_score: 80

# A rule can be switched off, have its level changed, or be given options and phrases of your own:
# rules:
#   jargon:
#     severity: error
#     phrases: {en: [{find: "widgetise", say: "set up"}]}
#   missing-summary: off
"""


def config(
    path: Annotated[Path, typer.Argument(help="A mail or folder: the settings that hold for it.")] = Path(),
    schema: Annotated[bool, typer.Option("--schema", help="Print a JSON schema of the config, for editors.")] = False,
    file: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Config to read instead of the nearest.")
    ] = None,
) -> int:
    """Print the settings in force, and where each comes from."""
    from replylint.config import Config, load_config, user_config_path

    if schema:
        print(json.dumps(Config.model_json_schema(), ensure_ascii=False, indent=2))
        return 0
    loaded = load_config(path, file, user=user_config_path())
    for key, value in loaded.config.model_dump(mode="json", exclude_none=False).items():
        print(f"{key}: {json.dumps(value, ensure_ascii=False)}   # {loaded.origin(key)}")
    return 0


def init(
    folder: Annotated[Path, typer.Argument(help="Where to write it.")] = Path(),
) -> int:
    """Write a commented .replylint.yaml to begin with. Never overwrites one."""
    from replylint.config import FILE_NAME
    from replylint.run import UsageError

    if not folder.is_dir():
        raise UsageError(f"{folder}: no such folder")
    path = folder / FILE_NAME
    if path.exists():
        raise UsageError(f"{path} is there already; it was left as it is")
    write_whole(path, TEMPLATE)
    print(f"wrote {path}")
    return 0
