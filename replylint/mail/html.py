"""HTML body to shown text (first version)."""
from __future__ import annotations
import re
from html import unescape
from dataclasses import dataclass
from replylint.mail.message import Block, OffsetMap
from replylint.mail.shown import shown

@dataclass(frozen=True, slots=True)
class Rendered:
    text: str
    marked: tuple[Block, ...] = ()
    source: OffsetMap = OffsetMap()

def to_text(html: str) -> Rendered:
    return Rendered(shown(unescape(re.sub(r"<[^<>]*+>", " ", html)))[0])
