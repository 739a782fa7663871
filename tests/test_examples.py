"""Every rule's own examples, each run against its own rule alone."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import pytest
from conftest import linter_for

from replylint.config import Config
from replylint.language.lexicon import languages
from replylint.mail.message import Address, Message, Thread
from replylint.mail.suppress import take_out
from replylint.pack import Example, Rule, load_rules
from replylint.threads import check_thread

RULES = load_rules(Config())


def message(body: str, headers: dict[str, str], attachments: tuple[str, ...] = ()) -> Message:
    def boxes(name: str) -> tuple[Address, ...]:
        from email.utils import getaddresses

        return tuple(
            Address(label, address.lower()) for label, address in getaddresses([headers.get(name, "")]) if address
        )

    date = parsedate_to_datetime(headers["Date"]) if "Date" in headers else None
    body, suppressions = take_out(body, every=False)
    return Message(
        body,
        suppressions=suppressions,
        from_=boxes("From"),
        to=boxes("To"),
        cc=boxes("Cc"),
        reply_to=boxes("Reply-To"),
        subject=headers.get("Subject"),
        date=date,
        attachments=attachments,
    )


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without [[ ]], and the places that they marked."""
    places, plain = [], ""
    for at, part in enumerate(re.split(r"\[\[|\]\](?!\])", text)):
        if at % 2:
            places.append((len(plain), len(plain) + len(part)))
        plain += part
    return plain, places


def run_thread(rule: Rule, language: str, example: Example):
    """The report of an example's thread."""
    config = {"select": [rule.id], "us": ["@ours.example"], "preset": "all", **example.config}
    client, us, colleague = "d.reyes@client.example", "help@ours.example", "tom@ours.example"
    messages = []
    for number, one in enumerate(example.messages):
        sender, reader = (client, us) if one.client else (us, client) if one.us else (us, colleague)
        headers = {"From": sender, "To": reader, "Subject": "Re: Order" if number else "Order"}
        date = datetime.fromisoformat(one.at)
        messages.append(
            replace(message(one.body, headers), message_id=f"<{number}@example>", date=date.replace(tzinfo=UTC))
        )
    now = datetime.fromisoformat(example.now).replace(tzinfo=UTC) if example.now else None
    linter = linter_for(json.dumps(config, sort_keys=True))
    report = check_thread(linter, Thread("<0@example>", tuple(messages)), now=now)
    assert not report.not_run
    return report


def run(rule: Rule, language: str, example: Example):
    text, places = unmarked(example.reply)
    settings = {"select": [rule.id], "language": language, "preset": "all", **example.config}
    linter = linter_for(json.dumps(settings, sort_keys=True))
    reply = message(text, dict(example.reply_headers), example.attachments)
    original = message(example.original, dict(example.original_headers)) if example.original is not None else None
    now = datetime.fromisoformat(example.now) if example.now else None
    kind = next(k for k in rule.applies_to if k != "new") if original is None else "reply"
    report = linter.check(reply, original, now=now, kind=kind)
    assert not report.not_run, f"not run: {report.not_run}"
    assert rule.id not in report.not_applicable
    return report, text, places


CASES = [
    pytest.param(rule, language, bad, example, id=f"{rule.id}-{language}-{'bad' if bad else 'good'}-{number}")
    for rule in RULES
    for language in rule.languages
    for number, (bad, example) in enumerate(rule.examples.of(language))
]


@pytest.mark.parametrize(("rule", "language", "bad", "example"), CASES)
def test_example(rule: Rule, language: str, bad: bool, example: Example) -> None:
    if example.messages:
        diagnostics = run_thread(rule, language, example).diagnostics
        assert bool(diagnostics) == bad, [d.message for d in diagnostics]
        return
    report, text, places = run(rule, language, example)
    found = [(d.span.start, d.span.end) for d in report.diagnostics]
    if not bad:
        assert not found, f"false alarm at {[text[a:b] for a, b in found]}"
    elif places:
        assert found == places, f"found {[text[a:b] for a, b in found]}, expected {[text[a:b] for a, b in places]}"
    else:
        assert found, "nothing found"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_examples_in_every_language(rule: Rule) -> None:
    for language in set(rule.languages) & {"en", "ru", "uk", "et"} & set(languages()):
        verdicts = {bad for bad, _ in rule.examples.of(language)}
        assert verdicts == {True, False}, f"{rule.id} needs a bad and a good example in {language}"
