"""`replylint check`: judge drafts and canned responses."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from replylint.cli.complete import language_codes, rules_and_groups, settings
from replylint.cli.output import say, wants_colour, width, write_whole

#: Standard input may be a pipe without an end.
_MOST_INPUT = 1 << 30


class Format(StrEnum):
    """How the report is written."""

    TEXT = "text"
    CONCISE = "concise"
    JSON = "json"


class Kind(StrEnum):
    """What a text is."""

    REPLY = "reply"
    NEW = "new"
    FORWARD = "forward"
    ACKNOWLEDGEMENT = "acknowledgement"
    TEMPLATE = "template"
    FRAGMENT = "fragment"


class Level(StrEnum):
    """From which level on a diagnostic fails the run."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"
    NEVER = "never"


class Preset(StrEnum):
    """Which rules run."""

    RECOMMENDED = "recommended"
    ALL = "all"


def check(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Drafts (.eml, .txt, .md); mbox files, maildirs and folders, whose conversations are "
            "judged reply by reply; or - for standard input."
        ),
    ],
    original: Annotated[
        str | None,
        typer.Option(
            metavar="PATH",
            help="The client's message, or a folder in which each reply's own is found by In-Reply-To. "
            "Without it the original is taken from the quoted text.",
        ),
    ] = None,
    template: Annotated[bool, typer.Option("--template", help="The paths are canned responses.")] = False,
    kind: Annotated[Kind | None, typer.Option(help="What the texts are, where it should not be found out.")] = None,
    us: Annotated[
        list[str] | None,
        typer.Option(
            metavar="ADDRESS",
            help="Our address, or @domain for a whole domain. Repeatable. Without it those to whom the threads "
            "were opened.",
        ),
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="CODE",
            autocompletion=language_codes,
            help="Language of the drafts: en, ru, uk or et. Found out by default.",
        ),
    ] = None,
    preset: Annotated[Preset | None, typer.Option(help="Which rules run.")] = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE",
            autocompletion=rules_and_groups,
            help="Run only these rules or groups. Repeatable, or separated by commas.",
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE",
            autocompletion=rules_and_groups,
            help="Leave out these rules or groups. Repeatable, or separated by commas.",
        ),
    ] = None,
    setting: Annotated[
        list[str] | None,
        typer.Option(
            "-c", metavar="RULE.OPTION=VALUE", autocompletion=settings, help="Set an option of a rule. Repeatable."
        ),
    ] = None,
    format: Annotated[Format, typer.Option("--format", help="How the report is written.")] = Format.TEXT,
    output_file: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the report there instead of to the terminal.")
    ] = None,
    redact: Annotated[bool, typer.Option("--redact", help="No text of the mails in the report.")] = False,
    fail_on: Annotated[Level | None, typer.Option(help="Lowest level that fails the run (default: error).")] = None,
    min_score: Annotated[int | None, typer.Option(metavar="N", help="Fail a reply with a lower score.")] = None,
    fail_on_not_run: Annotated[
        bool,
        typer.Option("--fail-on-not-run", help="Fail a reply on which a rule could not run for want of what it needs."),
    ] = False,
    last: Annotated[bool, typer.Option("--last", help="Only our newest reply of each thread.")] = False,
    now: Annotated[
        str | None,
        typer.Option(
            metavar="TIME",
            help="The moment to judge by, as 2026-03-31T15:00:00+03:00 (default: the newest date in the input).",
        ),
    ] = None,
    max_size: Annotated[
        float | None, typer.Option(metavar="MB", help="The largest mail that is read (default: 25).")
    ] = None,
    jobs: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, help="Processes that share the work (default: one a core for many texts)."),
    ] = None,
    config: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Config to use instead of the nearest .replylint.yaml.")
    ] = None,
) -> int:
    """Judge drafts beside the messages they answer.

    Exit status: 0 all passed, 1 one did not, 2 wrong usage or an input that cannot be read.

    For example: replylint check draft.eml --original message.eml
    """
    from replylint.config import ConfigError, load_config, overrides_from, user_config_path
    from replylint.linter import Linter
    from replylint.pack import PackError
    from replylint.reporters import Options, reporter
    from replylint.run import run

    overrides = overrides_from(
        setting or (),
        us=us,
        language=lang,
        preset=preset and preset.value,
        select=_split(select),
        ignore=_split(ignore),
        fail_on=fail_on and fail_on.value,
        min_score=min_score,
        max_size=max_size,
        fail_on_not_run=fail_on_not_run,
        kind=_kind(template, kind),
    )
    loaded = load_config(_start(paths), config, overrides, user_config_path())
    if output_file is not None:
        _refuse_to_overwrite(output_file, [*paths, *([original] if original else [])])
    paths = list(dict.fromkeys(paths))
    data = sys.stdin.buffer.read(_MOST_INPUT) if "-" in paths else b""
    moment = _moment(now)
    try:
        linter = Linter(loaded.config, loaded.folder)
        result = run(linter, paths, original=original, now=moment, last=last, jobs=jobs, standard_input=data)
    except PackError as fault:
        raise ConfigError(loaded.locate(fault.key, str(fault))) from None
    for note in result.notes:
        say(note)
    to_file = output_file is not None
    options = Options(redact, wants_colour() and not to_file, 100 if to_file else width())
    text = reporter(format.value)(result, options)
    if output_file is not None:
        write_whole(output_file, text)
    else:
        sys.stdout.write(text)
    return result.exit_status


def _refuse_to_overwrite(output: Path, inputs: list[str]) -> None:
    """UsageError where the report would be written over a mail."""
    from replylint.mail.stores import files
    from replylint.run import UsageError

    if not output.exists():
        return
    for name in inputs:
        place = Path(name)
        mails = files(place) if place.is_dir() else [place] if place.exists() else []
        if any(mail.samefile(output) for mail in mails):
            raise UsageError(f"--output-file {output} is one of the mails; it was left as it is")


def _start(paths: list[str]) -> Path:
    """Where the search for a config begins: the first path that is there."""
    return next((Path(p) for p in paths if p != "-" and Path(p).exists()), Path())


def _split(values: list[str] | None) -> list[str]:
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]


def _kind(template: bool, kind: Kind | None) -> Any:
    from replylint.run import UsageError

    if template and kind not in (None, Kind.TEMPLATE, Kind.FRAGMENT):
        raise UsageError(f"--template and --kind {kind} contradict each other")
    return kind.value if kind else "template" if template else None


def _moment(text: str | None) -> Any:
    from datetime import datetime

    from replylint.run import UsageError

    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise UsageError(f"--now {text}: expected a time such as 2026-03-31T15:00:00+03:00") from None
    return moment if moment.tzinfo else moment.astimezone()
