"""What a rule says: where, how surely, how bad, and how to mend it. Names follow LSP."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from replylint.mail.message import Span


class Severity(StrEnum):
    """How bad: an error must not go out, most editors would change a warning, a note is advice."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def rank(self) -> int:
        """0 for a note, 2 for an error."""
        return ("note", "warning", "error").index(self.value)

    def lower(self, steps: int = 1) -> Severity:
        """The level `steps` below, a note at the lowest."""
        return (Severity.NOTE, Severity.WARNING, Severity.ERROR)[max(0, self.rank - steps)]


@dataclass(frozen=True, slots=True)
class Edit:
    """Replace what stands at `span` by `replacement`."""

    span: Span
    replacement: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A mend: one or more edits that belong together; a `safe` one never changes what the text says."""

    description: str
    safe: bool
    edits: tuple[Edit, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """Another place that a diagnostic speaks of, such as the client's question."""

    span: Span
    message: str


@dataclass(frozen=True, slots=True)
class Match:
    """What a check found: where and how surely. The linter stamps which rule and how bad.

    `span` is empty for an absence, and lies where the missing thing belongs. `values` fill the `$names` of the rule's
    message; `message`, where given, replaces it. `mask`, as long as the match, is what every report shows
    instead of a secret.
    """

    span: Span
    sure: bool = True
    values: Mapping[str, str] = field(default_factory=dict)
    message: str | None = None
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    mask: str = ""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that an editor would say about a reply, with what it costs."""

    rule: str
    severity: Severity
    sure: bool
    message: str
    span: Span
    points: int = 0
    related: tuple[Related, ...] = ()
    fix: Fix | None = None
    #: What a report shows instead of what stands at the span, as long as that; "" where it is no secret.
    mask: str = ""

    @property
    def is_absence(self) -> bool:
        """Whether it speaks of something that is not there."""
        return self.span.start == self.span.end


@dataclass(frozen=True, slots=True)
class NotRun:
    """A rule that could not be judged, and why: never counted as passed."""

    rule: str
    reason: str
