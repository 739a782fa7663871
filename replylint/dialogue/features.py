"""What the built-in judge looks at, as named figures: how a segment fits an ask, and what remains for an ask in the
end.

Names are the same here, in the learned weights, and in `why`. Figures lie between 0 and 1, or −1 and 1 for differences.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from replylint.dialogue.answers import Segment
from replylint.dialogue.asks import Ask
from replylint.dialogue.judge import Exchange
from replylint.dialogue.links import Links, links
from replylint.language.doc import Doc

Features = dict[str, float]

#: What a segment may hold to fit what an ask expects.
FITTING: Mapping[str, frozenset[str]] = {
    "asks-price": frozenset({"money", "percent"}),
    "asks-when": frozenset({"date", "time", "day", "clock", "duration"}),
    "asks-duration": frozenset({"duration", "date", "day"}),
    "asks-where": frozenset({"place", "url", "name"}),
    "asks-who": frozenset({"person", "name"}),
    "asks-how-many": frozenset({"number", "counted", "size"}),
    "asks-how": frozenset({"steps", "url", "email"}),
    "asks-why": frozenset({"reason"}),
    "asks-which": frozenset({"name", "number"}),
    "asks-link": frozenset({"url", "attached", "file"}),
    "asks-contact": frozenset({"email", "number", "url"}),
    "asks-must": frozenset({"duty"}),
    "asks-may": frozenset({"permission", "refusal"}),
    "asks-have": frozenset({"stock"}),
    "asks-included": frozenset({"inclusion"}),
    "asks-done": frozenset({"done", "received"}),
}
_WHEN = frozenset({"asks-when", "asks-duration"})
_DATES = frozenset({"date", "time", "day", "clock", "duration"})
_FACTS = frozenset(
    {"money", "date", "time", "day", "clock", "duration", "number", "place", "url", "email", "file", "percent", "size"}
)
_IDLE = frozenset({"thanks", "apology", "wish", "mere-invitation", "courtesy-offer"})
#: Sentences of at most so many words are bare values ("Yes. 1 400. No.").
BARE = 4
#: From this fit on a segment counts as claimed by an ask.
CLAIM = 0.35


def pair_features(exchange: Exchange, tied: Links | None = None) -> list[list[Features]]:
    """For each ask, for each segment: how the one fits the other. `tied`: their links, where they are known already."""
    tied = tied or links(exchange)
    return [[_pair(exchange, a, s, tied) for s in range(len(exchange.segments))] for a in range(len(exchange.asks))]


def _pair(exchange: Exchange, a: int, s: int, tied: Links) -> Features:
    ask, part = exchange.asks[a], exchange.segments[s]
    asks, parts = exchange.asks, exchange.segments
    link = tied.best(a, s)
    rival = max((tied.best(o, s) for o in range(len(asks)) if o != a), default=0.0)
    other = max((tied.best(a, o) for o in range(len(parts)) if o != s), default=0.0)
    before = tied.best(a, s - 1) if s and parts[s - 1].paragraph == part.paragraph else 0.0
    features: Features = {
        "same word": tied.same[a][s],
        "kindred word": tied.kin[a][s] if not tied.same[a][s] else 0.0,
        "same concept": tied.concepts[a][s],
        "word of the surroundings": tied.around[a][s],
        "tied": float(link > 0),
        "tied alone": float(link > 0 and not rival),
        "more than rival asks": link - rival,
        "more than other segments": link - other,
        "rival asks are tied": float(rival > link),
        "other segments are tied": float(other > link),
        "the segment before is tied": before,
        "distance": abs((a + 0.5) / len(asks) - _place(parts, s)),
        "named by number or quote": float(exchange.names(a, s) is True),
        "another is named": float(exchange.names(a, s) is False),
        "question": float(part.is_question),
        "last": float(s == len(parts) - 1),
        "fact": float(bool(_FACTS & part.holds)),
        **_in_list(exchange, a, s),
        "list item": float(exchange.reply.sentences[exchange.reply.sentence_of[part.first]].zone == "list"),
    }
    bond = "tied" if link >= 0.25 else "loose"
    for name in (
        "done",
        "promise",
        "refusal",
        "deferral",
        "no-date",
        "attached",
        "joint",
        "next-step",
        "nothing-needed",
        "counter-question",
        "summary",
    ):
        if name in part.holds:
            features[f"{name}, {ask.kind}, {bond}"] = 1.0
    for name in _IDLE & part.holds:
        features[name] = 1.0
    wanted = ask.expects & FITTING.keys()
    for name in wanted:
        met = "met" if FITTING[name] & part.holds else "not met"
        features[f"{name} {met}, {bond}" if ask.open_ended else f"closed {name} {met}, {bond}"] = 1.0
    if not ask.open_ended:
        opens = _opening(exchange.reply, part)
        features[f"yes or no at the start, {ask.kind}, {bond}"] = float(bool(opens & {"yes", "no", "negation"}))
        features["echo at the start"] = float(_echoes(exchange, ask, part))
    features[f"general, {bond}"] = float("general" in part.holds)
    features[f"general without a person, {bond}"] = float(
        "general" in part.holds and not part.holds & {"addressee", "ourselves"}
    )
    features[f"speaks to the client, {bond}"] = float("addressee" in part.holds)
    features[f"speaks of us, {bond}"] = float("ourselves" in part.holds)
    if "attached" in part.holds and (exchange.attachments or "url" in part.holds):
        features["given with the reply"] = 1.0
    return features


def _place(parts: Sequence[Segment], s: int) -> float:
    """Where a segment stands among those that may answer, from 0 to 1."""
    useful = [i for i, part in enumerate(parts) if _may_answer(part)] or range(len(parts))
    return (sum(i < s for i in useful) + 0.5 * (s in useful)) / len(useful)


def _may_answer(part: Segment) -> bool:
    """Whether a segment says more than thanks and the like, and asks nothing."""
    return not (_IDLE & part.holds and not _FACTS & part.holds) and not part.is_question


def again_features(fit: Sequence[Sequence[float]], pairs: Sequence[Sequence[Features]]) -> list[list[Features]]:
    """The figures of each pair once more, beside what the first look at all pairs said: who else claims the segment,
    and where the answers to the asks around it stand.
    """
    bests = [max(range(len(row)), key=row.__getitem__, default=-1) for row in fit]
    return [[_again(fit, bests, a, s, features) for s, features in enumerate(row)] for a, row in enumerate(pairs)]


def _again(fit: Sequence[Sequence[float]], bests: Sequence[int], a: int, s: int, features: Features) -> Features:
    own = fit[a][s]
    rival = max((row[s] for o, row in enumerate(fit) if o != a), default=0.0)
    other = max((p for o, p in enumerate(fit[a]) if o != s), default=0.0)
    before = max((bests[o] for o in range(a) if bests[o] >= 0 and fit[o][bests[o]] >= CLAIM), default=-1)
    after = min(
        (bests[o] for o in range(a + 1, len(bests)) if bests[o] >= 0 and fit[o][bests[o]] >= CLAIM),
        default=len(fit[a]),
    )
    return {
        **features,
        "first look": own,
        "first look, squared": own * own,
        "first look, more than rival asks": own - rival,
        "first look, more than other segments": own - other,
        "claimed by a rival": float(rival >= CLAIM and rival > own),
        "claimed by nobody": float(rival < CLAIM),
        "between its neighbours": float(before < s < after),
        "between its neighbours, claimed by nobody": float(before < s < after and rival < CLAIM),
        "right after the ask before": float(before >= 0 and s == before + 1),
        "the best of its ask": float(own >= other),
    }


def _in_list(exchange: Exchange, a: int, s: int) -> Features:
    """Whether the segment stands at the ask's place, or at another's, in a list or row of paragraphs of as many."""
    result: Features = {}
    items = _items(exchange)
    at = next((i for i, item in enumerate(items) if s in item), None)
    if at is not None and len(items) == len(exchange.asks) > 1:
        result["its place in a list of as many" if at == a else "another's place in a list of as many"] = 1.0
    return result


def _items(exchange: Exchange) -> list[list[int]]:
    """The segments of each list item of the reply; or each by itself, where the reply is a row of bare values."""
    doc = exchange.reply
    useful = [i for i, part in enumerate(exchange.segments) if _may_answer(part)]
    if all(doc.words(exchange.segments[i].first, exchange.segments[i].last) <= BARE for i in useful):
        return [[i] for i in useful]
    units: dict[int, list[int]] = {}
    for i, part in enumerate(exchange.segments):
        if doc.sentences[doc.sentence_of[part.first]].zone == "list":
            units.setdefault(part.paragraph, []).append(i)
    return list(units.values())


def ask_features(exchange: Exchange, fit: Sequence[Sequence[float]], tied: Links | None = None) -> list[Features]:
    """For each ask: what speaks for an answer in the end. `fit` is the probability that a segment answers an ask."""
    asks, parts = exchange.asks, exchange.segments
    useful = [s for s, part in enumerate(parts) if _may_answer(part)]
    bests = [max(range(len(parts)), key=lambda s: row[s]) if parts else -1 for row in fit]
    claimed = {s for a, s in enumerate(bests) if s >= 0 and fit[a][s] >= CLAIM}
    free = [s for s in useful if s not in claimed]
    open_asks = sum(1 for a, s in enumerate(bests) if s < 0 or fit[a][s] < CLAIM)
    tied = tied or links(exchange)
    assigned = _assigned(fit)
    result = []
    for a, ask in enumerate(asks):
        strongest = max((tied.best(a, s) for s in useful), default=0.0)
        room = _room(a, bests, fit, free, len(parts))
        row = sorted(((p, s) for s, p in enumerate(fit[a])), reverse=True)
        best, at = row[0] if row else (0.0, -1)
        second = row[1][0] if len(row) > 1 else 0.0
        rival = max((fit[o][at] for o in range(len(asks)) if o != a), default=0.0) if at >= 0 else 0.0
        own = max(
            (fit[a][s] for s in range(len(parts)) if all(fit[a][s] >= fit[o][s] for o in range(len(asks)) if o != a)),
            default=0.0,
        )
        part = parts[at] if at >= 0 else None
        features: Features = {
            "best fit": best,
            "best fit squared": best * best,
            "lead over the second": best - second,
            "lead over rival asks": best - rival,
            "best among its own": own,
            "fit of the segment assigned": fit[a][assigned[a]] if a in assigned else 0.0,
            "nothing assigned": float(a not in assigned),
            "strongest tie": strongest,
            "tied to nothing": float(not strongest),
            "answered by number or quote": float(any(exchange.names(a, s) for s in range(len(parts)))),
            "same concept somewhere": max(tied.concepts[a], default=0.0),
            "request": float(ask.kind == "request"),
            f"opened by {ask.opening}": 1.0,
            "short ask": float(ask.last - ask.first <= 4),
            "long ask": float(ask.last - ask.first >= 16),
            "last ask": float(a == len(asks) - 1),
            "only ask": float(len(asks) == 1),
            "segments an ask": min(1.0, len(useful) / (2.5 * len(asks))),
            "fewer segments than asks": float(len(useful) < len(asks)),
            "asks": min(1.0, len(asks) / 6),
            "unclaimed segment in its place": float(room > 0),
            "unclaimed segments in its place": min(1.0, room / 3),
            "unclaimed segments": min(1.0, len(free) / max(1, open_asks) / 2),
            "no unclaimed segment": float(not free),
            "shares its best with another": float(at >= 0 and any(bests[o] == at for o in range(len(asks)) if o != a)),
        }
        if part is not None:
            dated = bool(_DATES & part.holds) or _next_is_dated(parts, at)
            put_off = "deferral" in part.holds or ("no-date" in part.holds and bool(ask.expects & _WHEN))
            features["put off, dated"] = float(put_off and dated)
            features["put off, undated"] = float(put_off and not dated)
            features["vague time"] = float("no-date" in part.holds and not dated)
            features["promise, dated"] = float("promise" in part.holds and dated)
            features["promise, undated"] = float("promise" in part.holds and not dated)
            features["request promised, undated"] = float(
                "promise" in part.holds and not dated and ask.kind == "request"
            )
            features["request promised, dated"] = float("promise" in part.holds and dated and ask.kind == "request")
            for name in ("done", "refusal", "counter-question", "next-step"):
                features[f"best holds {name}"] = float(name in part.holds)
            for name in ("general", "addressee", "ourselves"):
                features[f"best: {name}"] = float(name in part.holds)
            features["best: general without a person"] = float(
                "general" in part.holds and not part.holds & {"addressee", "ourselves"}
            )
            features["best is a question"] = float(part.is_question)
            features["best holds a fact"] = float(bool(_FACTS & part.holds))
            features["best holds a date"] = float(dated)
            wanted = ask.expects & FITTING.keys()
            meets = sum(bool(FITTING[name] & part.holds) for name in wanted)
            form = "open" if ask.open_ended else "closed"
            features[f"best meets all, {form}"] = float(bool(wanted) and meets == len(wanted))
            features[f"best meets some, {form}"] = float(0 < meets < len(wanted))
            features[f"best meets none, {form}"] = float(bool(wanted) and not meets)
            features["put off anywhere"] = float(any("deferral" in p.holds for p in parts))
        for name in ask.expects & FITTING.keys():
            somewhere = any(FITTING[name] & p.holds for p in parts)
            features[f"{name} nowhere met"] = float(not somewhere)
        result.append(features)
    return result


def _assigned(fit: Sequence[Sequence[float]]) -> dict[int, int]:
    """Ask → segment, each segment to one ask, the best fits first; an ask for which nothing fits gets none."""
    order = sorted(((p, a, s) for a, row in enumerate(fit) for s, p in enumerate(row)), reverse=True)
    result: dict[int, int] = {}
    for p, a, s in order:
        if p >= CLAIM / 2 and a not in result and s not in result.values():
            result[a] = s
    return result


def _room(a: int, bests: Sequence[int], fit: Sequence[Sequence[float]], free: Sequence[int], count: int) -> int:
    """How many segments that no ask claims stand where the answer would in order: between those of the asks around."""
    before = [bests[o] for o in range(a) if bests[o] >= 0 and fit[o][bests[o]] >= CLAIM]
    after = [bests[o] for o in range(a + 1, len(bests)) if bests[o] >= 0 and fit[o][bests[o]] >= CLAIM]
    low, high = max(before, default=-1), min(after, default=count)
    return sum(low < s < high for s in free)


def _next_is_dated(parts: Sequence[Segment], at: int) -> bool:
    return at + 1 < len(parts) and bool(_DATES & parts[at + 1].holds) and parts[at + 1].paragraph == parts[at].paragraph


def _opening(doc: Doc, part: Segment) -> set[str]:
    """Which of yes, no and negation stand in the first words of a segment."""
    stop = min(part.first + 3, part.last)
    return {name for name in ("yes", "no", "negation") if doc.has(name, part.first, stop)}


def _echoes(exchange: Exchange, ask: Ask, part: Segment) -> bool:
    """Whether the segment's first words say a word of the ask again («Есть.», "Saab.")."""
    doc = exchange.reply
    own = [exchange.original.keys[i] for i in range(ask.first, ask.last) if exchange.original.tokens[i].kind == "word"]
    lemmas = frozenset(key for keys in own for key in keys if not key.startswith("="))
    return any(
        doc.tokens[i].kind == "word" and not lemmas.isdisjoint(doc.keys[i])
        for i in range(part.first, min(part.first + 2, part.last))
    )
