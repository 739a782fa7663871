"""The cues check: what the client wrote, and the passage around a match."""

from __future__ import annotations

import json

from conftest import linter_for


def found(rule: str, reply: str, original: str | None = None) -> list:
    linter = linter_for(json.dumps({"select": [rule], "language": "en"}))
    return list(linter.check(reply, original, kind="reply").diagnostics)


def test_an_absence_names_the_words_of_the_client_that_call_for_it() -> None:
    original = "Nobody came on Monday and I took a day off work. This is unacceptable. When do you come?"
    (diagnostic,) = found("missing-empathy", "Dear Ms Roe, the fitter comes on Friday at ten. Cal", original)
    (related,) = diagnostic.related
    assert original[related.span.start : related.span.end] in diagnostic.message


def test_a_reason_two_sentences_after_counts_and_one_three_after_does_not() -> None:
    refusal = "Hello,\n\nWe do not refund the postage. The lamp is white. "
    reason = "That is because the parcel had left."
    assert not found("bare-refusal", refusal + reason)
    assert found("bare-refusal", refusal + "The shade is linen. " + reason)


def test_a_time_counts_only_after_the_matter_is_sent_away() -> None:
    start = "Hello,\n\nAs for August, I have to ask my manager"
    assert found("passing-the-buck", start + ".")
    assert not found("passing-the-buck", start + " and will have an answer by Friday.")
