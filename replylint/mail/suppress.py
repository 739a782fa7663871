"""Finds `<!-- replylint: ignore RULE: reason -->` in a text, and takes it out without moving anything."""

from __future__ import annotations

import re

from replylint.mail.message import Span, Suppression

_COMMENT = re.compile(r"<!--(?:(?!-->).){0,4000}-->", re.DOTALL)
_OURS = re.compile(r"\s*replylint\s*:\s*(.*?)\s*", re.DOTALL | re.IGNORECASE)
_IGNORE = re.compile(r"ignore\s+([\w-]+(?:\s*,\s*[\w-]+)*)\s*(?::\s*(.*))?", re.DOTALL)


def take_out(text: str, every: bool) -> tuple[str, tuple[Suppression, ...]]:
    """The text with our comments (or `every` comment, where none is shown to a reader) blank, and what ours say.

    Blanks and line ends stand for what was there, so that places and lines stay.
    """
    if "<!--" not in text:
        return text, ()
    found: list[Suppression] = []

    def blank(match: re.Match[str]) -> str:
        made = read(match[0][4:-3], Span("body", *match.span()))
        if made is not None:
            found.append(made)
        return re.sub(r"[^\n]", " ", match[0]) if made is not None or every else match[0]

    return _COMMENT.sub(blank, text), tuple(found)


def read(comment: str, span: Span) -> Suppression | None:
    """What the inside of a comment says at its place; None where it is none of ours."""
    ours = _OURS.fullmatch(comment)
    if ours is None:
        return None
    said = _IGNORE.fullmatch(ours[1])
    if said is None:
        return Suppression(span, fault=f"“{' '.join(ours[1].split())}” is not understood")
    rules = tuple(name.strip() for name in said[1].split(","))
    return Suppression(span, rules, " ".join((said[2] or "").split()))


def of_front_matter(given: object) -> tuple[Suppression, ...]:
    """What a template's front matter says under `ignore`: rules, with their reasons where it is a mapping."""
    place = Span("body", 0, 0)
    items = given if isinstance(given, list) else [given]
    result = []
    for item in items:
        for rule, reason in (item if isinstance(item, dict) else {item: ""}).items():
            if isinstance(rule, str) and isinstance(reason, str | None):
                result.append(Suppression(place, (rule,), " ".join((reason or "").split()), whole=True))
            else:
                result.append(Suppression(place, fault="ignore takes rules and reasons: `jargon: the reason`"))
    return tuple(result)
