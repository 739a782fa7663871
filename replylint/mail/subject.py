"""Subjects without what programs put before them."""

from __future__ import annotations

import re

from replylint.mail.words import fold, words

_PREFIX = re.compile(
    r"\s*([^\W\d_]{1,12}(?:\s[^\W\d_]{1,12})?)\s{0,2}(?:[\[(]\d{1,3}[\])]|\^\d{1,3}|\d{1,3})?\s{0,2}[:：]\s*"
)
_TAG = re.compile(r"\s*\[[^\[\]]{1,60}\]\s*|\s*\((?:#|no\.?\s?)\d{1,12}\)\s*", re.IGNORECASE)


def split_subject(subject: str) -> tuple[tuple[str, ...], str]:
    """The reply and forward prefixes and `[tags]` at the beginning of a subject, in order, and the rest."""
    taken: list[str] = []
    known = words()
    rest = subject
    for _ in range(20):
        tag = _TAG.match(rest)
        prefix = None if tag else _PREFIX.match(rest)
        if prefix and fold(prefix[1]) not in known.reply_prefixes | known.forward_prefixes:
            break
        match = tag or prefix
        if not match:
            break
        taken.append(match[0].strip())
        rest = rest[match.end() :]
    return tuple(taken), rest.strip()


def base_subject(subject: str) -> str:
    """A subject for comparing: without prefixes and tags, folded, single spaces."""
    return " ".join(fold(split_subject(subject)[1]).split())


def is_forward(subject: str) -> bool:
    """Whether the first prefix of a subject is that of a forwarded mail."""
    prefixes = [part for part in split_subject(subject)[0] if not part.startswith(("[", "("))]
    match = _PREFIX.match(prefixes[0]) if prefixes else None
    return match is not None and fold(match[1]) in words().forward_prefixes - words().reply_prefixes


def is_reply(subject: str) -> bool:
    """Whether a subject has a reply prefix."""
    known = words().reply_prefixes
    return any(
        (match := _PREFIX.match(part)) is not None and fold(match[1]) in known for part in split_subject(subject)[0]
    )
