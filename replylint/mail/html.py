"""HTML body to shown text: paragraphs, lists, quotes, links, tables as plain lines, and the way back to the source."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape

from replylint.mail.elements import BLOCKS, SKIPPED, VOID, is_indent, number, numeral
from replylint.mail.markup import Comment, Tag, Text, scan
from replylint.mail.message import Block, BlockKind, OffsetMap, Span, Suppression
from replylint.mail.shown import neutral
from replylint.mail.suppress import read as read_comment
from replylint.mail.writer import Writer

_PIECE = re.compile(
    r"[ \t\n\r\f]++|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});?|[^& \t\n\r\f]++|&"
)
_LINE = re.compile(r"\r\n?|\n")
_HIDDEN = re.compile(
    r"display\s*:\s*none|mso-hide\s*:\s*all|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px)?\s*(?:;|$)", re.IGNORECASE
)
_NO_MARGIN = re.compile(r"margin(?:-bottom)?\s*:\s*0(?:cm|in|px|pt|em)?\b(?!\s*[1-9])", re.IGNORECASE)
_SIGNATURE = re.compile(
    r"gmail_signature|moz-signature|\bsignature\b|protonmail_signature_block|ms-outlook-mobile-signature", re.IGNORECASE
)
_RULE = "_" * 32


@dataclass(frozen=True, slots=True)
class Rendered:
    """Shown text, what the markup said about its parts (disjoint, in order), and the map to the HTML source."""

    text: str
    marked: tuple[Block, ...] = ()
    source: OffsetMap = field(default_factory=OffsetMap)
    suppressions: tuple[Suppression, ...] = ()


@dataclass(slots=True)
class _Open:
    """An element that is open."""

    name: str
    skipped: bool = False
    marks: BlockKind | None = None
    #: For lists: the number of the next item (0 for bullets) and the kind of number; for links: where the text began.
    number: int = 0
    style: str = ""
    href: str = ""
    began: int = 0


class _Renderer:
    """Walks through the tags once."""

    def __init__(self, html: str) -> None:
        self.html = html
        self.out = Writer()
        self.stack: list[_Open] = []
        self.open = Counter[str]()
        self.skipping = 0
        self.preformatted = 0
        self.lists = 0
        self.quotes = 0
        self.marks: list[Block] = []
        self.suppressions: list[Suppression] = []
        self._mark: tuple[BlockKind, int, int] | None = None

    def render(self) -> Rendered:
        """The whole of it."""
        for token in scan(self.html):
            if isinstance(token, Text):
                if not self.skipping:
                    self._text(token)
            elif isinstance(token, Comment):
                self._comment(token)
            elif token.closes:
                self._close(token.name)
            else:
                self._start(token)
        self._note(None)
        text = "".join(self.out.parts)
        body = text.rstrip(" \t\n")
        marks = [b for b in self.marks if b.span.start < len(body)]
        size = len(body)
        runs = tuple((at, place, min(length, size - at)) for at, place, length in self.out.runs if at < size)
        return Rendered(neutral(body), tuple(marks), OffsetMap(runs), tuple(self.suppressions))

    def _comment(self, token: Comment) -> None:
        if read_comment(token.text, Span("body", 0, 0)) is not None:
            self.out.flush()
            made = read_comment(token.text, Span("body", self.out.length, self.out.length))
            self.suppressions += [made] if made else []

    def _text(self, token: Text) -> None:
        html, out = self.html, self.out
        if self.preformatted:
            self._preformatted(token)
            return
        for match in _PIECE.finditer(html, token.start, token.end):
            piece = match[0]
            if piece[0] in " \t\n\r\f":
                out.blank(match.start() if piece == " " else -1)
            elif piece[0] == "&":
                made = unescape(piece).replace("\xa0", " ")
                if made:
                    out.write(made)
            elif "\xa0" in piece:
                out.write(piece.replace("\xa0", " "), match.start())
            else:
                out.write(piece, match.start())

    def _preformatted(self, token: Text) -> None:
        place = token.start
        for match in [*_LINE.finditer(self.html, token.start, token.end), None]:
            end = match.start() if match else token.end
            if end > place:
                piece = self.html[place:end]
                if "&" in piece:
                    self.out.write(unescape(piece))
                else:
                    self.out.write(piece, place)
            if match:
                self.out.newline()
                place = match.end()

    def _start(self, tag: Tag) -> None:
        name = tag.name
        if self.skipping and name not in ("body", "head"):
            if name not in VOID:
                self._push(_Open(name))
            return
        if name == "body" and self.open["head"]:
            self._close("head")
        if name == "br":
            self.out.newline()
            return
        if name in VOID:
            self._void(tag)
            return
        made = _Open(name)
        if name in SKIPPED or _HIDDEN.search(tag.get("style")):
            made.skipped = True
            self.skipping += 1
            self._push(made)
            return
        if name in ("p", "li", "tr", "td", "th") and self.stack and self.stack[-1].name == name:
            self._close(name)  # these need no end tag
        self._open_block(tag, made)
        self._push(made)

    def _void(self, tag: Tag) -> None:
        if tag.name == "hr":
            self.out.owe(1)
            self.out.write(_RULE)
            self.out.owe(1)
        elif tag.name == "img" and 0 < len(unescape(tag.get("alt"))) < 4:
            self.out.write(unescape(tag.get("alt")))  # a smile

    def _open_block(self, tag: Tag, made: _Open) -> None:
        name = tag.name
        lines = BLOCKS.get(name, 0)
        if lines == 2 and (name == "p" and (_NO_MARGIN.search(tag.get("style")) or "MsoNormal" in tag.get("class"))):
            lines = 1
        if name in ("ul", "ol"):
            lines = 1 if self.lists else 2
            self.lists += 1
            made.number = number(tag.get("start"), 1) if name == "ol" else 0
            made.style = tag.get("type")
        if lines:
            self.out.owe(lines)
        if name == "li":
            self._item(tag)
        elif name in ("td", "th") and not self.out.ends and not self.out.owed:
            self.out.write("\t")
        elif name == "a":
            made.href, made.began = unescape(tag.get("href")).strip(), len(self.out.parts)
        elif name == "pre":
            self.preformatted += 1
            made.marks = "code"
        elif name == "blockquote" and not is_indent(tag.get("style")):
            made.marks = "quote"
        elif name in ("div", "pre", "table") and (
            _SIGNATURE.search(tag.get("class")) or _SIGNATURE.fullmatch(tag.get("id"))
        ):
            made.marks = "signature"
        if made.marks:
            self._note(made)

    def _push(self, made: _Open) -> None:
        self.stack.append(made)
        self.open[made.name] += 1

    def _close(self, name: str) -> None:
        if name in VOID or not self.open[name]:
            if name == "p" and not self.skipping:
                self.out.owe(1)
            return
        while self.stack:
            closed = self.stack.pop()
            self.open[closed.name] -= 1
            self._end(closed)
            if closed.name == name:
                break

    def _end(self, closed: _Open) -> None:
        if closed.skipped:
            self.skipping -= 1
        if self.skipping or closed.skipped:
            return
        name = closed.name
        if name in ("ul", "ol"):
            self.lists -= 1
        elif name == "pre":
            self.preformatted -= 1
        elif name == "a" and closed.href:
            self._link(closed)
        if closed.marks:
            self._note(None, closed)
        if name in BLOCKS:
            lines = 1 if name in ("ul", "ol") and self.lists else BLOCKS[name]
            self.out.owe(1 if name == "p" else lines)

    def _item(self, tag: Tag) -> None:
        around = next((one for one in reversed(self.stack[-6:]) if one.name in ("ul", "ol")), None)
        indent = "   " * max(0, min(self.lists, 12) - 1)
        marker = "- "
        if around is not None and around.name == "ol":
            around.number = number(tag.get("value"), around.number)
            marker = numeral(around.number, around.style)
            around.number += 1
        self.out.write(indent + marker)
        self.out.ends, self.out.space = 1, -2  # blank space after the marker collapses as at a line's start
        self.out.owed = 0

    def _link(self, closed: _Open) -> None:
        text = "".join(self.out.parts[closed.began :]).strip()
        href = closed.href.removeprefix("mailto:")
        bare = re.sub(r"^https?://(?:www\.)?|/$", "", href.lower())
        if (
            len(href) > 200
            or not text
            or bare in text.lower()
            or not closed.href.lower().startswith(("http:", "https:"))
        ):
            return
        self.out.write(f" ({href})")

    def _note(self, opened: _Open | None, closed: _Open | None = None) -> None:
        """Begin or end a marked stretch; stretches do not overlap, the innermost mark counts."""
        self.out.flush()
        if self._mark:
            kind, start, depth = self._mark
            if self.out.length > start:
                self.marks.append(Block(kind, Span("body", start, self.out.length), depth))
        self._mark = None
        if opened is not None and opened.marks:
            self.quotes += opened.marks == "quote"
            self._mark = (opened.marks, self.out.length, self.quotes)
        elif closed is not None:
            self.quotes -= closed.marks == "quote"
            if self.quotes > 0:
                self._mark = ("quote", self.out.length, self.quotes)


def to_text(html: str) -> Rendered:
    """Render a body. Takes time in proportion to its length, never fails."""
    return _Renderer(html).render()
