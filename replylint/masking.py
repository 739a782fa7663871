"""Keeps secrets that were found in a letter out of whatever a report says of it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from replylint.diagnostic import Diagnostic

_SEEN = re.compile(r"\w")


def masked(text: str, secrets: Sequence[str]) -> str:
    """The text with each secret masked, character for character, so that places stay."""
    for secret in secrets:
        if secret in text:
            text = text.replace(secret, _SEEN.sub("•", secret))
    return text


def without(diagnostics: Iterable[Diagnostic], secrets: Sequence[str]) -> list[Diagnostic]:
    """The diagnostics with messages that name no secret; a fix that would write one is not offered."""
    return [_without(diagnostic, secrets) for diagnostic in diagnostics] if secrets else list(diagnostics)


def _without(diagnostic: Diagnostic, secrets: Sequence[str]) -> Diagnostic:
    fix = diagnostic.fix
    told = fix is not None and any(secret in edit.replacement for edit in fix.edits for secret in secrets)
    return replace(
        diagnostic,
        message=masked(diagnostic.message, secrets),
        related=tuple(replace(r, message=masked(r.message, secrets)) for r in diagnostic.related),
        fix=None if told else fix,
    )
