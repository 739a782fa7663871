"""The built-in judge: three small logistic models over the figures of `features`. Offline, instant, and the same every
time.

The first says which segment answers which ask; the second says it again, seeing who else claims the segment; the third,
seeing all of that at once, what came of each ask. The
weights are learned by benchmarks/train_judge.py from benchmarks/training and lie beside this file, readable.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import exp
from pathlib import Path

from replylint.dialogue.features import Features, again_features, ask_features, pair_features
from replylint.dialogue.judge import STATUSES, Exchange, Judgement, Status, Verdict, best_status
from replylint.dialogue.links import links
from replylint.dialogue.why import why

Weights = Mapping[str, float]
#: At most so many answering segments are named, and only those that fit at least half as well as the best.
MOST_PLACES = 3


class BuiltinJudge:
    """Fits every segment to every ask by kind of answer, shared words, numbering, order and competition."""

    name = "builtin"

    def judge(self, exchange: Exchange) -> Judgement:
        """A verdict for every ask."""
        weights, tied = _weights(), links(exchange)
        pairs = pair_features(exchange, tied)
        first = [[_logistic(weights["pair"], features) for features in row] for row in pairs]
        fit = [[_logistic(weights["pair again"], features) for features in row] for row in again_features(first, pairs)]
        verdicts = []
        for a, features in enumerate(ask_features(exchange, fit, tied)):
            probabilities = _softmax({status: _dot(weights[f"ask {status}"], features) for status in STATUSES})
            places = _places(fit[a])
            verdicts.append(Verdict(probabilities, places, why(exchange, a, best_status(probabilities), places)))
        return Judgement(tuple(verdicts))


@lru_cache(maxsize=1)
def _weights() -> Mapping[str, Weights]:
    data = json.loads(Path(__file__).with_name("weights.json").read_text(encoding="utf-8"))
    return {
        "pair": data["pair"],
        "pair again": data["pair again"],
        **{f"ask {status}": data["ask"][status] for status in STATUSES},
    }


def _dot(weights: Weights, features: Features) -> float:
    return weights.get("always", 0.0) + sum(weights.get(name, 0.0) * value for name, value in features.items())


def _logistic(weights: Weights, features: Features) -> float:
    return 1.0 / (1.0 + exp(-_dot(weights, features)))


def _softmax(scores: Mapping[Status, float]) -> dict[Status, float]:
    top = max(scores.values())
    raised = {status: exp(score - top) for status, score in scores.items()}
    total = sum(raised.values())
    return {status: value / total for status, value in raised.items()}


def _places(row: Sequence[float]) -> tuple[int, ...]:
    order = sorted(range(len(row)), key=lambda s: (-row[s], s))[:MOST_PLACES]
    return tuple(s for s in order if row[s] >= 0.5 * row[order[0]])
