"""Conversations: who we are, which mails are judged, which asks are still open, and what is said only once."""

from __future__ import annotations

import mailbox
from email.message import EmailMessage
from pathlib import Path

import pytest

from replylint import Config, Linter
from replylint.run import run

CLIENT, ANNA, TOM = "Dana Reyes <dana@client.example>", "Anna <anna@ours.example>", "tom@ours.example"
HELP = "help@ours.example"


def mail(
    number: int, sender: str, to: str, day: int, body: str, answers: int | None = None, **more: str
) -> EmailMessage:
    made = EmailMessage()
    made["From"], made["To"] = sender, to
    made["Subject"] = "Re: Order 7" if answers else "Order 7"
    made["Date"] = f"{day:02} Mar 2026 10:00:00 +0200"
    made["Message-ID"] = f"<{number}@x>"
    if answers:
        made["In-Reply-To"] = f"<{answers}@x>"
    for name, value in more.items():
        made[name.replace("_", "-")] = value
    made.set_content(body)
    return made


ASKED = mail(1, CLIENT, HELP, 2, "Hello,\n\nHow much is the oak table? When can you deliver it to Tartu?\n\nDana\n")
PRICE = mail(2, ANNA, CLIENT, 2, "Dear Dana,\n\nThe oak table is 450 EUR.\n\nKind regards,\nAnna\n", 1)
INSIDE = mail(3, ANNA, TOM, 2, "Tom, when can we deliver the table to Tartu?\n", 1)
MORE = mail(4, CLIENT, ANNA, 3, "Hello,\n\nCan I pay by card?\n\nDana\n", 2)
CARD = mail(5, ANNA, CLIENT, 4, "Dear Dana,\n\nYes, you can pay by card on the site.\n\nKind regards,\nAnna\n", 4)


@pytest.fixture
def box(tmp_path: Path):
    def make(*messages: EmailMessage, name: str = "thread.mbox") -> str:
        store = mailbox.mbox(tmp_path / name)
        for message in messages:
            store.add(message)
        store.close()
        return str(tmp_path / name)

    return make


def checked(*paths: str, last: bool = False, **settings: object):
    config = Config.model_validate({"select": ["unanswered-question", "unreported-request"], **settings})
    return run(Linter(config), paths, last=last)


def open_asks(report) -> list[str]:
    return [
        report.letter_of(c.ask.span.part).message.body[c.ask.span.start : c.ask.span.end]
        for c in report.dialogue.everything
        if c.status == "unanswered"
    ]


def test_our_replies_are_judged_with_their_own_originals(box) -> None:
    found = checked(box(ASKED, PRICE, INSIDE, MORE, CARD))
    assert [r.reply.message.message_id for r in found.reports] == ["<2@x>", "<5@x>"]
    assert [r.original.message.message_id for r in found.reports] == ["<1@x>", "<4@x>"]
    assert {r.original_from for r in found.reports} == {"thread"}
    assert found.us is not None
    assert found.us.addresses == ("@ours.example",)


def test_an_open_ask_is_carried_over_and_reported_once(box) -> None:
    first, second = checked(box(ASKED, PRICE, MORE, CARD)).reports
    assert open_asks(first) == open_asks(second) == ["When can you deliver it to Tartu"]
    assert [d.rule for d in first.diagnostics] == ["unanswered-question"]
    assert second.diagnostics == ()
    assert [c.carried_over for c in second.dialogue.everything] == [True, False]
    assert second.dialogue.earlier[0].ask.span.part == "history.0.body"


def test_an_acknowledgement_puts_off_and_the_next_reply_must_answer(box) -> None:
    received = "Dear Dana,\n\nThank you for your message. We have received it and will get back to you soon.\n\nAnna\n"
    first, second = checked(
        box(ASKED, mail(2, ANNA, CLIENT, 2, received, 1), mail(3, ANNA, CLIENT, 3, PRICE.get_content(), 1))
    ).reports
    assert first.kind == "acknowledgement"
    assert open_asks(second) == ["When can you deliver it to Tartu"]
    assert [d.rule for d in second.diagnostics] == ["unanswered-question"]


