"""Keeps secrets that were found in a letter out of whatever a report says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from replylint.diagnostic import Diagnostic

_SEEN = re.compile(r"\w")


#: What must not be shown, and what is shown instead: as long as it, so that places stay. The longest first.
Masks = Sequence[tuple[str, str]]


def mask(text: str, keep_start: int = 0, keep_end: int = 0) -> str:
    """The text with all letters and digits hidden but for so many characters at its ends."""
    end = len(text) - keep_end
    return text[:keep_start] + _SEEN.sub("•", text[keep_start:end]) + text[end:]


def masked(text: str, masks: Masks) -> str:
    """The text with each secret masked."""
    for secret, instead in masks:
        text = text.replace(secret, instead)
    return text


def without(diagnostics: Iterable[Diagnostic], masks: Masks) -> list[Diagnostic]:
    """The diagnostics with messages that name no secret; a fix that would write one is not offered."""
    return [_without(diagnostic, masks) for diagnostic in diagnostics] if masks else list(diagnostics)


def _without(diagnostic: Diagnostic, masks: Masks) -> Diagnostic:
    fix = diagnostic.fix
    told = fix is not None and any(secret in edit.replacement for edit in fix.edits for secret, _ in masks)
    return replace(
        diagnostic,
        message=masked(diagnostic.message, masks),
        related=tuple(replace(r, message=masked(r.message, masks)) for r in diagnostic.related),
        fix=None if told else fix,
    )
