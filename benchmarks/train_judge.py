"""Learn the weights of the built-in judge from benchmarks/training, and print what cross-validation says of them.

    python benchmarks/train_judge.py [--write]

Three logistic models, each over the one before: which segment answers which ask, the same seen beside all other pairs,
and what came of the ask. Needs numpy. With
--write
the weights go to replylint/dialogue/weights.json; the same mails and code give the same weights.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from replylint.dialogue.answers import segments
from replylint.dialogue.asks import find_asks
from replylint.dialogue.features import Features, again_features, ask_features, pair_features
from replylint.dialogue.judge import STATUSES, Exchange
from replylint.language.doc import Doc
from replylint.language.phrases import Phrasebook
from replylint.language.pipeline import analyse
from replylint.mail.message import Message
from replylint.mail.zones import zones

HERE = Path(__file__).parent
WEIGHTS = HERE.parent / "replylint/dialogue/weights.json"
FOLDS = 5
#: How strongly large weights are held down.
PAIR_PENALTY, ASK_PENALTY = 10.0, 10.0
#: A feature seen less often than this in training gets no weight.
LEAST_SEEN = 8
#: Ordinary mails (ids with an o) count this often beside those that are hard on purpose, of which there are too many.
ORDINARY = 3.0
#: How often a reply counts that has nothing to do with the message.
UNRELATED = 0.3
#: The reply to the message so many further on is set beside a message as one that answers nothing.
FURTHER_ON = 17


@dataclass
class Sample:
    """One reply: its exchange, and for each ask the labelled status (None: the ask is not labelled) and segments."""

    language: str
    message: str
    exchange: Exchange
    statuses: list[str | None]
    places: list[set[int]]
    related: bool = True


def load() -> list[Sample]:
    """Every reply of the training mails, with its labels brought over to the asks that are found, and beside each
    message two replies that leave all open: one to another message, and one that says nothing.
    """
    samples = []
    fillers = yaml.safe_load((HERE / "fillers.yaml").read_text(encoding="utf-8"))
    for path in sorted((HERE / "training").glob("*.yaml")):
        book = Phrasebook(path.stem)
        for entry in yaml.safe_load(path.read_text(encoding="utf-8")):
            message = Message(entry["original"])
            original = analyse(message.body, zones(message), book)
            asks = find_asks(original)
            if not asks:
                continue
            gold = labelled(entry, asks)
            for answer in entry["replies"]:
                reply = Message(answer["reply"])
                doc = analyse(reply.body, zones(reply, message), book)
                parts = segments(doc)
                if not parts:
                    continue
                statuses: list[str | None] = [None] * len(asks)
                places: list[set[int]] = [set() for _ in asks]
                for index, number in gold.items():
                    label = answer["answers"][number]
                    statuses[index] = label["status"]
                    if label["answer"]:
                        start = answer["reply"].find(label["answer"])
                        end = start + len(label["answer"])
                        places[index] = {i for i, p in enumerate(parts) if p.span.start < end and p.span.end > start}
                samples.append(Sample(path.stem, entry["id"], Exchange(original, doc, asks, parts), statuses, places))
        here = list({s.message: s for s in samples if s.language == path.stem}.values())
        empty = [analyse(text, zones(Message(text)), book) for text in fillers[path.stem]]
        for number, sample in enumerate(here):
            other = here[(number + FURTHER_ON) % len(here)].exchange.reply
            samples += [_unrelated(sample, doc) for doc in (other, empty[number % len(empty)])]
    return samples


def _unrelated(sample: Sample, reply: Doc) -> Sample:
    """The sample's message beside a reply that answers none of its asks."""
    exchange = replace(sample.exchange, reply=reply, segments=segments(reply))
    statuses = [status and "unanswered" for status in sample.statuses]
    return Sample(sample.language, sample.message, exchange, statuses, [set() for _ in statuses], related=False)


def labelled(entry: dict, asks: Sequence) -> dict[int, int]:
    """Found ask → labelled ask, where their places overlap."""
    result = {}
    for number, label in enumerate(entry["asks"]):
        start = entry["original"].find(label["text"])
        end = start + len(label["text"])
        best = max(range(len(asks)), key=lambda i: min(asks[i].span.end, end) - max(asks[i].span.start, start))
        if min(asks[best].span.end, end) > max(asks[best].span.start, start):
            result.setdefault(best, number)
    return result