def test_asks_of_every_mail_since_our_last_reply(box) -> None:
    both = mail(3, ANNA, CLIENT, 4, "Dear Dana,\n\nYes, you can pay by card on the site.\n\nAnna\n", 2)
    (report,) = checked(box(ASKED, mail(2, CLIENT, HELP, 3, "And can I pay by card?\n\nDana\n", 1), both)).reports
    assert open_asks(report) == ["How much is the oak table", "When can you deliver it to Tartu"]
    assert not any(c.carried_over for c in report.dialogue.everything)


def test_an_ask_said_again_is_one_at_its_newest_text(box) -> None:
    again = mail(
        4, CLIENT, ANNA, 3, "When can you deliver the table to Tartu? And when can you deliver it to Tartu?\n", 2
    )
    found = checked(box(ASKED, PRICE, again, CARD)).reports[-1]
    assert {c.ask.span.part for c in found.dialogue.everything} == {"original.body"}


def test_last_judges_the_newest_reply_alone(box) -> None:
    (report,) = checked(box(ASKED, PRICE, MORE, CARD), last=True).reports
    assert report.reply.message.message_id == "<5@x>"
    assert report.diagnostics == ()
    assert open_asks(report) == ["When can you deliver it to Tartu"]


def test_duplicates_loops_and_missing_parents_do_no_harm(box) -> None:
    loop = mail(1, CLIENT, HELP, 2, ASKED.get_content(), None, References="<5@x> <gone@x> <1@x>")
    found = checked(box(loop, PRICE, MORE, CARD, PRICE, MORE), us=["@ours.example"])
    assert [r.reply.message.message_id for r in found.reports] == ["<2@x>", "<5@x>"]
    assert len(found.threads) == 1
    orphan = mail(9, ANNA, CLIENT, 2, PRICE.get_content(), 77)
    assert [r.original_from for r in checked(box(orphan, name="o.mbox"), us=["@ours.example"]).reports] == ["none"]


def test_automatic_replies_are_neither_ours_nor_the_client_s(box) -> None:
    away = mail(6, CLIENT, ANNA, 5, "When I am away, who is there?\n", 2, Auto_Submitted="auto-replied")
    found = checked(box(ASKED, PRICE, away, mail(7, ANNA, CLIENT, 6, "It comes on Friday at 10:00.\n", 6)))
    assert found.reports[-1].original.message.message_id == "<1@x>"


def test_without_us_a_folder_of_drafts_is_judged_draft_by_draft(tmp_path: Path) -> None:
    for number, sender in ((2, ANNA), (3, TOM)):
        (tmp_path / f"{number}.eml").write_bytes(mail(number, sender, CLIENT, 3, PRICE.get_content(), 1).as_bytes())
    found = checked(str(tmp_path))
    assert len(found.reports) == 2
    assert found.threads == ()


def test_where_nothing_tells_who_we_are_it_is_said(box) -> None:
    found = checked(box(PRICE, MORE, CARD))
    assert found.reports == ()
    assert "--us" in found.failed[0].reason
    assert found.exit_status == 2


def test_without_us_an_address_of_a_shared_domain_stands_alone(box) -> None:
    shop, dana = "Shop <shop@mail.example>", "Dana <dana@mail.example>"
    first = mail(1, dana, shop, 2, ASKED.get_content())
    found = checked(box(first, mail(2, shop, dana, 3, PRICE.get_content(), 1)))
    assert found.us.addresses == ("shop@mail.example",)
    assert len(found.reports) == 1


def test_a_thread_over_several_stores(box) -> None:
    found = checked(box(ASKED, MORE, name="inbox.mbox"), box(PRICE, CARD, name="sent.mbox"))
    assert len(found.threads) == 1
    assert len(found.reports) == 2


def test_standard_input_may_be_an_mbox(box) -> None:
    data = Path(box(ASKED, PRICE)).read_bytes()
    found = run(Linter(Config(select=("answers",))), ["-"], standard_input=data)
    assert [r.reply.message.message_id for r in found.reports] == ["<2@x>"]


def test_a_draft_with_a_store_of_originals_gets_the_history_too(box, tmp_path: Path) -> None:
    draft = tmp_path / "draft.eml"
    draft.write_bytes(CARD.as_bytes())
    found = run(Linter(Config(select=("answers",))), [str(draft)], original=box(MORE, PRICE, ASKED))
    (report,) = found.reports
    assert report.original.message.message_id == "<4@x>"
    assert [letter.message.message_id for letter in report.history] == ["<1@x>", "<2@x>"]
