"""Reading: from bytes of every kind to what the reader sees, and back to the source."""

import base64
from pathlib import Path

import pytest

from replylint.mail.message import Address, Message
from replylint.mail.read import Limits, ReadError, read, read_bytes

PANGRAMS = {
    "ru": "Съешь же ещё этих мягких французских булок, да выпей чаю. Добрый день, Ольга!",
    "uk": "Чуєш їх, доцю, га? Кумедна ж ти, прощайся без ґольфів! Є питання щодо їзди.",
    "et": "Põdur Zagrebi tšellomängija-följetonist ciqo külmetas kehvas garaažis õhtuti.",
    "fr": "Portez ce vieux whisky au juge blond qui fume: déjà, où, être, garçon, naïve.",
}


def source_agrees(message: Message, source: str) -> None:
    """Every run of the map shows characters that stand in the source."""
    for shown, place, length in message.source.runs:
        assert message.body[shown : shown + length] == source[place : place + length]


@pytest.mark.parametrize(
    ("language", "codec"),
    [("ru", c) for c in ("utf-8", "koi8-r", "cp1251", "iso8859-5", "cp866", "utf-16", "utf-16-le", "utf-8-sig")]
    + [("uk", c) for c in ("utf-8", "koi8-u", "cp1251", "utf-16-be")]
    + [("et", c) for c in ("utf-8", "cp1252", "cp1257", "iso8859-15", "utf-16")]
    + [("fr", c) for c in ("utf-8", "cp1252", "iso8859-1")],
)
def test_undeclared_charsets_are_found_out(language: str, codec: str) -> None:
    text = PANGRAMS[language]
    assert read_bytes(text.encode(codec)).body == text


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("us-ascii", "utf-8"),
        ("iso-8859-1", "utf-8"),
        ("koi8-r", "utf-8"),
        ("utf-8", "cp1251"),
        ("utf-8", "koi8-r"),
        ("iso-8859-1", "cp1251"),
        ("no-such-set", "cp1251"),
        ("", "koi8-r"),
        ("base64", "utf-8"),
    ],
)
def test_wrong_labels_are_overruled(label: str, codec: str) -> None:
    head = f"Subject: x\nContent-Type: text/plain; charset={label}\nContent-Transfer-Encoding: 8bit\n\n".encode()
    assert read_bytes(head + PANGRAMS["ru"].encode(codec), kind="eml").body == PANGRAMS["ru"]


def test_a_right_label_is_believed() -> None:
    for label in ("koi8-r", "windows-1251", "iso-8859-5", "utf-16"):
        data = PANGRAMS["ru"].encode(label)
        mail = f"Content-Type: text/plain; charset={label}\nContent-Transfer-Encoding: base64\n\n".encode()
        assert read_bytes(mail + base64.b64encode(data), kind="eml").body == PANGRAMS["ru"]


MULTIPART = """From: =?utf-8?B?0J7Qu9GM0LPQsA==?= <Olga@Client.example>
To: "Support, second line" <help@ours.example>, b@ours.example
Cc: undisclosed-recipients:;
Subject: =?koi8-r?B?79TXxdQ=?=
 =?koi8-r?B?INDP?= order
Date: Tue, 03 Mar 2026 10:12:00 +0200
Message-ID: <1@client.example>
In-Reply-To: <0@ours.example>
References: <00@ours.example>
 <0@ours.example>
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=a

--a
Content-Type: multipart/alternative; boundary=b

--b
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Здравствуйте!
Где заказ?
--b
Content-Type: text/html; charset=utf-8

<p>Другое</p>
--b--
--a
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''%D1%81%D1%87%D1%91%D1%82.pdf
Content-Transfer-Encoding: base64

JVBERi0=
--a--
"""


def test_a_whole_mail() -> None:
    message = read_bytes(MULTIPART.encode(), "mail.eml", kind="eml")
    assert message.from_ == (Address("Ольга", "olga@client.example"),)
    assert message.to == (Address("Support, second line", "help@ours.example"), Address("", "b@ours.example"))
    assert message.subject == "Ответ по order"
    assert message.date is not None
    assert message.date.isoformat() == "2026-03-03T10:12:00+02:00"
    assert message.message_id == "<1@client.example>"
    assert message.in_reply_to == ("<0@ours.example>",)
    assert message.references == ("<00@ours.example>", "<0@ours.example>")
    assert message.body.strip() == "Здравствуйте!\nГде заказ?"
    assert message.attachments == ("счёт.pdf",)
    source_agrees(message, MULTIPART)
    lines = MULTIPART.split("\n")
    assert lines[message.first_line - 1] == "Здравствуйте!"


def test_html_is_shown_where_the_plain_part_only_points_to_it() -> None:
    for stub in ("", "  \n", "Your e-mail client does not support HTML.", "Ваш почтовый клиент не поддерживает HTML"):
        mail = (
            "Content-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n"
            f"{stub}\n--b\nContent-Type: text/html; charset=utf-8\n\n<p>Hello</p><p>there</p>\n--b--\n"
        )
        assert read_bytes(mail.encode(), kind="eml").body == "Hello\n\nthere"


