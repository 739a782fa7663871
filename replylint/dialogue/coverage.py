"""Asks × segments, by a judge → what came of each ask, how surely, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from replylint.dialogue.answers import Segment, segments
from replylint.dialogue.asks import Ask, find_asks
from replylint.dialogue.builtin import BuiltinJudge
from replylint.dialogue.judge import Exchange, Judge, Status, best_status
from replylint.dialogue.quotes import asks_above
from replylint.language.doc import Doc
from replylint.mail.message import Block, Span

Band = Literal["sure", "likely", "unclear"]
#: Least probability of the best status for each band, set after the cross-validation of benchmarks/train_judge.py. To
#: call an answered question open costs more trust than the other way round, and needs more.
BANDS: tuple[tuple[Band, float], ...] = (("sure", 0.85), ("likely", 0.6))
OPEN_BANDS: tuple[tuple[Band, float], ...] = (("sure", 0.9), ("likely", 0.7))
#: With the reply in another language than the message words tie nothing, and no status is more sure than this.
FOREIGN = 0.5


@dataclass(frozen=True)
class Coverage:
    """What came of one ask: best status, its confidence and band, the answering spans (best first), and why."""

    ask: Ask
    status: Status
    confidence: float
    answers: tuple[Span, ...]
    why: str
    judge: str
    #: Probability that it is open.
    unanswered: float = 0.0
    segments: tuple[int, ...] = ()
    #: It was left by an earlier reply, and whether it has been reported there.
    carried_over: bool = False
    reported: bool = False

    @property
    def band(self) -> Band:
        """How the status is reported: at the rule's level, one lower, or only as "check" in the table of asks."""
        bands = OPEN_BANDS if self.status == "unanswered" else BANDS
        return next((band for band, least in bands if self.confidence >= least), "unclear")


@dataclass(frozen=True)
class Dialogue:
    """The asks of a message and what a reply makes of them; `in_order` is None with fewer than two answers.

    `earlier` are asks of earlier mails of the thread, their places in the docs of these.
    """

    coverage: tuple[Coverage, ...]
    segments: tuple[Segment, ...]
    in_order: bool | None
    earlier: tuple[Coverage, ...] = ()

    @property
    def everything(self) -> tuple[Coverage, ...]:
        """All asks that the reply should meet, the oldest first."""
        return (*self.earlier, *self.coverage)

    @property
    def answered(self) -> int:
        """How many asks probably got an answer or a deferral."""
        return round(sum(1.0 - c.unanswered for c in self.everything))


def cover(
    original: Doc,
    reply: Doc,
    attachments: Sequence[str] = (),
    judge: Judge | None = None,
    asks: Sequence[Ask] | None = None,
    blocks: Sequence[Block] = (),
) -> Dialogue:
    """Judge what `reply` makes of each ask of `original`: of `asks`, or of all that are found there.

    `blocks` are the reply's zones, for what it quotes between its passages.
    """
    judge = judge or BuiltinJudge()
    asks, parts = find_asks(original) if asks is None else asks, segments(reply)
    quoted = asks_above(original, asks, parts, reply.text, blocks)
    judgement = judge.judge(Exchange(original, reply, asks, parts, attachments, quoted)) if asks else None
    covered = []
    for ask, verdict in zip(asks, judgement.verdicts if judgement else (), strict=True):
        status = best_status(verdict.probabilities)
        confidence = verdict.probabilities[status]
        if original.language != reply.language:
            confidence = min(confidence, FOREIGN)
        places = () if status == "unanswered" else verdict.segments
        covered.append(
            Coverage(
                ask,
                status,
                round(confidence, 3),
                tuple(parts[i].span for i in places),
                verdict.why,
                judge.name,
                unanswered=verdict.probabilities.get("unanswered", 0.0),
                segments=places,
            )
        )
    return Dialogue(tuple(covered), tuple(parts), _in_order(covered))


def _in_order(covered: Sequence[Coverage]) -> bool | None:
    places = [c.segments[0] for c in covered if c.segments]
    return None if len(places) < 2 else all(a <= b for a, b in pairwise(places))
