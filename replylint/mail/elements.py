"""What HTML elements mean for shown text."""

from __future__ import annotations

import re

#: Elements that stand on lines of their own → blank lines around them.
BLOCKS = {
    **dict.fromkeys(
        [
            "p",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "blockquote",
            "pre",
            "table",
            "ul",
            "ol",
            "dl",
            "hr",
            "figure",
            "fieldset",
        ],
        2,
    ),
    **dict.fromkeys(
        [
            "div",
            "li",
            "tr",
            "address",
            "article",
            "aside",
            "body",
            "caption",
            "center",
            "dd",
            "dt",
            "footer",
            "form",
            "header",
            "main",
            "nav",
            "section",
            "tbody",
            "thead",
        ],
        1,
    ),
}
VOID = frozenset(
    ["br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr", "o:p"]
)
SKIPPED = frozenset(
    ["head", "script", "style", "title", "template", "textarea", "select", "svg", "object", "noframes", "xmp"]
)


def is_indent(style: str) -> bool:
    """Gmail's and Outlook's indented paragraph is a blockquote without a border that quotes nobody."""
    flat = re.sub(r"\s", "", style.lower())
    return "border:none" in flat and "margin:00040px" in flat


def number(value: str, default: int) -> int:
    return int(value) if value.isascii() and value.isdigit() and len(value) < 7 else default


def numeral(number: int, style: str) -> str:
    if style in ("a", "A") and 0 < number < 27:
        return chr(ord(style) + number - 1) + ") "
    return f"{number}. "
