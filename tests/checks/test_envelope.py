"""The envelope rules where YAML examples do not reach: fixes, history, pictures in the text, kinds with no original."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from replylint import Config, Linter, Message
from replylint.diagnostic import Diagnostic
from replylint.mail.headers import addresses
from replylint.mail.read import read_bytes

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)


def mail(body: str, sender: str, to: str, cc: str = "", subject: str | None = "Crates", hours: float = 0) -> Message:
    return Message(
        body,
        from_=addresses([sender]),
        to=addresses([to]),
        cc=addresses([cc]) if cc else (),
        subject=subject,
        date=NOON + timedelta(hours=hours),
    )


def found(rule: str, reply: Message, original: Message | None = None, **more: object) -> list[Diagnostic]:
    linter = Linter(Config(select=(rule,)))
    return list(linter.check(reply, original, **more).diagnostics)  # type: ignore[arg-type]


ASKED = mail("Hello, where are our crates? Dana", "dana@client.example", "tom@ours.example", "Books <b@client.example>")


def test_the_fix_of_a_changed_subject_is_the_original_s() -> None:
    (one,) = found(
        "changed-subject", mail("On Friday.", "tom@ours.example", "dana@client.example", subject="[#7] News"), ASKED
    )
    assert one.fix is not None
    assert one.fix.safe
    assert [(e.span.part, e.span.start, e.span.end, e.replacement) for e in one.fix.edits] == [
        ("subject", 0, 9, "Re: [#7] Crates")
    ]


def test_a_subject_that_the_client_left_out_can_not_change() -> None:
    asked = mail("Hello, where are our crates?", "dana@client.example", "tom@ours.example", subject=None)
    assert not found("changed-subject", mail("On Friday.", "tom@ours.example", "dana@client.example"), asked)


def test_the_fix_of_a_dropped_recipient_adds_him_to_cc() -> None:
    reply = mail("On Friday.", "tom@ours.example", "dana@client.example", "Ann <ann@ours.example>")
    (one,) = found("dropped-recipient", reply, ASKED)
    assert one.fix is not None
    assert not one.fix.safe
    assert [(e.span.part, e.span.start, e.replacement) for e in one.fix.edits] == [
        ("cc", len("Ann <ann@ours.example>"), ", Books <b@client.example>")
    ]


def test_whose_address_stood_earlier_in_the_thread_is_not_added() -> None:
    reply = mail("On Friday.", "tom@ours.example", "dana@client.example", "b@client.example, ulf@broker.example")
    assert found("added-recipient", reply, ASKED)
    earlier = mail("Hello!", "dana@client.example", "tom@ours.example", "ulf@broker.example", hours=-5)
    assert not found("added-recipient", reply, ASKED, history=[earlier])


def test_a_confirmation_in_between_is_an_answer_in_time() -> None:
    reply = mail(
        "Hello Dana,\n\nThe crates arrive on Friday.\n\nTom", "tom@ours.example", "dana@client.example", hours=5
    )
    assert found("slow-reply", reply, ASKED)
    received = mail("We have got your letter.", "tom@ours.example", "dana@client.example", hours=0.5)
    assert not found("slow-reply", reply, ASKED, history=[received])


def test_a_picture_within_the_text_is_attached() -> None:
    head = b"From: tom@ours.example\nTo: dana@client.example\nSubject: Re: Crates\n"
    text = b"Hello Dana,\n\nThe photo is attached.\n\nTom\n"
    bare = read_bytes(head + b"Content-Type: text/plain\n\n" + text, "r.eml")
    assert found("missing-attachment", bare, ASKED)
    shown = read_bytes(
        head
        + b"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/plain\n\n"
        + text
        + b"--x\nContent-Type: image/png\nContent-ID: <a@b>\n\nxx\n--x--\n",
        "r.eml",
    )
    assert shown.embedded == ("unnamed.png",)
    assert not found("missing-attachment", shown, ASKED)


def test_what_answers_nobody_needs_only_its_own_headers() -> None:
    new = mail("Dear Dana,\n\nThe price list is attached.\n\nTom", "tom@ours.example", "dana@client.example")
    assert found("missing-attachment", new, kind="new")
    forward = mail(
        "Hi Piret,\n\nplease answer her today.\n\nTom", "tom@ours.example", "piret@ours.example", subject="Fwd: Crates"
    )
    assert found("missing-history", forward, kind="forward")
    report = Linter(Config(select=("changed-subject",))).check(forward, kind="reply")
    assert [not_run.rule for not_run in report.not_run] == ["changed-subject"]


def test_a_name_of_somebody_in_copy_is_no_wrong_name() -> None:
    asked = mail(
        "Where are our crates?\n\nDana Reyes",
        "dana@client.example",
        "tom@ours.example",
        "Peter Reyes <p@client.example>",
    )
    reply = mail("Hello Peter,\n\nOn Friday.\n\nTom", "tom@ours.example", "dana@client.example", "p@client.example")
    assert not found("wrong-name", reply, asked)
    alone = mail("Where are our crates?\n\nDana Reyes", "dana@client.example", "tom@ours.example")
    assert found(
        "wrong-name", mail("Hello Peter,\n\nOn Friday.\n\nTom", "tom@ours.example", "dana@client.example"), alone
    )


def test_a_name_used_earlier_in_the_thread_is_no_wrong_name() -> None:
    asked = mail("Where are our crates?", "Dana Reyes <dana@client.example>", "tom@ours.example")
    reply = mail("Hello Peter,\n\nOn Friday.\n\nTom", "tom@ours.example", "dana@client.example")
    (sure,) = found("wrong-name", reply, asked)
    assert sure.sure
    earlier = mail("Hello,\n\nwe need two crates.\n\nPeter Reyes", "dana@client.example", "tom@ours.example", hours=-9)
    assert not found("wrong-name", reply, asked, history=[earlier])
