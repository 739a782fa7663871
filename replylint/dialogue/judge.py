"""Who decides what came of the asks: the `Judge` protocol. The built-in judge is in coverage's default; others by
entry point.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from replylint.dialogue.answers import Segment
from replylint.dialogue.asks import Ask
from replylint.language.doc import Doc
from replylint.mail.message import Span

Status = Literal["answered", "deferred", "deferred-without-date", "unanswered"]
STATUSES: tuple[Status, ...] = ("answered", "deferred", "deferred-without-date", "unanswered")
#: From this probability on an ask counts as open.
OPEN_FROM = 0.5


@dataclass(frozen=True)
class Exchange:
    """What a judge may look at: both texts, the asks of the one and the segments of the other, and the files attached.

    `quoted`: for each segment the numbers of the asks in the quote right above it.
    """

    original: Doc
    reply: Doc
    asks: Sequence[Ask]
    segments: Sequence[Segment]
    attachments: Sequence[str] = ()
    quoted: Sequence[frozenset[int]] = ()

    def names(self, ask: int, segment: int) -> bool | None:
        """Whether a segment says by a number, a quote or "yes to both" that it answers the ask; None where it names
        no ask.
        """
        above = self.quoted[segment] if self.quoted else frozenset()
        if above:
            return ask in above
        if "joint" in self.segments[segment].holds:
            return True
        numbers = self.asks[ask].number, self.segments[segment].number
        return numbers[0] == numbers[1] if None not in numbers else None


@dataclass(frozen=True)
class Verdict:
    """What came of one ask: the probability of each status (they sum to 1), the answering segments (best first), and
    why.
    """

    probabilities: Mapping[Status, float]
    segments: tuple[int, ...]
    why: str


@dataclass(frozen=True)
class Judgement:
    """A verdict for each ask, in their order, and the places of asks that were overlooked."""

    verdicts: tuple[Verdict, ...]
    overlooked: tuple[Span, ...] = ()


class Judge(Protocol):
    """Decides what came of the asks of a message in a reply."""

    name: str

    def judge(self, exchange: Exchange) -> Judgement:
        """A verdict for every ask of the exchange, in order."""
        ...


def best_status(probabilities: Mapping[Status, float]) -> Status:
    """The best guess: unanswered from `OPEN_FROM` on, else the likeliest of the others."""
    if probabilities.get("unanswered", 0.0) >= OPEN_FROM:
        return "unanswered"
    return max((s for s in probabilities if s != "unanswered"), key=lambda s: probabilities[s], default="unanswered")