def test_a_forwarded_mail_is_an_attachment_with_its_subject() -> None:
    mail = (
        "Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\n\nSee below.\n--b\n"
        "Content-Type: message/rfc822\n\nSubject: The order\n\nOld text\n--b--\n"
    )
    message = read_bytes(mail.encode(), kind="eml")
    assert message.body.strip() == "See below."
    assert message.attachments == ("The order.eml",)


def test_format_flowed_joins_lines_and_keeps_the_way_back() -> None:
    flowed = "One line that \ngoes on.\n\n> quoted \n> text\n stuffed\n-- \nName\n"
    source = "Content-Type: text/plain; format=flowed\n\n" + flowed
    message = read_bytes(source.encode(), kind="eml")
    assert message.body == "One line that goes on.\n\n> quoted text\nstuffed\n-- \nName\n"
    source_agrees(message, source)
    start = message.body.index("goes")
    assert message.source.to_source(start, start + 4) == (source.index("goes"), source.index("goes") + 4)


def test_text_with_headers_is_a_mail_and_text_without_is_not() -> None:
    mail = read_bytes("From: Ольга <o@client.example>\nSubject: Заказ\n\nГде он?".encode("cp1251"))
    assert (mail.from_[0].name, mail.subject, mail.body) == ("Ольга", "Заказ", "Где он?")
    for text in ("Note: this is text.\n\nMore", "To: do tomorrow\n\nx", "Dear Anna,\nFrom: here\n\nx", "From: x"):
        message = read_bytes(text.encode())
        assert message.body == text or text == "From: x"


def test_crlf_and_front_matter_keep_lines_and_places(tmp_path: Path) -> None:
    file = tmp_path / "template.md"
    file.write_bytes(
        "\ufeff---\r\nsubject: Your order\r\nfor: no\r\n---\r\n\r\nHello {{name}},\r\nit is ä here.\r\n".encode()
    )
    message = read(file)
    assert message.meta == {"subject": "Your order", "for": "no"}
    assert message.subject == "Your order"
    assert message.body == "Hello {{name}},\nit is ä here.\n"
    assert message.first_line == 6
    source_agrees(message, file.read_bytes().decode("utf-8-sig"))


def test_control_characters_are_neutral_and_keep_their_places() -> None:
    message = read_bytes("Subject: a\x1b[31mb\nFrom: x@y.z\n\nred\x1b[0m \x00 \x07 \x9b tab\tend\u202egnp.exe".encode())
    assert message.subject == "a␛[31mb"
    assert message.body == "red␛[0m ␀ ␇ � tab\tend�gnp.exe"
    assert "\r" not in read_bytes(b"<html>a&#13;b<pre>c&#13;d</pre>", kind="html").body
    html = read_bytes(b"<html><p>a&#27;[31m\x1b]0;x&#155;</p>", kind="html")
    assert "\x1b" not in html.body
    assert "\x9b" not in html.body


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\t\n", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (bytes(range(256)) * 10, "binary"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_bytes(data)


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no such file"):
        read(tmp_path / "none.eml")
    with pytest.raises(ReadError, match="folder"):
        read(tmp_path)
    large = tmp_path / "large.txt"
    large.write_bytes(b"x" * 2000)
    with pytest.raises(ReadError, match=r"too large: .* limit"):
        read(large, limits=Limits(size=0.001))
    broken = tmp_path / "broken.md"
    broken.write_text("---\na: 1\na: 2\n---\nx", encoding="utf-8")
    with pytest.raises(ReadError, match=r"front matter: 3:1.*twice"):
        read(broken)


def test_a_text_without_an_end_is_refused_with_the_limit_that_it_breaks() -> None:
    with pytest.raises(ReadError, match=r"too much text: 0\.2 million .* limit is 0\.1 million \(max_text\)"):
        read_bytes(b"Hello again. " * 12_000, limits=Limits(text=0.1))


def test_ten_thousand_nested_parts_end_in_a_message_or_a_reason() -> None:
    head = "".join(f"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n" for i in range(10_000))
    with pytest.raises(ReadError, match="nested"):
        read_bytes(head.encode(), kind="eml")


def test_html_in_a_mail_leads_back_to_the_file_where_it_stands_as_it_is() -> None:
    file = (
        "From: a@b.c\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n<p>Tere, õ &amp; ä!</p>\n<ol><li>üks</ol>\n"
    )
    message = read_bytes(file.encode(), kind="eml")
    assert message.body == "Tere, õ & ä!\n\n1. üks"
    assert message.first_line == 0
    assert message.source.runs
    source_agrees(message, file)
    assert message.source.to_source(8, 9) is None  # the decoded ampersand
    start, end = message.source.to_source(17, 20)
    assert file[start:end] == "üks"


def test_a_label_with_x_before_it_is_known() -> None:
    from replylint.mail.charset import decode

    assert decode("Здравствуйте, Анна".encode("mac-cyrillic"), "x-mac-cyrillic") == "Здравствуйте, Анна"
