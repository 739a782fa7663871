"""What the built-in judge looks at, as named figures: how a segment fits an ask, and what remains for an ask in the end.

Names are the same here, in the learned weights, and in `why`. Figures lie between 0 and 1, or −1 and 1 for differences.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from replylint.dialogue.answers import Segment
from replylint.dialogue.asks import Ask, content
from replylint.dialogue.judge import Exchange
from replylint.language.concepts import concepts_in, neighbours
from replylint.language.doc import Doc

Features = dict[str, float]

#: What a segment may hold to fit what an ask expects.
FITTING: Mapping[str, frozenset[str]] = {
    "asks-price": frozenset({"money", "percent"}),
    "asks-when": frozenset({"date", "time", "day", "clock", "duration"}),
    "asks-duration": frozenset({"duration", "date", "day"}),
    "asks-where": frozenset({"place", "url"}),
    "asks-who": frozenset({"person", "name"}),
    "asks-how-many": frozenset({"number", "counted", "size"}),
    "asks-how": frozenset({"steps", "url", "email"}),
    "asks-why": frozenset({"reason"}),
    "asks-which": frozenset({"name", "number"}),
    "asks-link": frozenset({"url", "attached", "file"}),
    "asks-contact": frozenset({"email", "number", "url"}),
}
_DATES = frozenset({"date", "time", "day", "clock", "duration"})
_FACTS = frozenset({"money", "date", "time", "day", "clock", "duration", "number", "place", "url", "email", "file", "percent", "size"})
_IDLE = frozenset({"thanks", "apology", "wish", "mere-invitation", "courtesy-offer"})
_PREFIX = 5
#: From this fit on a segment counts as claimed by an ask.
CLAIM = 0.35


@dataclass(frozen=True)
class _Words:
    """The topic words of a stretch: their key sets, and the beginnings by which relatives are known (deliver, delivery)."""

    keys: tuple[frozenset[str], ...]
    beginnings: frozenset[str]


def pair_features(exchange: Exchange) -> list[list[Features]]:
    """For each ask, for each segment: how the one fits the other."""
    asks, parts = exchange.asks, exchange.segments
    ask_words = [_words(exchange.original, ask.first, ask.last) for ask in asks]
    contexts = [_context(exchange.original, ask) for ask in asks]
    part_words = [_words(exchange.reply, part.first, part.last) for part in parts]
    strict = [[_shared(a, p, part_words, ask_words) for p in part_words] for a in ask_words]
    loose = [[_related(a, p) for p in part_words] for a in ask_words]
    around = [[_shared(c, p, part_words, ask_words) for p in part_words] for c in contexts]
    table = [[_pair(exchange, a, s, strict, loose, around) for s in range(len(parts))] for a in range(len(asks))]
    for a, s, name, value in _concept_features(exchange):
        table[a][s][name] = value
    return table


def _concept_features(exchange: Exchange) -> Iterator[tuple[int, int, str, float]]:
    """(ask, segment, name, figure): how far a segment speaks of the things that an ask asks about, though in other words.

    A concept counts the less, the more segments and asks speak of it.
    """
    touching = neighbours()
    asked = [concepts_in(exchange.original, "asked", ask.first, ask.last) for ask in exchange.asks]
    said = [concepts_in(exchange.reply, "answered", part.first, part.last) for part in exchange.segments]
    for a, names in enumerate(asked):
        near = frozenset(other for name in names for other in touching.get(name, ())) - names
        for s, spoken in enumerate(said):
            for label, wanted in (("same concept", names), ("related concept", near)):
                best = max((1.0 / sum(name in o for o in said) / max(1, sum(name in o for o in asked))
                            for name in wanted & spoken), default=0.0)
                if best:
                    yield a, s, label, best
            if names and not (names | near) & spoken:
                yield a, s, "another concept" if spoken else "no concept", 1.0


def _pair(exchange: Exchange, a: int, s: int, strict: list[list[float]], loose: list[list[float]],
          around: list[list[float]]) -> Features:
    ask, part = exchange.asks[a], exchange.segments[s]
    asks, parts = exchange.asks, exchange.segments
    rivals = [max(strict[o][s], loose[o][s]) for o in range(len(asks)) if o != a]
    others = [max(strict[a][o], loose[a][o]) for o in range(len(parts)) if o != s]
    mine = max(strict[a][s], loose[a][s])
    features: Features = {
        "shared": strict[a][s],
        "related": loose[a][s],
        "shared with the ask's surroundings": around[a][s],
        "more than rival asks": mine - max(rivals, default=0.0),
        "more than other segments": mine - max(others, default=0.0),
        "shared by the segment before": max(strict[a][s - 1], loose[a][s - 1]) if s and parts[s - 1].paragraph == part.paragraph else 0.0,
        "distance": abs((a + 0.5) / len(asks) - (s + 0.5) / len(parts)),
        "same number": float(ask.number is not None and ask.number == part.number),
        "another number": float(part.number is not None and ask.number is not None and ask.number != part.number),
        "short": float(part.last - part.first <= 6),
        "question": float(part.is_question),
        "last": float(s == len(parts) - 1),
        "fact": float(bool(_FACTS & part.holds)),
        "list item": float(exchange.reply.sentences[exchange.reply.sentence_of[part.first]].zone == "list"),
    }
    for name in ("yes", "no", "negation", "done", "promise", "refusal", "deferral", "attached", "joint", "topic", "summary", "next-step",
                 "nothing-needed", "counter-question", "reason", "steps"):
        if name in part.holds:
            features[f"{name}, {ask.kind}"] = 1.0
    for name in _IDLE & part.holds:
        features[name] = 1.0
    fits = [name for name in ask.expects if name in FITTING and FITTING[name] & part.holds]
    for name in ask.expects & FITTING.keys():
        features[f"{name} {'met' if name in fits else 'not met'}"] = 1.0
    if not ask.expects & FITTING.keys():
        opens = _opening(exchange.reply, part)
        features["yes or no at the start"] = float(bool(opens & {"yes", "no", "negation"}) and ask.kind == "question")
        features["echo at the start"] = float(_echoes(exchange, ask, part))
    if fits:
        features["met and shared"] = min(1.0, 2 * mine)
    if "attached" in part.holds and (exchange.attachments or "url" in part.holds):
        features["given with the reply"] = 1.0
    return features


def ask_features(exchange: Exchange, fit: Sequence[Sequence[float]]) -> list[Features]:
    """For each ask: what speaks for an answer in the end. `fit` is the probability that a segment answers an ask."""
    asks, parts = exchange.asks, exchange.segments
    useful = [s for s, part in enumerate(parts) if not (_IDLE & part.holds and not _FACTS & part.holds) and not part.is_question]
    bests = [max(range(len(parts)), key=lambda s: row[s]) if parts else -1 for row in fit]
    claimed = {s for a, s in enumerate(bests) if s >= 0 and fit[a][s] >= CLAIM}
    free = [s for s in useful if s not in claimed]
    open_asks = sum(1 for a, s in enumerate(bests) if s < 0 or fit[a][s] < CLAIM)
    result = []
    for a, ask in enumerate(asks):
        room = _room(a, bests, fit, free, len(parts))
        row = sorted(((p, s) for s, p in enumerate(fit[a])), reverse=True)
        best, at = row[0] if row else (0.0, -1)
        second = row[1][0] if len(row) > 1 else 0.0
        rival = max((fit[o][at] for o in range(len(asks)) if o != a), default=0.0) if at >= 0 else 0.0
        own = max((fit[a][s] for s in range(len(parts)) if all(fit[a][s] >= fit[o][s] for o in range(len(asks)) if o != a)), default=0.0)
        part = parts[at] if at >= 0 else None
        features: Features = {
            "best fit": best,
            "best fit squared": best * best,
            "lead over the second": best - second,
            "lead over rival asks": best - rival,
            "best among its own": own,
            "request": float(ask.kind == "request"),
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
            features["put off, dated"] = float("deferral" in part.holds and dated)
            features["put off, undated"] = float("deferral" in part.holds and not dated)
            features["vague time"] = float("no-date" in part.holds and not dated)
            features["promise, dated"] = float("promise" in part.holds and dated)
            features["promise, undated"] = float("promise" in part.holds and not dated)
            features["request promised, undated"] = float("promise" in part.holds and not dated and ask.kind == "request")
            features["request promised, dated"] = float("promise" in part.holds and dated and ask.kind == "request")
            for name in ("done", "refusal", "counter-question", "next-step"):
                features[f"best holds {name}"] = float(name in part.holds)
            features["best is a question"] = float(part.is_question)
            features["best holds a fact"] = float(bool(_FACTS & part.holds))
            features["best holds a date"] = float(dated)
            wanted = ask.expects & FITTING.keys()
            features["best meets"] = float(any(FITTING[name] & part.holds for name in wanted))
            features["best does not meet"] = float(bool(wanted) and not any(FITTING[name] & part.holds for name in wanted))
            features["put off anywhere"] = float(any("deferral" in p.holds for p in parts))
        for name in ask.expects & FITTING.keys():
            somewhere = any(FITTING[name] & p.holds for p in parts)
            features[f"{name} nowhere met"] = float(not somewhere)
        result.append(features)
    return result


def _room(a: int, bests: Sequence[int], fit: Sequence[Sequence[float]], free: Sequence[int], count: int) -> int:
    """How many segments that no ask claims stand where the answer would in order: between those of the asks around."""
    before = [bests[o] for o in range(a) if bests[o] >= 0 and fit[o][bests[o]] >= CLAIM]
    after = [bests[o] for o in range(a + 1, len(bests)) if bests[o] >= 0 and fit[o][bests[o]] >= CLAIM]
    low, high = max(before, default=-1), min(after, default=count)
    return sum(low < s < high for s in free)


def _next_is_dated(parts: Sequence[Segment], at: int) -> bool:
    return at + 1 < len(parts) and bool(_DATES & parts[at + 1].holds) and parts[at + 1].paragraph == parts[at].paragraph


def _words(doc: Doc, first: int, last: int) -> _Words:
    stop = doc.book.function_keys
    beginnings = {doc.tokens[i].norm[:_PREFIX] for i in range(first, last)
                  if doc.tokens[i].kind == "word" and len(doc.tokens[i].norm) >= _PREFIX and doc.tokens[i].norm not in stop}
    return _Words(tuple(content(doc, first, last)), frozenset(beginnings))


def _context(doc: Doc, ask: Ask) -> _Words:
    """The topic words of the ask's sentence, and of the one before in the same paragraph where the ask is short."""
    sentence = doc.sentences[ask.sentence]
    first = sentence.first
    before = doc.sentences[ask.sentence - 1] if ask.sentence else None
    if before is not None and before.paragraph == sentence.paragraph and before.zone == sentence.zone and ask.last - ask.first <= 10:
        first = before.first
    return _words(doc, first, sentence.last)


