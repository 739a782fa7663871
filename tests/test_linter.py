"""Linter: what runs, what does not and why, levels, options, selection, and the kinds of text."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from replylint import Config, Linter, Severity, lint
from replylint.mail.read import ReadError
from replylint.pack import PackError

ASKED = "Hello,\n\nHow much is the parasol base, and do you have it in green?\n\nMarion Castle\n"
EXCUSE = "Dear Marion,\n\nSorry for the delay, our designer was ill.\n\nKind regards,\nTom\n"


def config(**settings: object) -> Config:
    return Config.model_validate(settings)


def ids(report) -> set[str]:
    return {d.rule for d in report.diagnostics}


def test_lint_is_the_shortcut() -> None:
    report = lint(EXCUSE)
    assert "internal-excuse" in ids(report)
    assert report.reply.language == "en"


def test_rules_that_need_the_original_are_not_run_without_it() -> None:
    report = lint(EXCUSE)
    assert ("unanswered-question", "needs the client's message") in {(n.rule, n.reason) for n in report.not_run}
    assert not report.complete


def test_every_rule_is_found_clean_not_applicable_or_not_run() -> None:
    linter = Linter()
    report = linter.check(EXCUSE, ASKED)
    named = [*ids(report), *report.clean, *report.not_applicable, *(n.rule for n in report.not_run)]
    assert sorted(named) == sorted(rule.id for rule in linter.rules)


def test_original_from_the_quoted_text() -> None:
    quoted = "".join(f"> {line}\n" for line in ASKED.splitlines())
    report = lint(
        "Hello Marion,\n\nIt is 40 euros, and we have it in green.\n\nTom\n\n"
        f"On Mon, 9 Mar 2026 at 09:14, Marion Castle wrote:\n{quoted}"
    )
    assert report.original_from == "quoted"
    assert report.dialogue is not None
    assert len(report.dialogue.coverage) == 2


def test_the_client_s_words_in_a_quote_are_never_linted() -> None:
    report = lint("Hello Marion,\n\nThursday at noon.\n\nTom\n\n> Our designer was ill.\n> What is the ETA?\n")
    assert not ids(report) & {"internal-excuse", "jargon"}


def test_severity_and_weight_from_the_config() -> None:
    report = Linter(config(rules={"internal-excuse": {"severity": "note", "weight": 7}})).check(EXCUSE)
    excuse = next(d for d in report.diagnostics if d.rule == "internal-excuse")
    assert (excuse.severity, excuse.points) == (Severity.NOTE, 7)


def test_rules_are_switched_off() -> None:
    assert "internal-excuse" not in ids(Linter(config(rules={"internal-excuse": "off"})).check(EXCUSE))
    assert "internal-excuse" not in ids(Linter(config(ignore=["kitchen"])).check(EXCUSE))
    assert {r.id for r in Linter(config(select=["kitchen"])).rules} == {
        r.id for r in Linter().rules if r.group == "kitchen"
    }


def test_phrases_of_the_config_are_added_to_the_rule_s() -> None:
    settings = config(rules={"jargon": {"phrases": {"en": [{"find": "widgetise", "say": "set up"}]}}})
    report = Linter(settings).check("Hello Ann,\n\nWe will widgetise it and tell you the ETA.\n\nTom")
    assert [report.reply.text_at(d.span) for d in report.diagnostics if d.rule == "jargon"] == ["widgetise", "ETA"]


def test_house_vocabulary_and_the_client_s_words_are_no_jargon() -> None:
    text = "Hello Ann,\n\nThe ETA is Friday.\n\nTom"
    assert "jargon" in ids(Linter().check(text))
    assert "jargon" not in ids(Linter(config(vocabulary=["ETA"])).check(text))
    assert "jargon" not in ids(Linter().check(text, "Hello,\n\nwhat is the ETA of my parcel?\n\nAnn"))


def test_an_unsure_match_is_reported_a_level_lower() -> None:
    linter = Linter()
    report = linter.check("Dear Marion,\n\nYour order is late because our supplier let us down.\n\nTom")
    excuse = next(d for d in report.diagnostics if d.rule == "internal-excuse")
    assert (excuse.sure, excuse.severity, excuse.points) == (False, Severity.WARNING, 5)


@pytest.mark.parametrize(
    ("settings", "reason"),
    [
        ({"select": ["jargn"]}, "unknown rule or group jargn; did you mean jargon?"),
        ({"rules": {"internal-excuses": "off"}}, "unknown rule internal-excuses; did you mean internal-excuse?"),
        ({"language": "xx"}, "unknown language xx"),
        ({"rules": {"missing-summary": {"wehn": 3}}}, "unknown key wehn; did you mean when?"),
    ],
)
def test_wrong_settings_are_one_clear_line(settings: dict[str, object], reason: str) -> None:
    with pytest.raises(PackError) as fault:
        Linter(config(**settings))
    assert reason in str(fault.value)
    assert "\n" not in str(fault.value)


def test_templates_are_not_judged_for_what_only_a_reply_can_miss() -> None:
    report = Linter().check("Hello {{name}},\n\nThe refund of {{amount}} is on its way.\n\nTom", kind="template")
    assert "unanswered-question" in report.not_applicable
    assert report.kind == "template"


def test_an_unknown_language_is_not_run_and_said() -> None:
    report = lint(
        "Guten Tag Frau Müller, vielen Dank für Ihre Nachricht. Wir haben die Rechnung heute noch einmal verschickt."
    )
    assert report.reply.language == "und"
    assert {n.rule for n in report.not_run} >= {"jargon", "internal-excuse"}


@pytest.mark.parametrize("text", ["", " \n", "> Only what the client wrote.\n"])
def test_an_empty_reply_is_refused(text: str) -> None:
    with pytest.raises(ReadError, match="is empty"):
        lint(text, ASKED)


def test_one_linter_serves_many_threads() -> None:
    linter = Linter()
    texts = [
        EXCUSE,
        "Здравствуйте!\n\nУ нас заболел переводчик.\n\nИван",
        "Tere!\n\nMeie disainer haigestus.\n\nMari",
        EXCUSE,
    ] * 4
    alone = [ids(Linter().check(text)) for text in texts[:4]] * 4
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: ids(linter.check(text)), texts))
    assert together == alone


def test_a_report_shown_in_a_log_tells_nothing_of_the_mails() -> None:
    assert "Marion" not in repr(lint(EXCUSE, ASKED))
