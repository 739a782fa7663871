"""The client's message rebuilt from the quote in a reply."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from replylint.mail import headers
from replylint.mail.message import Address, Block, Message
from replylint.mail.words import fold, words

_MARK = re.compile(r"^[ \t]{0,4}(?:[A-ZА-ЯЁІЇЄҐ]{0,3}>|\|)[ \t]?", re.MULTILINE)
_ADDRESS = re.compile(r"[\w.+'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_LABELLED = re.compile(r"[\s>*_]{0,6}([^\W\d_][\w .()'’/-]{0,30}?)[*_\s]{0,3}[:：][*_]{0,2}\s*(.*)")
_ISO = re.compile(r"(?P<y>\d{4})[-/.](?P<m>\d{1,2})[-/.](?P<d>\d{1,2})")
_DAY_FIRST = re.compile(r"(?P<d>\d{1,2})[-/.]\s?(?P<m>\d{1,2})[-/.]\s?(?P<y>\d{4}|\d{2})\b")
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d{2})(?:[:.](\d{2}))?\s?([ap]\.?m\b)?", re.IGNORECASE)
#: What a pattern may have left of date, time and zone before a name: "2026 г., ", "10:12 AM ", "+0200 ".
_BEFORE_NAME = re.compile(r"^.*\d\S*\s*(?:(?:[a-zа-яёіїєґ]{1,2}\.?|[A-ZА-ЯЁІЇЄҐ]{2,4}),?\s+)*")
_ZONE = re.compile(r"(?:GMT|UTC|\s)([+-]\d{2}):?(\d{2})\b")


def quoted_original(message: Message, blocks: Sequence[Block]) -> Message | None:
    """The message that a reply quotes, without one level of marks; None where it quotes nothing.

    From, date and subject are those of the attribution or headers above the quote, as far as these tell them. What that
    message quotes itself stays quoted in its body. Its spans do not lead back into the reply.
    """
    body: list[str] = []
    told: Message | None = None
    for block in blocks:
        text = message.body[block.span.start : block.span.end]
        if block.kind == "attribution" and not body:
            found = _described(text)
            told = found if told is None else _merged(told, found)
        elif block.kind == "quote":
            body.append(_MARK.sub("", text) if _has_marks(text) else text)
    text = "\n".join(part.strip("\n") for part in body).strip("\n")
    if not text.strip():
        return None
    told = told or Message("")
    return Message(
        text,
        from_=told.from_,
        to=told.to,
        cc=told.cc,
        date=told.date,
        subject=told.subject,
        path=message.path,
        first_line=_line_of(message, text),
    )


def _line_of(message: Message, quoted: str) -> int:
    """The line of the reply's file on which what it quotes begins; 0 where the lines are not the same ones."""
    if not message.first_line:
        return 0
    shown = [_MARK.sub("", line).rstrip() for line in message.body.split("\n")]
    wanted = [line.rstrip() for line in quoted.split("\n")]
    places = [i for i, line in enumerate(shown) if line == wanted[0] and shown[i : i + len(wanted)] == wanted]
    return message.first_line + places[0] if len(places) == 1 else 0


def _has_marks(text: str) -> bool:
    return _MARK.match(text) is not None


def _merged(one: Message, other: Message) -> Message:
    return Message(
        "",
        from_=one.from_ or other.from_,
        to=one.to or other.to,
        cc=one.cc or other.cc,
        date=one.date or other.date,
        subject=one.subject if one.subject is not None else other.subject,
    )


def _described(text: str) -> Message:
    """What an attribution line or a block of headers says about the mail below it."""
    fields = _fields(text)
    if "from" in fields:
        return Message(
            "",
            from_=_people(fields["from"]),
            to=_people(fields.get("to", "")),
            cc=_people(fields.get("cc", "")),
            date=moment(fields.get("date", "")),
            subject=fields.get("subject"),
        )
    line = " ".join(text.split())
    address = _ADDRESS.search(line)
    name = _name_in(line)
    who = (Address(name, address[0].lower() if address else ""),) if name or address else ()
    return Message("", from_=who, date=moment(line))


def _fields(text: str) -> dict[str, str]:
    known, last = words().labels, ""
    result: dict[str, str] = {}
    for line in text.split("\n"):
        match = _LABELLED.match(line)
        names = known.get(fold(match[1].strip()), ()) if match else ()
        if match and names:
            last = names[0][1]
            result.setdefault(last, match[2].strip())
        elif last and line.strip():
            result[last] = f"{result[last]} {line.strip()}".strip()
    return result


def _people(value: str) -> tuple[Address, ...]:
    cleaned = re.sub(r"\[mailto:([^\]]*)\]|<mailto:([^>]*)>", r"<\1\2>", value).replace(";", ",")
    return headers.addresses([cleaned]) if cleaned.strip() else ()


def _name_in(line: str) -> str:
    """The name in an attribution: what its pattern takes for the person, else what stands before the address."""
    hits = {hit[0].casefold() for hit in words().verbs.finditer(line)}
    known = [one for hit in hits for one in words().attributions.get(hit, ())]
    for one in sorted(known, key=lambda one: one.literal, reverse=True):
        match = one.pattern.fullmatch(line)
        if match:
            name = _tidy(
                next((value for key, value in match.groupdict().items() if key.startswith("person") and value), "")
            )
            if name:
                return name
    return _tidy(line) if "<" in line else ""


def _tidy(person: str) -> str:
    """A name without the address behind it and what is left of the date before it; "" where no name is left."""
    name = _BEFORE_NAME.sub("", re.sub(r"[<(\[].*", "", person)).strip(" ,\"'«»:*_")
    return "" if re.search(r"\d", name) or len(name) > 80 else name


def moment(text: str) -> datetime | None:
    """The date and time in a line of any language, day before month where only figures stand; None without one."""
    parsed = headers.date(text)
    if parsed is not None:
        return parsed
    year = month = day = 0
    match = _ISO.search(text) or _DAY_FIRST.search(text)
    if match:
        year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
        if month > 12 >= day:
            month, day = day, month
    else:
        year, month, day = _with_month_name(text)
    clock = _CLOCK.search(text, match.end() if match and match.re is _DAY_FIRST else 0)
    hour, minute = (int(clock[1]), int(clock[2])) if clock else (0, 0)
    if clock and clock[4]:
        hour = hour % 12 + (12 if clock[4][0] in "pP" else 0)
    zone = _ZONE.search(text)
    offset = f"{zone[1]}:{zone[2]}" if zone else "+00:00"
    try:
        return datetime.fromisoformat(
            f"{year + 2000 * (year < 100):04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00{offset}"
        )
    except ValueError:
        return None


def _with_month_name(text: str) -> tuple[int, int, int]:
    """Year, month and day of "Mon, Feb 1, 2016", "5 марта 2026 г.", "5. märts 2026"; zeros where they are not told."""
    year = re.search(r"\b(?:19|20)\d\d\b", text)
    month = 0
    for word in re.findall(r"[^\W\d_]{3,}", text):
        month = words().month(word)
        if month:
            break
    rest = text.replace(year[0], " ", 1) if year else text
    day = re.search(r"(?<![\d:.])(\d{1,2})(?![\d:])", rest)
    return int(year[0]) if year else 0, month, int(day[1]) if day else 0
