"""Time the budgets of the design on this machine, beside proselint on the same files in the same run.

    python benchmarks/speed.py [--templates 1000] [--runs 5]

Whole processes are timed from outside; each figure is the median of the runs, peak memory that of the largest process.
Needs the dev set-up; without proselint its rows are left out.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

EXAMPLES = Path(__file__).parent.parent / "examples"
SENTENCES = (
    "Thank you for your order {{order_number}}.",
    "We have sent it today with the morning collection, and it reaches you by {{delivery_date}}.",
    "The price of the package is 49 euros and covers the set-up, the first month and all updates.",
    "Please keep the receipt until the two years of the guarantee are over.",
    "You can change the day of the delivery on the page that this link opens: https://shop.example/delivery.",
    "If the parcel has not come by then, reply to this e-mail and we will trace it the same day.",
    "The refund of {{amount}} goes to the card that you paid with, and the bank shows it within three working days.",
    "Your documents are ready at the front desk, on the first floor, on any day from nine to five.",
    "I have moved your appointment to Tuesday, 14 April at 10.30, and the doctor knows about the allergy.",
    "Both rooms have a view of the lake, and breakfast is part of the price.",
    "We checked the invoice again, and the sum that you named is right.",
    "The new password works at once; the old one no longer does.",
    "A technician calls you half an hour before he arrives, so nobody has to wait at home all day.",
    "Your subscription runs until {{end_date}} and is not renewed.",
    "In short: the order is on its way, the refund comes by {{delivery_date}}, and you need do nothing else.",
)


def library(folder: Path, count: int) -> None:
    """Write `count` templates of about 110 words, each another mixture of the same sentences."""
    pick = random.Random(1)
    for number in range(count):
        body, words = [], 0
        while words < 100:
            sentence = pick.choice(SENTENCES[:-1])
            body.append(sentence)
            words += len(sentence.split())
        paragraphs = [" ".join(body[i : i + 3]) for i in range(0, len(body), 3)]
        text = "\n\n".join(["Hello {{first_name}},", *paragraphs, SENTENCES[-1], "Kind regards,\n{{agent_name}}"])
        (folder / f"template-{number:05}.md").write_text(f"{text}\n", encoding="utf-8")


def timed(
    command: list[str], runs: int, environment: dict[str, str], before: Callable[[], object] | None = None
) -> tuple[float, float]:
    """(median seconds, peak MiB) of a command as a whole process."""
    seconds, peak = [], 0.0
    for _ in range(runs):
        if before:
            before()
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment)
        _, _, usage = os.wait4(process.pid, 0)
        seconds.append(time.perf_counter() - start)
        peak = max(peak, usage.ru_maxrss / 1024)
    return statistics.median(seconds), peak


def warm(runs: int) -> float:
    """Median seconds for one example pair in a warm process."""
    from replylint import Linter, read

    linter = Linter()
    pairs = [
        (read(p / "reply.eml"), read(p / "message.eml"))
        for p in sorted(EXAMPLES.iterdir())
        if (p / "reply.eml").exists()
    ]
    took = []
    for _ in range(runs * 10):
        for reply, message in pairs:
            start = time.perf_counter()
            linter.check(reply, message)
            took.append(time.perf_counter() - start)
    return statistics.median(took)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--templates", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    replylint = [sys.executable, "-m", "replylint"]
    rows: list[tuple[str, str, str, str]] = []

    def row(what: str, figures: tuple[float, float], budget: str) -> None:
        rows.append((what, f"{figures[0]:.3f} s", f"{figures[1]:.0f} MiB" if figures[1] else "", budget))

    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name, "library"), Path(name, "cache")
        folder.mkdir()
        library(folder, options.templates)
        environment = {**os.environ, "XDG_CACHE_HOME": str(cache), "PYTHONUTF8": "1"}
        pair = [
            *replylint,
            "check",
            str(EXAMPLES / "parcel/reply.eml"),
            "--original",
            str(EXAMPLES / "parcel/message.eml"),
        ]
        templates = [*replylint, "check", str(folder), "--template"]
        row("replylint --version", timed([*replylint, "--version"], options.runs, environment), "0.1 s")
        row("the first run ever", timed(pair, 1, environment), "")
        row("one draft with its original, from cold", timed(pair, options.runs, environment), "0.9 s, 200 MiB")
        rows.append(("one draft in a warm process", f"{warm(options.runs) * 1000:.1f} ms", "", "15 ms"))
        row(f"{options.templates} templates, from cold", timed(templates, options.runs, environment), "as proselint")
        proselint = shutil.which("proselint", path=str(Path(sys.executable).parent)) or shutil.which("proselint")
        if proselint:
            row(
                f"proselint, the same {options.templates} files",
                timed([proselint, "check", str(folder)], options.runs, environment),
                "",
            )
    width = max(len(r[0]) for r in rows)
    for what, time_, memory, budget in rows:
        print(f"{what:{width}}  {time_:>9}  {memory:>8}  {f'budget {budget}' if budget else ''}".rstrip())


if __name__ == "__main__":
    main()