class Table:
    """Features by name → a matrix, with a column of ones; rare features are left out."""

    def __init__(self, rows: Sequence[Features]) -> None:
        seen = Counter(name for row in rows for name, value in row.items() if value)
        self.names = sorted(name for name, count in seen.items() if count >= LEAST_SEEN)
        self.column = {name: i for i, name in enumerate(self.names)}

    def matrix(self, rows: Sequence[Features]) -> NDArray[np.float64]:
        result = np.zeros((len(rows), len(self.names) + 1))
        result[:, -1] = 1
        for at, row in enumerate(rows):
            for name, value in row.items():
                if name in self.column:
                    result[at, self.column[name]] = value
        return result


def softmax_regression(
    x: NDArray[np.float64], y: NDArray[np.int64], count: NDArray[np.float64], classes: int, penalty: float
) -> NDArray[np.float64]:
    """Weights (features × classes) of multinomial logistic regression, by Newton's method on the penalised likelihood.

    `count`: how often each row counts.
    """
    d = x.shape[1]
    weights = np.zeros((d, classes))
    target = np.eye(classes)[y]
    hold = np.full(d, penalty)
    hold[-1] = 1e-3

    def penalised_loss(w: NDArray[np.float64]) -> float:
        likely = np.log(np.maximum(softmax(x @ w)[np.arange(len(y)), y], 1e-12))
        return float(-(count * likely).sum() + 0.5 * (hold[:, None] * w * w).sum())

    for _ in range(30):
        p = softmax(x @ weights)
        gradient = x.T @ ((p - target) * count[:, None]) + hold[:, None] * weights
        curvature = np.zeros((classes, d, classes, d))
        for k in range(classes):
            for m in range(k, classes):
                block = x.T @ (x * (count * p[:, k] * ((k == m) - p[:, m]))[:, None])
                curvature[k, :, m, :] = curvature[m, :, k, :] = block
            curvature[k, :, k, :] += np.diag(hold)
        step = (
            np.linalg.solve(curvature.reshape(classes * d, classes * d), gradient.T.reshape(-1)).reshape(classes, d).T
        )
        before = penalised_loss(weights)
        while penalised_loss(weights - step) > before and np.abs(step).max() >= 1e-5:
            step /= 2  # Newton's step can overshoot where most probabilities are near 0 or 1
        weights -= step
        if np.abs(step).max() < 1e-5:
            break
    return weights


def softmax(z: NDArray[np.float64]) -> NDArray[np.float64]:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


@dataclass
class Model:
    """Both models, learned."""

    pair_table: Table
    pair_weights: NDArray[np.float64]
    again_table: Table
    again_weights: NDArray[np.float64]
    ask_table: Table
    ask_weights: NDArray[np.float64]

    def fits(self, pairs: list[list[Features]]) -> list[list[float]]:
        first = fits(self.pair_table, self.pair_weights, pairs)
        return fits(self.again_table, self.again_weights, again_features(first, pairs))

    def as_data(self) -> dict:
        def column(table: Table, weights: NDArray[np.float64]) -> dict[str, float]:
            values = {name: round(float(w), 3) for name, w in zip([*table.names, "always"], weights, strict=True)}
            return {name: value for name, value in values.items() if value}

        return {
            "pair": column(self.pair_table, self.pair_weights[:, 1] - self.pair_weights[:, 0]),
            "pair again": column(self.again_table, self.again_weights[:, 1] - self.again_weights[:, 0]),
            "ask": {status: column(self.ask_table, self.ask_weights[:, k]) for k, status in enumerate(STATUSES)},
        }


def fits(table: Table, weights: NDArray[np.float64], pairs: Sequence[Sequence[Features]]) -> list[list[float]]:
    """The probability that a segment answers an ask, for all of a reply."""
    return [[float(p) for p in softmax(table.matrix(row) @ weights)[:, 1]] for row in pairs]


