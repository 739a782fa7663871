"""Subjects: the same within a thread, telling in a new one, and no longer about what the talk has moved on to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from fnmatch import fnmatchcase
from functools import cached_property
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context, Letter
from replylint.diagnostic import Edit, Fix, Match, Related
from replylint.language.concepts import SIDES, Side, concepts_in
from replylint.language.doc import Doc
from replylint.language.lexicon import languages, lexicon
from replylint.language.pipeline import analyse_plain
from replylint.mail.message import Span
from replylint.mail.subject import is_reply, split_subject
from replylint.mail.words import Phrases, fold, tokens

#: Tags anywhere in a subject: [#1234], (#1234), ##1234##, {ticket 12}, "Ticket #1234", "№ 1234" of a help desk.
_TAG = re.compile(
    r"\[[^\[\]]{1,60}\]|[({]\s*[^(){}\[\]]{0,20}#\s?\w{1,20}[^(){}\[\]]{0,10}[)}]|#{1,2}[\w-]{1,20}#{1,2}"
)
_WORD = re.compile(r"[^\W_]+")
#: How many words both mails must have before their topic can be compared with the subject's.
_ENOUGH_TO_COMPARE = 25
#: A subject of fewer words that carry a topic tells too little of it.
_TELLING = 2


@dataclass(frozen=True, config=STRICT)
class ChangedSubject:
    """The reply's subject is another than the original's.

    Left out of both: prefixes of replies and forwards, tags in square brackets or of a ticket's number, and what
    `tags` names: words or codes of one's own, with * for any characters ("CASE-*", "EXTERNAL:").
    """

    rule: str
    tags: tuple[str, ...] = ()
    needs: ClassVar[frozenset[str]] = frozenset({"envelope"})

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match at the reply's subject."""
        assert context.original is not None
        before, now = context.original.message.subject, context.reply.message.subject or ""
        if before is None or context.doc.has("new-thread"):
            return
        asked = self._words(before)
        if not asked or asked == self._words(now):
            return
        kept = "".join(tag + " " for tag in split_subject(now)[0] if tag.startswith(("[", "(")) and tag not in before)
        proper = before if is_reply(before) and not kept else f"Re: {kept}{_without_prefixes(before)}"
        span = Span("subject", 0, len(now))
        yield Match(
            span,
            values={"subject": proper, "match": now},
            related=(Related(Span("original.subject", 0, len(before)), "the thread's subject"),),
            fix=Fix(f"“{proper}”", True, (Edit(span, proper),)),
        )

    def _words(self, subject: str) -> list[str]:
        """The words of a subject for comparing."""
        rest, taken = subject, True
        while taken:
            stripped = split_subject(_TAG.sub(" ", rest))[1]
            rest = " ".join(part for part in stripped.split() if not any(fnmatchcase(part, tag) for tag in self.tags))
            taken = rest != stripped and bool(rest)
        return _WORD.findall(fold(rest))


def _without_prefixes(subject: str) -> str:
    taken, rest = split_subject(subject)
    return "".join(tag + " " for tag in taken if tag.startswith(("[", "("))) + rest


@dataclass(frozen=True, config=STRICT)
class VagueSubject:
    """A subject all of whose words are in `words` (surely vague) or in `unsure`, or are mere function words.

    The words of all languages are looked for together: an Estonian letter may well go out under "Info".
    """

    rule: str
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None in the notation: its words are plain."""
        return {}

    @cached_property
    def _vague(self) -> tuple[Phrases, Phrases, frozenset[str]]:
        sure = [word for words in self.words.values() for word in words]
        unsure = [word for words in self.unsure.values() for word in words]
        small = {fold(word) for code in languages() for word in lexicon(code).language.function_words}
        return Phrases(sure), Phrases([*sure, *unsure]), frozenset(small)

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match at the subject; none where a template has none."""
        subject = context.reply.message.subject
        if subject is None and (context.kind == "template" or not context.reply.message.has_headers):
            return
        shown = subject or ""
        rest = _TAG.sub(" ", split_subject(shown)[1])
        surely, at_all, small = self._vague
        span = Span("subject", 0, len(shown))
        if not any(char.isalnum() for char in rest):
            if not _TAG.search(shown):
                yield Match(span, values={"match": shown.strip()})
        elif _covered(rest, surely, small):
            yield Match(span, values={"match": shown.strip()})
        elif _covered(rest, at_all, small):
            yield Match(span, False, {"match": shown.strip()})


def _covered(text: str, phrases: Phrases, small: frozenset[str]) -> bool:
    """Whether the phrases, with small words between them, are all that the text says."""
    known = tokens(text)
    index, found = 0, 0
    while index < len(known):
        size = phrases.at(text, known, index)
        found += size
        if not size and known[index].word not in small:
            return False
        index += size or 1
    return found > 0 or not known


@dataclass(frozen=True, config=STRICT)
class StaleSubject:
    """The talk has moved to another topic than the subject's: the client says so, or neither mail has a word of it."""

    rule: str
    needs: ClassVar[frozenset[str]] = frozenset({"original"})

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match at the reply's subject."""
        assert context.original is not None
        subject, original = context.reply.message.subject or "", context.original
        base = split_subject(_TAG.sub(" ", subject))[1]
        if context.doc.has("new-thread") or not original.message.subject:
            return
        same = split_subject(_TAG.sub(" ", original.message.subject))[1]
        if _WORD.findall(fold(base)) != _WORD.findall(fold(same)) or not _WORD.search(base):
            return
        told = original.doc.has("topic-change")
        if not told and (
            not (context.history or is_reply(original.message.subject))
            or min(context.doc.words(), original.doc.words()) < _ENOUGH_TO_COMPARE
        ):
            return
        if _shares(base, context.reply) or (not told and _shares(base, original)):
            return
        yield Match(Span("subject", 0, len(subject)), told, {"match": subject})


def _shares(subject: str, letter: Letter) -> bool:
    """Whether a letter has a word or a concept of the subject; so too where the subject has too little to compare."""
    doc = analyse_plain(subject, letter.doc.book, "subject")
    content = _content(doc)
    if len(content) < _TELLING or any(not keys.isdisjoint(letter.doc.vocabulary) for keys in content):
        return True
    return any(_concepts(doc, side) & _concepts(letter.doc, side) for side in SIDES)


def _concepts(doc: Doc, side: Side) -> frozenset[str]:
    return frozenset(concepts_in(doc, side, 0, len(doc.tokens)))


def _content(doc: Doc) -> list[frozenset[str]]:
    """The keys of each word that carries a topic."""
    small = {fold(word) for word in lexicon(doc.language).language.function_words} if doc.language else set()
    return [
        frozenset(key for key in token.keys if not key.startswith("<"))
        for token in doc.tokens
        if token.kind in ("word", "number") and token.norm not in small and len(token.norm) > 2
    ]
