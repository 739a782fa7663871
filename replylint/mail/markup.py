"""Splits HTML into tags and text in linear time, whatever the input.

The standard library's parser takes quadratic time on some broken input in the Pythons served, does not tell where text
ends, and decodes entities before one can tell which characters stand in the source; the parsers in C would be one more
thing to install for little. So this is a scanner of its own: every search moves forward and none is made twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_NAME = re.compile(r"/?[a-zA-Z][a-zA-Z0-9:-]{0,40}")
_ATTRIBUTE = re.compile(
    r"([a-zA-Z_:][\w:.-]{0,60})\s{0,20}=\s{0,20}(?:\"([^\"]{0,4000}+)|'([^']{0,4000}+)|([^\s\"'>]{0,4000}+))"
)
#: Elements whose content is no markup.
_RAW = frozenset({"script", "style", "textarea", "title", "xmp"})


@dataclass(slots=True)
class Tag:
    """A tag: name in lower case, whether it opens or closes, and its attributes unread."""

    name: str
    closes: bool
    source: str = ""
    _read: dict[str, str] | None = field(default=None, repr=False)

    def get(self, name: str) -> str:
        """An attribute's value, "" where it is absent."""
        if self._read is None:
            self._read = {}
            for match in _ATTRIBUTE.finditer(self.source):
                self._read.setdefault(match[1].lower(), match[2] or match[3] or match[4] or "")
        return self._read.get(name, "")


@dataclass(frozen=True, slots=True)
class Text:
    """A stretch of text, entities and all, from `start` to `end` of the source."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Comment:
    """The inside of a comment."""

    text: str


class _Finder:
    """`str.find` that remembers what is not there, so that failing searches cost their length once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._none_after: dict[str, int] = {}

    def find(self, what: str, start: int) -> int:
        """Place of `what` from `start` on, -1 for none."""
        if start >= self._none_after.get(what, len(self.text) + 1):
            return -1
        place = self.text.find(what, start)
        if place < 0:
            self._none_after[what] = start
        return place


def scan(html: str) -> Iterator[Tag | Text | Comment]:
    """Tags, texts and comments in order; declarations and the content of scripts and styles are left out."""
    finder = _Finder(html)
    low = html.lower()
    if len(low) != len(html):  # a capital whose small form is longer: places would shift
        low = html
    raws = _Finder(low)
    place = 0
    while place < len(html):
        opened = finder.find("<", place)
        if opened < 0:
            yield Text(place, len(html))
            return
        if opened > place:
            yield Text(place, opened)
        match = _NAME.match(html, opened + 1)
        if match:
            end = _tag_end(html, match.end(), finder)
            if end < 0:
                yield Text(opened, opened + 1)
                place = opened + 1
                continue
            name = match[0].lower()
            tag = Tag(name.lstrip("/"), name.startswith("/"), html[match.end() : end])
            yield tag
            place = end + 1
            if tag.name in _RAW and not tag.closes:
                closed = raws.find(f"</{tag.name}", place)
                place = closed if closed >= 0 else place
        elif html.startswith("<!--", opened):
            closed = finder.find("-->", opened + 4)
            if closed >= 0:
                yield Comment(html[opened + 4 : closed])
            place = closed + 3 if closed >= 0 else opened + 4
        elif html.startswith(("<!", "<?", "</"), opened):
            closed = finder.find(">", opened)
            place = closed + 1 if closed >= 0 else len(html)
        else:
            yield Text(opened, opened + 1)
            place = opened + 1


def _tag_end(html: str, place: int, finder: _Finder) -> int:
    """The `>` that ends a tag, quoted ones passed over; -1 where the tag never ends."""
    while True:
        end = finder.find(">", place)
        if end < 0:
            return -1
        quote = _first_quote(html, place, end)
        if quote < 0:
            return end
        closing = finder.find(html[quote], quote + 1)
        if closing < 0 or closing < end:
            place = closing + 1 if closing >= 0 else end
            if closing < 0:
                return end
            continue
        # the `>` stands inside quotes; a quote that swallows a whole paragraph was never meant as one
        if closing - quote > 100_000 or "\n<" in html[end : min(closing, end + 2000)]:
            return end
        place = closing + 1


def _first_quote(html: str, start: int, end: int) -> int:
    double, single = html.find('"', start, end), html.find("'", start, end)
    return min(place for place in (double, single) if place >= 0) if max(double, single) >= 0 else -1