def learn(samples: Sequence[Sample], pairs: Sequence[list[list[Features]]]) -> Model:
    """The three models; each later one sees what those before say of mails that they have not learned from.

    What was taken for an ask and is none counts as answered: nothing is open there.
    """
    pair_model = _pair_model(samples, pairs)
    again: list[list[list[Features]]] = [[] for _ in samples]
    for train, held in _folds(samples):
        model = _pair_model([samples[i] for i in train], [pairs[i] for i in train])
        for i in held:
            again[i] = again_features(fits(*model, pairs[i]), pairs[i])
    again_model = _pair_model(samples, again)
    inner: list[tuple[Features, str, float]] = []
    for train, held in _folds(samples):
        model = _pair_model([samples[i] for i in train], [again[i] for i in train])
        for i in held:
            found = ask_features(samples[i].exchange, fits(*model, again[i]))
            inner += [
                (f, status or "answered", importance(samples[i]))
                for f, status in zip(found, samples[i].statuses, strict=True)
            ]
    ask_table = Table([f for f, _, _ in inner])
    y = np.array([STATUSES.index(status) for _, status, _ in inner])  # type: ignore[arg-type]
    count = np.array([weight for _, _, weight in inner])
    ask_weights = softmax_regression(ask_table.matrix([f for f, _, _ in inner]), y, count, len(STATUSES), ASK_PENALTY)
    return Model(*pair_model, *again_model, ask_table, ask_weights)


def _folds(samples: Sequence[Sample]) -> Iterator[tuple[list[int], list[int]]]:
    """(numbers to learn from, numbers held out), for each fold."""
    for held in range(FOLDS):
        yield (
            [i for i, s in enumerate(samples) if fold_of(s) != held],
            [i for i, s in enumerate(samples) if fold_of(s) == held],
        )


def _pair_model(
    samples: Sequence[Sample], pairs: Sequence[Sequence[Sequence[Features]]]
) -> tuple[Table, NDArray[np.float64]]:
    rows, y, count = [], [], []
    for sample, features in zip(samples, pairs, strict=True):
        for a, status in enumerate(sample.statuses):
            if status:
                rows += features[a]
                y += [int(s in sample.places[a]) for s in range(len(sample.exchange.segments))]
                count += [importance(sample)] * len(sample.exchange.segments)
    table = Table(rows)
    return table, softmax_regression(table.matrix(rows), np.array(y), np.array(count), 2, PAIR_PENALTY)


def importance(sample: Sample) -> float:
    """How often a reply counts."""
    if not sample.related:
        return UNRELATED
    return ORDINARY if "-o" in sample.message else 1.0


def fold_of(sample: Sample) -> int:
    """All replies to one message, and the same number in every language, are in one fold."""
    return sum(map(ord, sample.message.partition("-")[2])) % FOLDS


def cross_validate(samples: Sequence[Sample], pairs: Sequence[list[list[Features]]]) -> None:
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    sure: list[tuple[float, str, str]] = []
    for train, held in _folds(samples):
        model = learn([samples[i] for i in train], [pairs[i] for i in train])
        for i in held:
            sample = samples[i]
            features = ask_features(sample.exchange, model.fits(pairs[i]))
            probabilities = softmax(model.ask_table.matrix(features) @ model.ask_weights)
            for status, p in zip(sample.statuses, probabilities, strict=True):
                if status:
                    said = STATUSES[int(p.argmax())]
                    for key in (sample.language, "all") if sample.related else ("none",):
                        counts[key].update(
                            all=1,
                            right=said == status,
                            tp=said == status == "unanswered",
                            fp=said == "unanswered" != status,
                            fn=status == "unanswered" != said,
                        )
                    if sample.related:
                        sure.append((float(p.max()), said, status))
    for key, c in sorted(counts.items()):
        precision, recall = c["tp"] / max(1, c["tp"] + c["fp"]), c["tp"] / max(1, c["tp"] + c["fn"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        print(
            f"{key:4} {c['all']:5} asks  status right {c['right'] / c['all']:.3f}  "
            f"unanswered P {precision:.3f} R {recall:.3f} F1 {f1:.3f}"
        )
    for least in (0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.5):
        said = [status for p, word, status in sure if word == "unanswered" and p >= least]
        right = sum(status == "unanswered" for status in said) / max(1, len(said))
        every = [word == status for p, word, status in sure if p >= least]
        print(
            f"confidence ≥ {least}: {len(said):4} called unanswered, {right:.3f} of them rightly; "
            f"all statuses {sum(every) / max(1, len(every)):.3f} of {len(every)}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    samples = load()
    pairs = [pair_features(sample.exchange) for sample in samples]
    cross_validate(samples, pairs)
    if options.write:
        WEIGHTS.write_text(
            json.dumps(learn(samples, pairs).as_data(), indent=1, ensure_ascii=False, sort_keys=True) + "\n",
            encoding="utf-8",
        )
        print(f"wrote {WEIGHTS.name}")


if __name__ == "__main__":
    main()
