"""Whatever comes in: no exception but ReadError, spans inside their text, blocks that tile the body."""

from hypothesis import given, settings
from hypothesis import strategies as st

from replylint.mail.html import to_text
from replylint.mail.message import Message
from replylint.mail.read import ReadError, read_bytes
from replylint.mail.zones import names_of, own_text, quoted_original, zones

LINES = st.sampled_from(
    [
        "",
        "> ",
        ">> x",
        "-- ",
        "--",
        "On 2 Mar 2026, at 10:12, A <a@b.c> wrote:",
        "From: A <a@b.c>",
        "Sent: 1.2.2026 10:00",
        "Тема: x",
        "Кому: a@b.c",
        "-----Original Message-----",
        "```",
        "1. a",
        "2) b",
        "- c",
        "   - d",
        "Hello,",
        "Tere!",
        "Добрий день, Олено!",
        "С уважением,",
        "Anna",
        "Sent from my iPhone",
        "tel. +372 600 0000",
        "P.S. x",
        "| q",
        "\t",
        "This e-mail and any attachments are confidential",
        "##- Please type your reply above this line -##",
        "wrote:",
        "Traceback (most recent call last):",
        '  File "x", line 3',
        "Where is it?",
        "Thanks, Jo",
        "_" * 40,
        "\x00\x1b[1m",
    ]
)
TEXTS = st.lists(LINES | st.text(max_size=60), max_size=25).map("\n".join)
MAILS = st.lists(
    st.sampled_from(
        [
            b"From: =?x?Q?=?=",
            b"Subject: =?utf-8?B?AAA?=",
            b"Content-Type: multipart/mixed; boundary=b",
            b"",
            b"--b",
            b"--b--",
            b"Content-Type: text/html; charset=utf-7",
            b"Content-Type: text/plain; charset=x; format=flowed",
            b"Date: x",
            b"Content-Transfer-Encoding: base64",
            b"Content-Transfer-Encoding: quoted-printable",
            b"=E",
            b"=\xff",
            b"<p>a</p",
            b"Content-Disposition: attachment; filename*=x''%",
            b"Content-Type: message/rfc822",
            b"To: ((((,<@>;",
            b"\xd0\x9f",
        ]
    )
    | st.binary(max_size=40),
    max_size=25,
).map(b"\n".join)


def holds(message: Message, original: Message | None = None) -> None:
    blocks = zones(message, original)
    assert "".join(message.body[b.span.start : b.span.end] for b in blocks) == message.body
    assert [b.span.start for b in blocks] == sorted(b.span.start for b in blocks)
    assert all(b.depth >= 0 and b.span.part == "body" for b in blocks)
    for shown, _place, length in message.source.runs:
        assert 0 <= shown <= shown + length <= len(message.body)
    own_text(message, blocks)
    names_of(message, blocks)
    quoted_original(message, blocks)


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400) | MAILS, st.sampled_from([None, "eml", "txt", "md", "html"]))
def test_any_bytes(data: bytes, kind: str | None) -> None:
    try:
        message = read_bytes(data, kind=kind)  # type: ignore[arg-type]
    except ReadError:
        return
    holds(message)


@settings(deadline=None, max_examples=200)
@given(TEXTS, TEXTS)
def test_any_text(body: str, original: str) -> None:
    holds(Message(body), Message(original))


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<blockquote>",
                "</blockquote>",
                "<li>",
                "<ol>",
                "</ol>",
                "<pre>",
                "</pre>",
                "<a href=x>",
                "</a>",
                "<table><tr><td>",
                "&amp;",
                "&",
                "<",
                "a b",
                "\n",
                "<!--",
                "-->",
                "<script>",
                "</div>",
                '"',
            ]
        )
        | st.text(max_size=20),
        max_size=30,
    ).map("".join)
)
def test_any_html(html: str) -> None:
    rendered = to_text(html)
    holds(Message(rendered.text, marked=rendered.marked))
    for shown, place, length in rendered.source.runs:
        if shown + length <= len(rendered.text):
            assert len(rendered.text[shown : shown + length]) == len(html[place : place + length])
    ends = [b.span.end for b in rendered.marked]
    starts = [b.span.start for b in rendered.marked]
    assert all(end <= start for end, start in zip(ends, starts[1:], strict=False))
