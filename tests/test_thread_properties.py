"""Whatever stands in the mails of a conversation: no exception, every mail once, every span inside its text."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from conftest import linter_for
from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.mail.message import Address, Message, Span
from replylint.mail.thread import build_threads
from replylint.threads import check_thread
from replylint.us import who_we_are

IDS = st.sampled_from(["", "<1@x>", "<2@x>", "<3@x>", "<4@x>", "<gone@x>"])
PEOPLE = st.sampled_from(["dana@client.example", "anna@ours.example", "tom@ours.example", ""])
DATES = st.none() | st.integers(-3000, 3000).map(
    lambda hours: datetime(2026, 3, 2, tzinfo=UTC) + timedelta(hours=hours)
)
TEXTS = st.lists(
    st.sampled_from(
        [
            "Hello,",
            "How much is it, and when can you deliver?",
            "Could you send me the invoice?",
            "It is 40 EUR.",
            "We will get back to you soon.",
            "Thanks!",
            "Спасибо, всё получилось.",
            "Коли приїде майстер?",
            "Palun saatke leping.",
            "> quoted",
            "-- ",
            "Anna",
            "",
        ]
    )
    | st.text(max_size=30),
    max_size=8,
).map("\n".join)


def boxes(addresses: list[str]) -> tuple[Address, ...]:
    return tuple(Address("", address) for address in addresses)


MESSAGES = st.lists(
    st.builds(
        lambda body, own, answers, others, sender, to, date, subject: Message(
            body,
            message_id=own,
            in_reply_to=tuple(filter(None, answers)),
            references=tuple(filter(None, others)),
            from_=boxes([sender]),
            to=boxes(to),
            date=date,
            subject=subject,
        ),
        TEXTS,
        IDS,
        st.lists(IDS, max_size=2),
        st.lists(IDS, max_size=3),
        PEOPLE,
        st.lists(PEOPLE, max_size=2),
        DATES,
        st.sampled_from([None, "", "Order", "Re: Order", "Fwd: Order"]),
    ),
    max_size=7,
)


@settings(deadline=None, max_examples=200)
@given(MESSAGES)
def test_threads_hold_every_mail_once(messages: list[Message]) -> None:
    threads = build_threads(messages)
    kept = [id(message) for thread in threads for message in thread.messages]
    assert len(kept) == len(set(kept))
    assert {id(m) for m in messages if not m.message_id} <= set(kept)
    assert {m.message_id for m in messages} == {m.message_id for t in threads for m in t.messages}
    who_we_are(threads, linter_for("{}").config)


def inside(span: Span, text: str) -> bool:
    return 0 <= span.start <= span.end <= len(text)


@settings(deadline=None, max_examples=25)
@given(MESSAGES)
def test_any_conversation_is_judged(messages: list[Message]) -> None:
    linter = linter_for('{"us": ["@ours.example"], "preset": "all"}')
    for thread in build_threads(messages):
        found = check_thread(linter, thread)
        for diagnostic in found.diagnostics:
            assert inside(diagnostic.span, found.letter_of(diagnostic.span.part).message.body)
        for report in found.reports:
            spans = [d.span for d in report.diagnostics] + [r.span for d in report.diagnostics for r in d.related]
            spans += [c.ask.span for c in report.dialogue.everything] if report.dialogue else []
            for span in spans:
                if span.part.endswith("body"):
                    assert inside(span, report.letter_of(span.part).message.body)
