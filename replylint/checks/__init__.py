"""The kinds of check. A rule's YAML names one of these; packages add others by the entry point `replylint.checks`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from replylint.checks.acronyms import Acronyms
from replylint.checks.base import Check
from replylint.checks.coverage import CoverageCheck
from replylint.checks.cues import Cues
from replylint.checks.length import Length
from replylint.checks.letter import LetterPart
from replylint.checks.phrases import Phrases
from replylint.checks.questions import UnnumberedQuestions
from replylint.checks.readability import HardToRead
from replylint.checks.shouting import Shouting

CHECKS: Mapping[str, Callable[..., Check]] = {
    "phrases": Phrases,
    "cues": Cues,
    "coverage": CoverageCheck,
    "acronyms": Acronyms,
    "length": Length,
    "readability": HardToRead,
    "letter": LetterPart,
    "unnumbered-questions": UnnumberedQuestions,
    "shouting": Shouting,
}

__all__ = ["CHECKS", "Check"]
