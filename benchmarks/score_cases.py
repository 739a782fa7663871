#!/usr/bin/env python3
"""Score replylint on labelled cases, through its command line, as a user would run it.

    python score_cases.py CASES.yaml [CASES.yaml ...] [--command "replylint"] [--worst 20] [--json FILE]

Every case becomes a real message pair: an original .eml and a reply .eml that names it in In-Reply-To (canned
responses become .md files). One run of `COMMAND check REPLIES --original ORIGINALS --format json --fail-on never` and
one of `COMMAND check TEMPLATES --template --format json --fail-on never` judge them all. Needs PyYAML.

Prints, per language and over all: precision, recall and F1 of finding the asks; of calling an ask open (unanswered or
deferred-without-date), of calling it unanswered, and of calling it unanswered for sure; accuracy of the status and of
the place of the answer; precision and recall per rule over errors and warnings, and precision over errors alone; and the share of
clean replies that stay clean. Small numbers lie: a language with fewer than 25 unanswered asks, or a rule with fewer
than 10 labels, is printed with its count and says little.

Places are judged strictly. An answer is found when one of the first three answering texts covers at least half of the
labelled words and is at most 35 words longer. A diagnostic hits a label when it covers half of the labelled words (or
lies inside them) and is at most 35 words longer; a label without text takes one diagnostic. Each label takes one
diagnostic; more of the same rule inside the same labelled words are ignored, all others are false alarms.
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from email.message import EmailMessage
from pathlib import Path

import yaml

OPEN = {"unanswered", "deferred-without-date"}
NOTES = {
    "next-question-open",
    "prying-question",
    "unasked-expectations",
    "hard-to-read",
    "wall-of-text",
    "cliche",
    "nothing-offered",
    "missing-thanks",
    "missing-greeting",
    "missing-signature",
    "stale-subject",
    "client-had-last-word",
    "vague-quantity",
    "missing-variant",
    "unused-suppression",
    "suppression-without-reason",
    "stale-baseline",
}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def overlap(a: str, b: str) -> float:
    """Shared words over the words of the shorter text, 0 to 1."""
    x, y = Counter(words(a)), Counter(words(b))
    if not x or not y:
        return 0.0
    return sum((x & y).values()) / min(sum(x.values()), sum(y.values()))


def hits(label: str, said: str) -> bool:
    """Whether a reported text points at the labelled one: half of its words, or a part of it, and no great surplus."""
    a, b = Counter(words(label)), Counter(words(said))
    shared, size, reported = sum((a & b).values()), sum(a.values()), sum(b.values())
    if not size or not reported or reported > size + 35:
        return False
    return shared >= 0.5 * size or shared >= 0.8 * reported


def message(headers: dict, body: str, *, message_id: str, parent: str | None, attachments=()) -> bytes:
    mail = EmailMessage()
    for name, value in headers.items():
        mail[name] = value
    mail["Message-ID"] = f"<{message_id}@cases.example>"
    if parent:
        mail["In-Reply-To"] = f"<{parent}@cases.example>"
        mail["References"] = f"<{parent}@cases.example>"
    mail.set_content(body)
    for name in attachments or ():
        mail.add_attachment(b"%PDF-1.4\n", maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def write_case(case: dict, originals: Path, replies: Path, templates: Path) -> None:
    ident = case["id"]
    headers = case.get("reply_headers") or {}
    if not (case.get("original") or "").strip() and "To" not in headers:
        front = (
            f"---\nsubject: {json.dumps(headers['Subject'], ensure_ascii=False)}\n---\n" if "Subject" in headers else ""
        )
        (templates / f"{ident}.md").write_text(front + case["reply"], encoding="utf-8")
        return
    asked = {
        "From": "client@client.example",
        "To": "support@ours.example",
        "Subject": "Case",
        "Date": "Tue, 03 Mar 2026 10:12:00 +0000",
        **(case.get("original_headers") or {}),
    }
    answer = {
        "From": "support@ours.example",
        "To": asked.get("Reply-To", asked["From"]),
        "Subject": "Re: "
        + re.sub(r"^(re|ответ|отв|відп|vs|ha|на|vastus|fwd?)(\[\d+\])?:\s*", "", asked["Subject"], flags=re.I),
        "Date": "Tue, 03 Mar 2026 11:02:00 +0000",
    }
    if asked.get("Cc"):
        answer["Cc"] = asked["Cc"]
    if (
        case.get("original_headers")
        and "Date" in case["original_headers"]
        and "Date" not in (case.get("reply_headers") or {})
    ):
        answer["Date"] = case["original_headers"]["Date"]
    answer.update(case.get("reply_headers") or {})
    has_original = bool((case.get("original") or "").strip())
    if has_original:
        (originals / f"{ident}.eml").write_bytes(
            message(asked, case["original"], message_id=f"{ident}-original", parent=None)
        )
    (replies / f"{ident}.eml").write_bytes(
        message(
            answer,
            case["reply"],
            message_id=f"{ident}-reply",
            parent=f"{ident}-original" if has_original else None,
            attachments=case.get("attachments"),
        )
    )


def run(command: list[str], arguments: list[str]) -> list[dict]:
    done = subprocess.run(
        [*command, "check", *arguments, "--format", "json", "--fail-on", "never"], capture_output=True, text=True
    )
    if done.returncode != 0:
        sys.exit(f"the linter exited {done.returncode}: {done.stderr.strip()[-2000:]}")
    return json.loads(done.stdout)["replies"]


def pair(gold: list[dict], found: list[dict]) -> list[tuple[int, int]]:
    """Greedy one-to-one pairing of gold and found asks by shared words, best first; position breaks ties."""
    scored = sorted(
        ((overlap(g["text"], f["text"]), -abs(i - j), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)),
        reverse=True,
    )
    used_gold, used_found, pairs = set(), set(), []
    for score, _, i, j in scored:
        if score >= 0.6 and i not in used_gold and j not in used_found:
            used_gold.add(i), used_found.add(j), pairs.append((i, j))
    return pairs


def prf(tp: int, fp: int, fn: int) -> dict:
    p, r = tp / (tp + fp) if tp + fp else 0.0, tp / (tp + fn) if tp + fn else 0.0
    return {
        "p": round(p, 3),
        "r": round(r, 3),
        "f1": round(2 * p * r / (p + r), 3) if p + r else 0.0,
        "tp": tp,
        "fp": fp,
        "fn": fn,
    }


class Tally:
    def __init__(self) -> None:
        self.asks, self.open, self.unanswered, self.sure, self.errors = (Counter() for _ in range(5))
        self.status, self.place, self.clean = Counter(), Counter(), Counter()
        self.recall: dict[str, Counter] = defaultdict(Counter)  # of unanswered asks, by how the reply leaves them open
        self.rules: dict[str, Counter] = defaultdict(Counter)

    def report(self) -> dict:
        def three(c):
            return prf(c["tp"], c["fp"], c["fn"])

        every = Counter()
        for c in self.rules.values():
            every.update(c)

        def share(c):
            return round(c["right"] / c["all"], 3) if c["all"] else None

        return {
            "asks": three(self.asks),
            "open": three(self.open),
            "unanswered": three(self.unanswered),
            "sure_unanswered": three(self.sure),
            "errors": three(self.errors),
            "status_accuracy": share(self.status),
            "answer_place": share(self.place),
            "unanswered_recall": {how: {"r": share(c), "all": c["all"]} for how, c in sorted(self.recall.items())},
            "clean_stay_clean": share(self.clean),
            "clean": self.clean["all"],
            "rules": three(every),
            "by_rule": {k: three(c) for k, c in sorted(self.rules.items())},
        }


def judge(case: dict, seen: dict, tallies: list[Tally]) -> list[str]:
    trouble = []
    gold, found = case.get("asks") or [], seen.get("asks") or []
    pairs = pair(gold, found)
    matched = dict(pairs)
    for t in tallies:
        t.asks.update(tp=len(pairs), fp=len(found) - len(pairs), fn=len(gold) - len(pairs))
    trouble += [f"ask missed: {g['text']!r}" for i, g in enumerate(gold) if i not in matched]
    trouble += [f"no ask: {f['text']!r}" for j, f in enumerate(found) if j not in set(matched.values())]
    for name, wanted in (("open", OPEN), ("unanswered", {"unanswered"}), ("sure", {"unanswered"})):
        c = Counter()

        def called(f):
            return f["status"] in wanted and (name != "sure" or f.get("sure", True))

        for i, g in enumerate(gold):
            is_open = g["status"] in wanted
            said = i in matched and called(found[matched[i]])
            c["tp"] += is_open and said
            c["fn"] += is_open and not said
            c["fp"] += said and not is_open
        c["fp"] += sum(called(f) for j, f in enumerate(found) if j not in set(matched.values()))
        for t in tallies:
            getattr(t, name).update(c)
    for i, g in enumerate(gold):
        if g["status"] == "unanswered" and g.get("how"):
            said = i in matched and found[matched[i]]["status"] == "unanswered"
            for t in tallies:
                t.recall[g["how"]].update(all=1, right=int(said))
    for i, j in pairs:
        right = gold[i]["status"] == found[j]["status"]
        if not right:
            trouble.append(f"status {found[j]['status']} for {gold[i]['status']}: {gold[i]['text']!r}")
        for t in tallies:
            t.status.update(all=1, right=int(right))
        if gold[i].get("answer") and found[j]["status"] != "unanswered":
            here = any(hits(gold[i]["answer"], a["text"]) for a in found[j].get("answers", [])[:3])
            for t in tallies:
                t.place.update(all=1, right=int(here))
    allowed = set(case.get("allow") or [])
    wanted = [f for f in case.get("findings") or [] if f["rule"] not in NOTES]
    said = [d for d in seen.get("diagnostics") or [] if d["severity"] in ("error", "warning")]
    used, spare = set(), set()
    for g in wanted:
        same = [k for k, d in enumerate(said) if d["rule"] == g["rule"] and k not in used]
        if g.get("text"):
            near = [k for k in same if said[k].get("text") and hits(g["text"], said[k]["text"])]
        else:
            near = same
        if near:
            best = max(
                near, key=lambda k: (k not in spare, overlap(g.get("text") or "", said[k].get("text") or ""), -k)
            )
            used.add(best)
            if g.get("text"):  # parts of one labelled passage, reported one by one
                spare |= {
                    k for k in near if k != best and not Counter(words(said[k]["text"])) - Counter(words(g["text"]))
                }
        elif g["rule"] in allowed:
            continue
        # several labelled passages may be reported as one
        elif g.get("text") and any(
            said[k].get("text") and hits(g["text"], said[k]["text"]) for k in used if said[k]["rule"] == g["rule"]
        ):
            continue
        for t in tallies:
            t.rules[g["rule"]].update(tp=int(bool(near)), fn=int(not near))
        if not near:
            trouble.append(f"missed {g['rule']}: {g.get('text')!r}")
    false = [d for k, d in enumerate(said) if k not in used | spare and d["rule"] not in allowed]
    for t in tallies:
        t.errors.update(
            tp=sum(said[k]["severity"] == "error" for k in used), fp=sum(d["severity"] == "error" for d in false)
        )
    for d in false:
        trouble.append(f"false {d['rule']}: {d.get('text')!r}")
        for t in tallies:
            t.rules[d["rule"]].update(fp=1)
    if not wanted:
        for t in tallies:
            t.clean.update(all=1, right=int(not false))
    return trouble


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--command", default="replylint")
    parser.add_argument("--worst", type=int, default=0, help="list the troubles of this many cases, worst first")
    parser.add_argument("--json", type=Path, help="write the figures here")
    options = parser.parse_args()
    cases = [case for path in options.cases for case in yaml.safe_load(path.read_text(encoding="utf-8"))]
    with tempfile.TemporaryDirectory() as folder:
        places = [Path(folder, name) for name in ("originals", "replies", "templates")]
        for place in places:
            place.mkdir()
        for case in cases:
            write_case(case, *places)
        originals, replies, templates = places
        command = shlex.split(options.command)
        seen = {}
        our = ["--us", "@ours.example"]
        if any(replies.iterdir()):
            seen |= {Path(r["path"]).stem: r for r in run(command, [str(replies), "--original", str(originals), *our])}
        if any(templates.iterdir()):
            seen |= {Path(r["path"]).stem: r for r in run(command, [str(templates), "--template", *our])}
    missing = [case["id"] for case in cases if case["id"] not in seen]
    if missing:
        sys.exit(f"no result for {len(missing)} cases: {', '.join(missing[:10])} …")
    total, by_language, troubles = Tally(), defaultdict(Tally), {}
    for case in cases:
        troubles[case["id"]] = judge(case, seen[case["id"]], [total, by_language[case["id"][:2]]])
    figures = {"cases": len(cases), "all": total.report(), **{k: t.report() for k, t in sorted(by_language.items())}}
    for name in ["all", *sorted(by_language)]:
        f = figures[name]
        print(
            f"{name:4} asks F1 {f['asks']['f1']:.3f}  open F1 {f['open']['f1']:.3f}  unanswered P {f['unanswered']['p']:.3f} "
            f"R {f['unanswered']['r']:.3f} F1 {f['unanswered']['f1']:.3f} (of {f['unanswered']['tp'] + f['unanswered']['fn']}; sure P {f['sure_unanswered']['p']:.3f} R {f['sure_unanswered']['r']:.3f})  status {f['status_accuracy']}  place {f['answer_place']}  "
            f"rules P {f['rules']['p']:.3f} R {f['rules']['r']:.3f} F1 {f['rules']['f1']:.3f}  error P {f['errors']['p']:.3f}  clean {f['clean_stay_clean']} of {f['clean']}"
        )
    for how, f in figures["all"]["unanswered_recall"].items():
        print(f"unanswered asks {how}: {f['r']} of {f['all']} found")
    print("\nrule                       P      R      tp  fp  fn")
    for rule, f in figures["all"]["by_rule"].items():
        print(f"{rule:25} {f['p']:.2f}   {f['r']:.2f}  {f['tp']:4}{f['fp']:4}{f['fn']:4}")
    for ident, lines in sorted(troubles.items(), key=lambda x: -len(x[1]))[: options.worst]:
        print(f"\n{ident}", *lines, sep="\n  ")
    if options.json:
        options.json.write_text(json.dumps(figures, indent=1, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main()
