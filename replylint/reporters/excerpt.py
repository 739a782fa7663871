"""Lines of a mail with a place in them underlined, for the terminal."""

from __future__ import annotations

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from replylint.mail.message import Message, Span
from replylint.run import line_and_column

#: A span of more lines than this is cut.
MOST_LINES = 4


def excerpt(console: Console, message: Message, span: Span, style: str) -> None:
    """The lines of the span with the span underlined; long lines are cut around it, long spans after a few lines."""
    if span.part.endswith("body") and message.body[span.start : span.end].isspace():
        return  # a comment, which is not shown
    if not span.part.endswith("body"):
        text = message.subject or ""
        line(console, "", text, span.start, span.end, style)
        return
    first, _, last, _ = line_and_column(message, span)
    start = message.body.rfind("\n", 0, span.start) + 1
    for number in range(first, min(last, first + MOST_LINES - 1) + 1):
        end = message.body.find("\n", start)
        end = len(message.body) if end < 0 else end
        text = message.body[start:end]
        line(
            console,
            str(number) if message.first_line else "",
            text,
            max(0, span.start - start),
            min(len(text), span.end - start),
            style,
        )
        start = end + 1
    if last >= first + MOST_LINES:
        console.print(Text("       …", "dim"))


def line(console: Console, number: str, text: str, start: int, end: int, style: str) -> None:
    """One line with a stretch of it underlined, cut to the console's width."""
    if start >= end:
        return
    room = max(20, console.width - 10)
    text = text.expandtabs(1).replace("\r", " ")
    left, right = 0, len(text)
    if cell_len(text) > room:
        left = max(0, min(start - 12, len(text) - room + 2))
        right = min(len(text), left + room - 2)
    head, tail = ("…" if left else ""), ("…" if right < len(text) else "")
    end = max(start + 1, min(end, right))
    console.print(
        Text.assemble(
            (f"{number:>5} │ ", "dim"), head + text[left:start], (text[start:end], style), text[end:right] + tail
        ),
        no_wrap=True,
        overflow="crop",
        crop=False,
    )
    indent = cell_len(head + text[left:start])
    console.print(
        Text.assemble(("      │ ", "dim"), " " * indent, ("~" * max(1, cell_len(text[start:end])), style)),
        no_wrap=True,
        overflow="crop",
        crop=False,
    )
