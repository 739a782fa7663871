"""The reason for a verdict, as a sentence that a support agent understands."""

from __future__ import annotations

from collections.abc import Sequence

from replylint.dialogue.features import FITTING
from replylint.dialogue.judge import Exchange, Status

#: What an ask expects, in words, and what stands in its answer.
_EXPECTED = {
    "asks-price": ("a price", "an amount"),
    "asks-when": ("a date or time", "a date or time"),
    "asks-duration": ("how long it takes", "a duration"),
    "asks-where": ("a place", "a place"),
    "asks-who": ("a person", "a name"),
    "asks-how-many": ("a number", "a number"),
    "asks-how": ("a way to do it", "steps or a link"),
    "asks-why": ("a reason", "a reason"),
    "asks-which": ("one of several", "a name or number"),
    "asks-link": ("a link or file", "a link or file"),
    "asks-contact": ("a contact", "a contact"),
}


def why(exchange: Exchange, ask: int, status: Status, places: Sequence[int]) -> str:
    """One sentence; it names no words of the mails beyond one that both share."""
    asked = exchange.asks[ask]
    # "is breakfast in the price" asks for a yes or no, not for a price
    expected = [
        name for name in _EXPECTED if name in asked.expects and (asked.open_ended or asked.opening == "elliptic")
    ]
    best = exchange.segments[places[0]] if places else None
    shared = _shared_word(exchange, ask, places[0]) if places else ""
    if status == "unanswered":
        if expected:
            wants, holds = _EXPECTED[expected[0]]
            nowhere = not any(FITTING[expected[0]] & part.holds for part in exchange.segments)
            return (
                f"asks for {wants}; no {holds.removeprefix('an ').removeprefix('a ')} in the reply"
                if nowhere
                else f"asks for {wants}; none is given for this"
            )
        return "no sentence clearly speaks of it" if not shared else f"“{shared}” is mentioned, but not answered"
    if best is None:
        return ""
    if exchange.names(ask, places[0]):
        return (
            "it stands under the question, quoted"
            if exchange.quoted and exchange.quoted[places[0]]
            else (f"number {asked.number} answers it")
        )
    if status in ("deferred", "deferred-without-date"):
        return "put off, with a time" if status == "deferred" else "put off, and no time is given"
    met = next((name for name in expected if FITTING[name] & best.holds), None)
    if met:
        return f"asks for {_EXPECTED[met][0]}; {_EXPECTED[met][1]} stands there"
    if asked.kind == "request":
        for name, words in (
            ("done", "it says that it is done"),
            ("refusal", "it is refused"),
            ("promise", "it is promised"),
            ("attached", "it is attached"),
        ):
            if name in best.holds:
                return words
    if shared:
        return f"both speak of “{shared}”"
    return "the answer starts with yes or no" if best.holds & {"yes", "no"} else "its place in the order fits"


def _shared_word(exchange: Exchange, ask: int, segment: int) -> str:
    """The longest topic word of the segment that the ask has too."""
    asked, part = exchange.asks[ask], exchange.segments[segment]
    stop = exchange.reply.book.function_keys
    own = [
        exchange.original.keys[i]
        for i in range(asked.first, asked.last)
        if exchange.original.tokens[i].norm not in stop
    ]
    words = [
        exchange.reply.between(i, i + 1)
        for i in range(part.first, part.last)
        if exchange.reply.tokens[i].kind == "word"
        and exchange.reply.tokens[i].norm not in stop
        and any(not keys.isdisjoint(exchange.reply.keys[i]) for keys in own)
    ]
    return max(words, key=len, default="")
