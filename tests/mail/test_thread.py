"""Originals and conversations, in folders, mbox files and maildirs."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from replylint.mail.message import Address, Message
from replylint.mail.read import ReadError
from replylint.mail.stores import read_all, walk
from replylint.mail.subject import base_subject, is_forward, is_reply, split_subject
from replylint.mail.thread import OriginalIndex, build_threads, find_original, original_in

START = datetime(2026, 3, 2, 10, tzinfo=UTC)
CLIENT, HELP = Address("", "dana@client.example"), Address("", "help@ours.example")


def mail(
    name: str, hour: int, *answers: str, references: tuple[str, ...] = (), subject: str = "x", **fields: object
) -> Message:
    sender = fields.pop("sender", CLIENT)
    return Message(
        "",
        message_id=name,
        in_reply_to=answers,
        references=references,
        subject=subject,
        date=START + timedelta(hours=hour),
        from_=(sender,),
        to=(HELP,),
        **fields,
    )  # type: ignore[arg-type]


def ids(threads: object) -> list[list[str]]:
    return [[message.message_id for message in thread.messages] for thread in threads]  # type: ignore[attr-defined]


def test_the_original_is_what_in_reply_to_names() -> None:
    first, second = mail("<1>", 0), mail("<2>", 1)
    assert find_original(mail("<3>", 2, "<2>"), [first, second]) is second
    assert find_original(mail("<3>", 2, "<none>", references=("<1>", "<none>")), [first, second]) is first
    assert find_original(mail("<1>", 2, "<1>"), [first]) is None


def test_threads_by_headers_whatever_is_missing_or_double() -> None:
    messages = [
        mail("<3>", 3, "<2>"),
        mail("<1>", 0),
        mail("<2>", 1, "<1>"),
        mail("<2>", 1, "<1>"),
        mail("<9>", 4, "<gone>"),
        mail("<8>", 5, "<gone>"),
    ]
    assert ids(build_threads(messages)) == [["<1>", "<2>", "<3>"], ["<9>", "<8>"]]


def test_loops_do_no_harm() -> None:
    assert ids(build_threads([mail("<1>", 0, "<2>"), mail("<2>", 1, "<1>", references=("<2>", "<1>"))])) == [
        ["<1>", "<2>"]
    ]


def test_a_reply_without_headers_joins_by_subject_people_and_date() -> None:
    first = mail("<1>", 0, subject="Order 7")
    late = mail("<5>", 24 * 90, subject="Re: Order 7")
    stranger = Message("", message_id="<6>", subject="Re: Order 7", date=START, from_=(Address("", "x@y.z"),))
    new = mail("<7>", 2, subject="Order 7")
    threads = build_threads([first, mail("<2>", 1, subject="RE: [#4] Re[2]: order  7"), late, stranger, new])
    assert ["<1>", "<2>"] in ids(threads)
    assert len(threads) == 4


def test_original_and_history_in_a_thread() -> None:
    messages = [mail("<1>", 0), mail("<2>", 1, "<1>", sender=HELP), mail("<3>", 2), mail("<4>", 3, "<1>", sender=HELP)]
    (thread,) = build_threads([*messages[:3], mail("<4>", 3, references=("<1>", "<3>"), sender=HELP)])[:1]
    reply = thread.messages[-1]
    original, history = original_in(thread, reply)
    assert original is not None
    assert original.message_id in ("<1>", "<3>")
    assert reply not in history


@pytest.mark.parametrize(
    ("subject", "base"),
    [
        ("Re: Order", "order"),
        ("RE: FW: Order", "order"),
        ("Re[2]: Order", "order"),
        ("Отв: Re: Заказ", "заказ"),
        ("Відп: Замовлення", "замовлення"),
        ("Vs: Tellimus", "tellimus"),
        ("AW: WG: Bestellung", "bestellung"),
        ("[EXTERNAL] Re: [#1234] Order", "order"),
        ("Question: how much", "question: how much"),
        ("", ""),
    ],
)
def test_subjects_without_prefixes(subject: str, base: str) -> None:
    assert base_subject(subject) == base


def test_forwards_and_replies_are_told_apart() -> None:
    assert is_forward("Fwd: x")
    assert is_forward("[EXTERNAL] Пересл: x")
    assert not is_forward("Re: Fwd: x")
    assert is_reply("Re: x")
    assert not is_reply("x: Re")
    assert split_subject("Re: [#1] x") == (("Re:", "[#1]"), "x")


def eml(name: str, body: str, answers: str = "") -> str:
    head = f"From: a@b.c\nMessage-ID: {name}\nSubject: s\n"
    return head + (f"In-Reply-To: {answers}\n" if answers else "") + f"\n{body}\n"


def test_an_mbox_gives_its_messages_with_their_lines(tmp_path: Path) -> None:
    file = tmp_path / "mails.mbox"
    text = (
        "From a@b.c Mon Mar  2 10:00:00 2026\n" + eml("<1>", "Tere, õ!\n\n>From here on.") + "\n"
        "From a@b.c Mon Mar  2 11:00:00 2026\n" + eml("<2>", "Two\nFrom me to you") + "\n"
    )
    file.write_text(text, encoding="utf-8", newline="")
    one, two = read_all(file)
    assert one.body == "Tere, õ!\n\nFrom here on.\n\n"
    assert (one.entry, two.entry) == ("1", "2")
    assert two.body.startswith("Two\nFrom me")
    assert text.split("\n")[two.first_line - 1] == "Two"
    for shown, place, length in two.source.runs:
        assert two.body[shown : shown + length] == text[place : place + length]


def test_folders_and_maildirs_go_on_after_a_bad_file(tmp_path: Path) -> None:
    (tmp_path / "a.eml").write_text(eml("<1>", "One"), encoding="utf-8")
    (tmp_path / "b.eml").write_bytes(b"")
    (tmp_path / ".hidden.eml").write_text("x", encoding="utf-8")
    for folder in ("cur", "new", "tmp"):
        (tmp_path / "box" / folder).mkdir(parents=True)
        (tmp_path / "box" / folder / "1.host:2,S").write_text(eml(f"<{folder}>", "x"), encoding="utf-8")
    found = list(walk(tmp_path))
    assert [m.message_id for m in found if isinstance(m, Message)] == ["<1>", "<cur>", "<new>"]
    assert [str(fault).rpartition(": ")[2] for fault in found if isinstance(fault, ReadError)] == ["is empty"]
    with pytest.raises(ReadError):
        read_all(tmp_path)
    index = OriginalIndex(tmp_path)
    found_one = index.find(mail("<r>", 1, "<cur>"))
    assert found_one is not None
    assert len(index.failed) == 1


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.eml"
    outside.write_text(eml("<1>", "x"), encoding="utf-8")
    inside = tmp_path / "folder"
    inside.mkdir()
    try:
        (inside / "link.eml").symlink_to(outside)
    except OSError:
        pytest.skip("no symbolic links here")
    assert list(walk(inside)) == []
