"""The page of a rule, as Markdown: what docs/rules holds, and what `replylint rule ID` shows."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from replylint.language.lexicon import languages, lexicon
from replylint.pack import shipped_folder
from replylint.rule import Example, Rule

#: So many bad and so many good examples a language.
EXAMPLES = 4
HEADING = "<!-- Made by scripts/rule_pages. Change the rule's YAML instead. -->\n\n"


def figures() -> Mapping[str, Any]:
    """Rule → its precision (p), recall (r) and counts on the labelled cases; empty where they are not at hand."""
    for place in (shipped_folder() / "figures.json", shipped_folder().parent / "benchmarks" / "figures.json"):
        if place.is_file():
            found: Mapping[str, Any] = json.loads(place.read_text(encoding="utf-8"))
            return found
    return {}


def facts(rule: Rule, measured: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What a rule is, in pairs of name and value."""
    result = [
        ("level", rule.severity.value),
        ("group", rule.group),
        ("preset", rule.preset),
        ("judges", ", ".join(rule.applies_to)),
        ("needs", ", ".join(sorted(rule.needs)) or "the reply alone"),
        ("languages", ", ".join(rule.languages)),
        ("weight", f"{rule.weight}, at most {rule.cap} in a reply"),
    ]
    if rule.id in measured:
        found = measured[rule.id]
        labels = found["tp"] + found["fn"]
        shown = f"precision {found['p']:.2f}, recall {found['r']:.2f} on {labels} labelled places"
        result.append(("measured", shown + (", too few to say much" if labels < 10 else "")))
    return result


def options(rule: Rule) -> list[tuple[str, str]]:
    """The options of a rule that `-c` or the config can set; phrase lists are left out."""
    plain = {name: value for name, value in rule.options.items() if not isinstance(value, dict)}
    return [(f"{rule.id}.{name}", _short(json.dumps(value, ensure_ascii=False))) for name, value in plain.items()]


def markdown(rule: Rule, measured: Mapping[str, Any]) -> str:
    """The whole page."""
    parts = [f"# {rule.id}", rule.summary, rule.why, f"After {rule.source}."]
    parts.append("\n".join(["| | |", "|---|---|", *(f"| {name} | {value} |" for name, value in facts(rule, measured))]))
    if options(rule):
        parts.append("## Options")
        parts.append("\n".join(f"- `{name}` = `{value}`" for name, value in options(rule)))
    parts.append("## Examples")
    for code in [one for one in rule.languages if one in languages()]:
        shown = _examples(rule, code)
        if shown:
            parts.append(f"### {lexicon(code).language.name}")
            parts += shown
    return HEADING + "\n\n".join(parts) + "\n"


def index(rules: Sequence[Rule]) -> str:
    """The page that lists all rules by group."""
    parts = [
        "# Rules",
        "An **error** must not go out; most editors would change a **warning**; a **note** is advice. *Needs*: what "
        "the rule must be given beside the draft. † rules run with `--preset all` only.",
    ]
    for group in dict.fromkeys(rule.group for rule in rules):
        rows = ["| rule | level | needs | finds |", "|---|---|---|---|"]
        for rule in rules:
            if rule.group == group:
                mark = "" if rule.preset == "recommended" else " †"
                needs = ", ".join(sorted(rule.needs)) or "—"
                rows.append(f"| [{rule.id}]({rule.id}.md){mark} | {rule.severity.value} | {needs} | {rule.summary} |")
        parts += [f"## {group}", "\n".join(rows)]
    return HEADING + "\n\n".join(parts) + "\n"


def pages(rules: Sequence[Rule]) -> dict[str, str]:
    """File name → text of every page."""
    measured = figures()
    return {"README.md": index(rules), **{f"{rule.id}.md": markdown(rule, measured) for rule in rules}}


def write(rules: Sequence[Rule], folder: Path) -> list[str]:
    """Bring a folder up to date; the names of the pages that were not."""
    wanted = pages(rules)
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for old in sorted(folder.glob("*.md")):
        if old.name not in wanted:
            old.unlink()
            changed.append(old.name)
    for name, text in wanted.items():
        path = folder / name
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8", newline="\n")
            changed.append(name)
    return changed


def _examples(rule: Rule, code: str) -> list[str]:
    found = rule.examples.of(code)
    result = []
    for bad in (True, False):
        items = [example for is_bad, example in found if is_bad is bad][:EXAMPLES]
        if items:
            result.append("Not like this:" if bad else "Good:")
            result += [_example(example) for example in items]
    return result


def _example(example: Example) -> str:
    """An example as quoted text, the client's words first; what the rule points at is set in bold."""
    if example.messages:
        return "\n>\n".join(f"> *{mail.at}, {mail.side}:* {' '.join(mail.body.split())}" for mail in example.messages)
    lines = [f"> *{line}*" if line.strip() else ">" for line in (example.original or "").strip().split("\n")]
    lines = [*lines, ">", "> →", ">"] if example.original else []
    marked = re.sub(r"\[\[|\]\](?!\])", "\0", example.reply.strip())
    for line in marked.split("\n"):
        text = re.sub(r"([\\`*_\[\]<>{}#|])", r"\\\1", line).replace("\0", "**")
        lines.append(f"> {text}  " if text.strip() else ">")
    return "\n".join(lines)


def _short(text: str, most: int = 200) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"
