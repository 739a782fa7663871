"""The built-in judge: fits every segment to every ask by what the ask expects, shared words, numbering and competition."""

from __future__ import annotations

from replylint.dialogue.answers import Segment
from replylint.dialogue.asks import Ask, content
from replylint.dialogue.judge import Exchange, Judgement, Status, Verdict

#: What a segment must hold to fit what an ask expects.
FITTING: dict[str, frozenset[str]] = {
    "asks-price": frozenset({"money", "percent"}),
    "asks-when": frozenset({"date", "time", "day", "clock", "duration"}),
    "asks-duration": frozenset({"duration", "date", "day"}),
    "asks-where": frozenset({"place", "url", "date"}),
    "asks-who": frozenset({"person", "name"}),
    "asks-how-many": frozenset({"number", "counted", "size"}),
    "asks-how": frozenset({"steps", "url", "email", "next-step"}),
    "asks-why": frozenset({"reason"}),
    "asks-link": frozenset({"url", "attached", "file"}),
    "asks-contact": frozenset({"email", "number", "url"}),
}


class BuiltinJudge:
    """Offline, instant, and the same every time."""

    name = "builtin"

    def judge(self, exchange: Exchange) -> Judgement:
        """A verdict for every ask."""
        fits = [[_fit(exchange, ask, segment) for segment in exchange.segments] for ask in exchange.asks]
        verdicts = []
        for row, ask in enumerate(exchange.asks):
            scored = sorted(((score, -i) for i, score in enumerate(fits[row])), reverse=True)
            best = [-i for score, i in scored if score > 0][:3]
            top = fits[row][best[0]] if best else 0.0
            answered = min(0.97, max(0.03, top / 2.5))
            status = _status(exchange.segments[best[0]], ask) if best else "answered"
            probabilities: dict[Status, float] = {"unanswered": 1 - answered, status: answered}
            verdicts.append(Verdict(probabilities, tuple(best), ""))
        return Judgement(tuple(verdicts))


def _fit(exchange: Exchange, ask: Ask, segment: Segment) -> float:
    score = 0.0
    if ask.number is not None and segment.number == ask.number:
        score += 3
    for expected in ask.expects:
        score += 0.8 * bool(FITTING.get(expected, frozenset()) & segment.holds)
    shared = sum(any(not a.isdisjoint(b) for b in segment.words) for a in content(exchange.original, ask.first, ask.last))
    score += 0.7 * shared
    return score


def _status(segment: Segment, ask: Ask) -> Status:
    if segment.holds & {"deferral"}:
        return "deferred" if segment.holds & {"date", "time", "duration", "day"} else "deferred-without-date"
    if ask.kind == "request" and "promise" in segment.holds and not segment.holds & {"date", "time", "duration", "day", "done"}:
        return "deferred-without-date"
    return "answered"
