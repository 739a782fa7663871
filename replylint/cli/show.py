"""`replylint zones`, `rules` and `rule`: how a mail was read, and what the rules are."""

from __future__ import annotations

import json
import re
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from replylint.cli.complete import rule_ids
from replylint.cli.output import fail, wants_colour, width


class ListFormat(StrEnum):
    """How a listing is written."""

    TEXT = "text"
    JSON = "json"


ZONE_STYLE = {
    "text": "",
    "list": "",
    "greeting": "cyan",
    "closing": "cyan",
    "signature": "magenta",
    "quote": "dim",
    "attribution": "dim",
    "disclaimer": "dim",
    "code": "yellow",
}


def _console() -> Any:
    from rich.console import Console

    return Console(
        force_terminal=wants_colour(),
        color_system="standard" if wants_colour() else None,
        width=width(),
        highlight=False,
        emoji=False,
        markup=False,
        legacy_windows=False,
    )


def zones(
    paths: Annotated[
        list[str], typer.Argument(help="Mails, texts, mbox files, maildirs and folders, or - for standard input.")
    ],
    original: Annotated[
        str | None, typer.Option(metavar="PATH", help="The client's message, with which quoted text is found.")
    ] = None,
    format: Annotated[ListFormat, typer.Option("--format", help="How it is written.")] = ListFormat.TEXT,
) -> int:
    """Show how a mail was read: each line with its zone.

    The first thing to look at when a diagnostic is a puzzle, and to send with a bug report.
    """
    from replylint.linter import Linter
    from replylint.mail.read import ReadError, read
    from replylint.mail.stores import walk, walk_bytes
    from replylint.mail.zones import own_text

    reader = Linter().reader
    asked = read(original) if original else None
    seen, failed = [], 0
    data = sys.stdin.buffer.read() if "-" in paths else b""
    mails = (found for path in dict.fromkeys(paths) for found in (walk_bytes(data, "-") if path == "-" else walk(path)))
    for message in mails:
        if isinstance(message, ReadError):
            failed = fail(str(message))
            continue
        context, _ = reader.context(message, asked)
        blocks, language = context.reply.blocks, context.language
        if format is ListFormat.JSON:
            seen.append(
                {
                    "path": message.path,
                    "entry": message.entry,
                    "kind": context.kind,
                    "language": language,
                    "blocks": [{"kind": b.kind, "start": b.span.start, "end": b.span.end} for b in blocks],
                    "own_text": own_text(message, blocks),
                }
            )
        else:
            _show_zones(message, blocks, f"{context.kind}, {language}")
    if format is ListFormat.JSON:
        print(json.dumps({"messages": seen}, ensure_ascii=False, indent=2))
    return failed


def _show_zones(message: Any, blocks: Any, about: str) -> None:
    from rich.text import Text

    console = _console()
    entry = f", mail {message.entry}" if message.entry else ""
    console.print(Text.assemble((message.path + entry, "bold"), (f"   {about}", "dim")))
    number = message.first_line or 1
    for block in blocks:
        name: str = block.kind
        for line in message.body[block.span.start : block.span.end].removesuffix("\n").split("\n"):
            label = f"{name}{' ' + str(block.depth) if block.depth else ''}" if line.strip() else ""
            console.print(
                Text.assemble(
                    (f"{number:>5} ", "dim"), (f"{label:<13}", "bold"), ("│ ", "dim"), (line, ZONE_STYLE[name])
                ),
                soft_wrap=True,
            )
            number += 1
        if not message.body[block.span.start : block.span.end].endswith("\n"):
            number -= 1
    console.print()


def rules(
    format: Annotated[ListFormat, typer.Option("--format", help="How it is written.")] = ListFormat.TEXT,
) -> int:
    """List every rule by group: its level and what it finds."""
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    loaded = _rules()
    if format is ListFormat.JSON:
        print(
            json.dumps(
                [
                    {
                        "id": r.id,
                        "group": r.group,
                        "severity": r.severity.value,
                        "preset": r.preset,
                        "needs": sorted(r.needs),
                        "applies_to": list(r.applies_to),
                        "languages": list(r.languages),
                        "summary": r.summary,
                    }
                    for r in loaded
                ],
                ensure_ascii=False,
                indent=2,
            )
        )
        return 0
    console = _console()
    for group in dict.fromkeys(rule.group for rule in loaded):
        console.print(Text(group, "bold"))
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for rule in loaded:
            if rule.group == group:
                optional = "" if rule.preset == "recommended" else " (preset all)"
                table.add_row(Text(rule.id), Text(rule.severity.value, "dim"), Text(rule.summary + optional))
        console.print(Padding(table, (0, 0, 1, 2)))
    return 0


def rule(
    rule_id: Annotated[str, typer.Argument(metavar="ID", autocompletion=rule_ids, help="A rule's id, such as jargon.")],
) -> int:
    """Explain a rule: what it finds and why, bad and good examples, its options."""
    from replylint.pack import PackError, unknown

    loaded = {r.id: r for r in _rules()}
    if rule_id not in loaded:
        raise PackError(unknown(rule_id, list(loaded), "rule"))
    _show_rule(loaded[rule_id])
    return 0


def _rules() -> Any:
    from pathlib import Path

    from replylint.config import load_config, user_config_path
    from replylint.pack import load_rules

    loaded = load_config(Path(), user=user_config_path())
    return load_rules(loaded.config, loaded.folder)


def _show_rule(rule: Any) -> None:
    from rich.padding import Padding
    from rich.text import Text

    from replylint.cli.page import facts, figures, options

    console = _console()
    console.print(Text(rule.id, "bold"))
    console.print(Text(rule.summary))
    console.print()
    console.print(Padding(Text(rule.why), (0, 0, 0, 2)))
    console.print(Padding(Text(f"After {rule.source}", "dim"), (0, 0, 1, 2)))
    for name, value in facts(rule, figures()):
        console.print(Text.assemble((f"  {name}: ", "bold"), value))
    settable = options(rule)
    if settable:
        console.print(Text("  options:", "bold"))
        for name, value in settable:
            console.print(Text(f"    {name} = {value}"))
    for language in rule.languages:
        for bad, example in rule.examples.of(language)[:6]:
            console.print()
            console.print(
                Text(f"  {language}  {'not like this' if bad else 'good'}", "bold red" if bad else "bold green")
            )
            if example.original:
                console.print(Padding(Text(example.original.strip(), "dim"), (0, 0, 0, 4)))
                console.print(Text("    →", "dim"))
            for mail in example.messages:
                console.print(Padding(Text(f"{mail.at} {mail.side}: {' '.join(mail.body.split())}"), (0, 0, 0, 4)))
            if example.reply:
                console.print(Padding(_marked(example.reply.strip()), (0, 0, 0, 4)))


def _marked(text: str) -> Any:
    """An example with the place between [[ and ]] underlined."""
    from rich.text import Text

    result = Text()
    for at, part in enumerate(re.split(r"\[\[|\]\](?!\])", text)):
        result.append(part, "underline" if at % 2 else "")
    return result