def _shared(ask: _Words, part: _Words, parts: Sequence[_Words], asks: Sequence[_Words]) -> float:
    """The share of the ask's topic words that the segment has, each weighed by its rarity among segments and asks."""
    total = got = 0.0
    for keys in ask.keys:
        inside = sum(any(not keys.isdisjoint(other) for other in p.keys) for p in parts)
        rivals = sum(any(not keys.isdisjoint(other) for other in o.keys) for o in asks)
        weight = 1.0 / (1 + max(0, inside - 1)) / max(1, rivals)
        total += weight
        if any(not keys.isdisjoint(other) for other in part.keys):
            got += weight
    return got / total if total else 0.0


def _related(ask: _Words, part: _Words) -> float:
    """The share of the ask's longer words that begin like a word of the segment."""
    return len(ask.beginnings & part.beginnings) / len(ask.beginnings) if ask.beginnings else 0.0


def _opening(doc: Doc, part: Segment) -> set[str]:
    """Which of yes, no and negation stand in the first words of a segment."""
    stop = min(part.first + 3, part.last)
    return {name for name in ("yes", "no", "negation") if doc.has(name, part.first, stop)}


def _echoes(exchange: Exchange, ask: Ask, part: Segment) -> bool:
    """Whether the segment's first words say a word of the ask again («Есть.», "Saab.")."""
    doc = exchange.reply
    own = [exchange.original.keys[i] for i in range(ask.first, ask.last) if exchange.original.tokens[i].kind == "word"]
    lemmas = frozenset(key for keys in own for key in keys if not key.startswith("="))
    return any(doc.tokens[i].kind == "word" and not lemmas.isdisjoint(doc.keys[i]) for i in range(part.first, min(part.first + 2, part.last)))
