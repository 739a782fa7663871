"""Secrets that would leave the house: passwords, keys, card numbers, bank accounts, inner addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from fnmatch import fnmatch
from functools import lru_cache
from itertools import pairwise
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks import secret_kinds
from replylint.checks.base import STRICT
from replylint.checks.secret_kinds import Found
from replylint.context import Context
from replylint.diagnostic import Match
from replylint.language.doc import Doc
from replylint.mail.message import OWN, Span
from replylint.masking import mask

#: How many tokens may stand between "password" and the link ("is", ":") behind which the value stands.
_REACH = 12
#: How many sentences before and after an account or an address speak of it.
_NEAR = 1
_LINKS = frozenset(":=→—–-(/")
_RUN = re.compile(r"[^\s]+")
_PARTS = re.compile(r"(\w+://|)([^:/]*)(.*)", re.DOTALL)
_OPENING, _CLOSING = "\"'«“„”‘`*([<", "\"'»“”’`*)]>.,;:!?…"
_PAIR = re.compile(r"\s*/\s*([^\s]+)")
_SIGNS = re.compile(r"[!@#$%^&*+=~_]")
_MASK = re.compile("[XxХх#]")  # Latin and Cyrillic
_SINGLE = re.compile(r"[^\w\n]*(?:\n|$)|[.;,!]\s")
_TOKEN_LIKE = re.compile(r"(?=(?:[^\s\d]{0,20}\d{1,8}[^\s\d]){3})(?=[^\s]{0,64}[A-Za-z])[\w./+=-]{16,}")


@dataclass(frozen=True, config=STRICT)
class Secrets:
    """What only we, or only its owner, should know, and the client did not write.

    `passwords` and `tokens` are words for them, `links` the words between them and their value, by language; `into`
    are weaker ones ("changed your password to"), behind which only what can be nothing else counts.
    `apart_from` names for a sort (password, card, iban, address) the cue class near which it is no leak, `unsure_near`
    the one near which it is not sure. `home_addresses` are addresses of the client's own devices (globs),
    `no_values` plain words that say something about a password and are none.
    """

    rule: str
    passwords: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    tokens: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    into: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    apart_from: Mapping[str, str] = field(default_factory=dict)
    unsure_near: Mapping[str, str] = field(default_factory=dict)
    home_addresses: tuple[str, ...] = ()
    no_values: tuple[str, ...] = ()
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """The words for passwords and tokens, and the links."""
        lists = {"passwords": self.passwords, "tokens": self.tokens, "links": self.links, "into": self.into}
        return {f"{self.rule}:{name}": by_language.get(language, ()) for name, by_language in lists.items()}

    def __call__(self, context: Context) -> Iterator[Match]:
        """Every secret, the first of overlapping ones; the report masks each."""
        client = "".join(_compact(letter.message.body) for letter in context.client_letters())
        end = 0
        for found in sorted(self._found(context), key=lambda f: (f.start, -f.end)):
            text = context.reply.message.body[found.start : found.end]
            if found.start < end or _compact(text) in client or self._is_at_home(found, text):
                continue
            if _is_near(context.doc, found, self.apart_from.get(found.sort)):
                continue
            end = found.end
            unsure = found.sort == "iban" and context.original is None and context.kind == "reply"
            sure = found.sure and not unsure and not _is_near(context.doc, found, self.unsure_near.get(found.sort))
            yield Match(Span("body", found.start, found.end), sure, {"what": found.what}, mask=_mask(found.sort, text))
        subject = context.reply.message.subject or ""
        for found in _by_syntax(subject, 0, len(subject)):
            text = subject[found.start : found.end]
            if _compact(text) not in client and not self._is_at_home(found, text):
                yield Match(
                    Span("subject", found.start, found.end),
                    found.sure,
                    {"what": found.what},
                    mask=_mask(found.sort, text),
                )

    def _found(self, context: Context) -> Iterator[Found]:
        for block in context.reply.blocks:
            if block.kind in OWN or (block.kind == "code" and not block.depth):
                yield from _by_syntax(context.reply.message.body, block.span.start, block.span.end)
        yield from self._in_words(context.doc)

    def _is_at_home(self, found: Found, text: str) -> bool:
        host = re.sub(r"^\w+://|[:/].*$", "", text.lower())
        return found.sort == "address" and any(fnmatch(host, home) for home in self.home_addresses)

    # --- passwords and tokens in words ------------------------------------------------------------------------------

    def _in_words(self, doc: Doc) -> Iterator[Found]:
        links = {hit.first: hit.last for hit in doc.find(f"{self.rule}:links")}
        into = {hit.first: hit.last for hit in doc.find(f"{self.rule}:into")}
        for name, what in (("passwords", "a password"), ("tokens", "a key or token")):
            for hit in doc.find(f"{self.rule}:{name}"):
                value = _value_after(doc, hit.last, links, into) or _value_before(doc, hit.first, links)
                if value is None:
                    continue
                start, end, sure = value
                if doc.text[start:end].lower() in self.no_values:
                    continue
                if name == "tokens" and not _TOKEN_LIKE.fullmatch(doc.text[start:end]):
                    continue
                yield Found(start, end, "password" if name == "passwords" else "key", what, sure)


def _mask(sort: str, text: str) -> str:
    """What a report may show: the last four digits of a card or account, an address without its names, else nothing."""
    if sort in ("card", "iban"):
        return mask(text, 0 if sort == "card" else 2, 4)
    if sort == "address":
        scheme, host, rest = _PARTS.fullmatch(text).groups()  # type: ignore[union-attr]
        public = re.search(r"[a-z-]+(?:\.[a-z-]+)?$", host, re.IGNORECASE) if "." in host else None
        return scheme + mask(host, 0, len(public[0]) if public else 0) + rest
    return mask(text)


def _by_syntax(text: str, start: int, end: int) -> Iterator[Found]:
    for kind in (secret_kinds.keys, secret_kinds.cards, secret_kinds.ibans, secret_kinds.addresses):
        yield from kind(text, start, end)


@lru_cache(maxsize=64)
def _compact(text: str) -> str:
    return "".join(char for char in text.lower() if char.isalnum())


def _is_near(doc: Doc, found: Found, cue: str | None) -> bool:
    """Whether a phrase of the cue class stands in the same sentence, the one before or the one after."""
    if cue is None or not doc.tokens:
        return False
    here = doc.sentence_of[min(doc.tokens_in(found.start, found.end)[0], len(doc.tokens) - 1)]
    low = doc.sentences[max(0, here - _NEAR)].first
    return doc.has(cue, low, doc.sentences[min(len(doc.sentences) - 1, here + _NEAR)].last)


def _value_after(doc: Doc, at: int, links: Mapping[int, int], into: Mapping[int, int]) -> tuple[int, int, bool] | None:
    """The value behind "password": right behind it, or behind the first link of the sentence."""
    first, size = at, len(doc.tokens)
    linked = False
    while at < size and at - first < _REACH:
        token = doc.tokens[at]
        if at > first and doc.sentence_of[at] != doc.sentence_of[first - 1] and not linked:
            return None
        if at in links and links[at] > at:
            linked, at = True, links[at]
        elif at in into and not linked and into[at] < size and (value := _value_at(doc, into[at], False)):
            return value if value[2] else None
        elif token.norm == "," and at == first and at + 1 < size:
            value = _value_at(doc, at + 1, False)
            apart = value is not None and doc.text[value[1] : value[1] + 1] in (",", ")")
            return value if value and value[2] and apart else None
        elif token.norm in _LINKS or (linked and token.norm in _OPENING):
            linked, at = linked or token.norm in _LINKS, at + 1
        elif linked or at == first or token.norm in _OPENING:
            direct = linked and all(
                doc.tokens[i].kind == "punct" or any(a <= i < b for a, b in links.items()) for i in range(first, at)
            )
            value = _value_at(doc, at, direct)
            if value is not None or linked:
                return value
            at += 1
        else:
            at += 1
    return None


def _value_before(doc: Doc, at: int, links: Mapping[int, int]) -> tuple[int, int, bool] | None:
    """The value before "password": "Xyz123 is your new password", "Xyz123 as the password"."""
    for back in range(1, 5):
        link = at - back
        if link < 1 or doc.sentence_of[link] != doc.sentence_of[at]:
            return None
        if link in links or doc.tokens[link].norm in "—–":
            value = link - 1
            while value and doc.tokens[value].norm in _CLOSING:
                value -= 1
            begin = doc.text.rfind(" ", 0, doc.tokens[value].end) + 1
            found = doc.tokens_in(begin, len(doc.text))[0]
            return _value_at(doc, found, False) if found < at else None
    return None


def _value_at(doc: Doc, at: int, direct: bool) -> tuple[int, int, bool] | None:
    """(start, end, sure) of the run that begins with a token, where it looks like a password.

    `direct`: nothing but a link stands between the word and it, so that a plain word or number may be one.
    """
    token = doc.tokens[at]
    if token.kind in ("url", "email", "file", "placeholder", "day", "clock", "dots", "emoji"):
        return None
    match = _RUN.match(doc.text, token.start)
    if match is None:
        return None
    start, end = match.span()
    while end > start and doc.text[end - 1] in _CLOSING:
        if doc.text[end - 1] in "!?" and doc.text[end : end + 2].strip().islower():
            break  # a mark within the sentence belongs to the password
        end -= 1
    while start < end and doc.text[start] in _OPENING:
        start += 1
    pair = _PAIR.match(doc.text, end)
    if direct and pair and not re.search(r"\d", doc.text[start:end]):  # login / password
        start, end = pair.span(1)
        while end > start and doc.text[end - 1] in _CLOSING:
            end -= 1
    value = doc.text[start:end]
    kind = _strength(value)
    if kind == "strong":
        return start, end, True
    alone = bool(_SINGLE.match(doc.text, end)) or (start > 0 and doc.text[start - 1] in _OPENING)
    behind_colon = doc.tokens[at - 1].norm == ":" and value.isdigit()
    if not (direct or behind_colon) or not alone or kind == "none":
        return None
    return start, end, direct and kind == "fair"


def _strength(value: str) -> str:
    """strong: nothing but a password is written so; fair, weak: only where one must stand; none."""
    letters, digits = any(map(str.isalpha, value)), any(map(str.isdigit, value))
    masked = len(set(value.lower())) < 3 or "•" in value or "***" in value or len(_MASK.findall(value)) * 2 > len(value)
    if not 4 <= len(value) <= 64 or masked or "/" in value[1:-1].strip("/") or re.search(r"[<>{}]", value):
        return "none"
    if letters and (digits or _SIGNS.search(value)) and not re.fullmatch(r"\d+[-–]?\w{1,3}", value):
        return "strong" if len(value) > 5 and not re.fullmatch(r"\w+-\d{1,2}|[A-Z]{2,6}-?\d{1,6}", value) else "fair"
    camel = any(a.islower() and b.isupper() for a, b in pairwise(value))
    if re.fullmatch(r"\d{4,12}", value) or camel:
        return "fair"
    return "weak" if re.fullmatch(r"[a-z]{4,}", value) else "none"
