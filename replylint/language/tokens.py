"""Text → tokens: words, numbers, links, placeholders, signs. Offsets are code points of the text; nothing is changed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["word", "number", "day", "clock", "url", "email", "file", "placeholder", "sign", "emoji", "dots", "punct"]

#: Every quantifier is bounded or cannot overlap its neighbour, so that no text takes more than linear time.
_TOKEN = re.compile(
    r"""
    (?P<placeholder>\{\{[^{}\n]{0,200}\}\}|\{%[^%\n]{0,200}%\}|%\{\w{1,60}\}|\$?\{\$?[^\W\d][\w.$ -]{0,60}\}
        |%[A-Z][A-Z_0-9]{1,40}%|\[[A-Z][A-Z_ ]{1,40}\]|<[^\W\d][\w ]{0,40}>)
  | (?P<url>(?:https?://|www\.)[^\s<>"«»“”]{0,2000}[^\s<>"«»“”.,;:!?)\]}'…]
        |(?<![\w@.-])[a-z0-9][a-z0-9-]{0,62}(?:\.[a-z0-9-]{1,63}){0,5}\.(?:com|org|net|eu|ee|ru|ua|uk|io|info|de|fi|lv|lt|pl|example|test)
            (?![\w-])(?:/[^\s<>"«»“”]{0,2000}[^\s<>"«»“”.,;:!?)\]}'…])?)
  | (?P<email>[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5})
  | (?P<file>[\w-]{1,100}(?:\.[\w-]{1,20}){0,3}\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|rtf|png|jpe?g|gif|tiff?|svg|zip|rar|7z|csv|txt|mp[34]|wav|mov|psd|indd|ics|eml)\b)
  | (?P<clock>\d{1,2}:\d{2}(?![\d:]))
  | (?P<day>\d{4}-\d{2}-\d{2}(?!\d)|\d{1,2}(?P<sep>[./-])\d{1,2}(?P=sep)(?:\d{4}|\d{2})(?!\d)|\d{1,2}/\d{1,2}(?![\d/]))
  | (?P<number>(?:\d{1,3}(?:[ \u00a0\u202f\u2009.,]\d{3}(?!\d)){1,6}(?:[.,]\d{1,2}(?!\d))?|\d+(?:[.,]\d+){0,6})
        (?![^\W\d_]{4})(?:-[^\W\d_]{1,3}(?!\w))?)
  | (?P<abbreviation>(?:[^\W\d_]{1,3}\.){2,6}(?!\w))
  | (?P<word>[^\W_]\w*(?:['’ʼ‘`‐‑-]\w+)*)
  | (?P<sign>[€$£₽₴¥₸%‰°№§])
  | (?P<emoji>[:;]-?[()DPp]+(?!\w)|[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?|\){2,})
  | (?P<dots>\.{2,}|…)
  | (?P<punct>[^\w\s]|_)
    """,
    re.VERBOSE,
)


class RawToken(NamedTuple):
    """A token's place and kind."""

    start: int
    end: int
    kind: Kind


def tokens(text: str, start: int, end: int, clitics: re.Pattern[str] | None, ordinals: frozenset[str]) -> Iterator[RawToken]:
    """The tokens of `text[start:end]`.

    `clitics` splits a word's end off ("don't" → "do", "n't"); `ordinals` are letters that stay with a number ("14th"): other
    letters that follow one are a word of their own ("9am", "15kg").
    """
    position = start
    match = _TOKEN.search(text, position, end)
    while match:
        kind, first, last = match.lastgroup or "punct", match.start(), match.end()
        if kind == "number" and last < end and text[last].isalpha():
            run = last
            while run < end and text[run].isalpha():
                run += 1
            if text[last:run].lower() in ordinals:
                last = run
        if kind in ("word", "abbreviation"):
            cut = clitics.search(text, first, last) if clitics and kind == "word" else None
            if cut and cut.start() > first:
                yield RawToken(first, cut.start(), "word")
                first = cut.start()
            kind = "word"
        yield RawToken(first, last, kind)  # type: ignore[arg-type]
        match = _TOKEN.search(text, last, end)
