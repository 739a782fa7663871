"""Parts that every letter has: salutation, good word at the end, name of the one who writes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT, CueClass
from replylint.context import Context
from replylint.diagnostic import Match
from replylint.mail.message import Span
from replylint.mail.signer import names_person, opens_with_name
from replylint.mail.subject import is_reply

#: A good word at the end stands in the closing formula or at most this many sentences above it.
_LAST_SENTENCES = 2


@dataclass(frozen=True, config=STRICT)
class LetterPart:
    """One match, an absence, where the letter lacks `part`.

    The part "courtesy" is a closing formula, or a phrase of one of the cue classes `courtesies` at the end. `same_day`:
    whether a reply within an exchange of the same day must have the part, too.
    """

    rule: str
    part: Literal["greeting", "courtesy", "signature"]
    courtesies: tuple[CueClass, ...] = ()
    same_day: bool = True
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """The absence, at the place where the part belongs."""
        if not context.doc.tokens or (not self.same_day and _runs_today(context)):
            return
        start = context.doc.tokens[0].start
        if self.part == "greeting" and not (_has(context, "greeting") or opens_with_name(context.doc.text[start:])):
            yield Match(Span("body", start, start))
        if self.part == "courtesy" and not self._is_courteous(context):
            yield Match(context.end_of_own_text())
        if self.part == "signature" and not names_person(context.reply.message, context.reply.blocks):
            yield Match(context.end_of_own_text())

    def _is_courteous(self, context: Context) -> bool:
        if _has(context, "closing"):
            return True
        doc = context.doc
        last = doc.body[-_LAST_SENTENCES:]
        first = last[0].first if last else 0
        return any(doc.has(name, first) for name in self.courtesies)


def _has(context: Context, kind: str) -> bool:
    return any(block.kind == kind and block.depth == 0 for block in context.reply.blocks)


def _runs_today(context: Context) -> bool:
    """Whether the client's mail is of the same day and was no first letter: nobody greets again in mid-talk."""
    if context.original is None:
        return False
    asked, answer = context.original.message, context.reply.message
    if (
        asked.date is None
        or answer.date is None
        or asked.date.astimezone(answer.date.tzinfo).date() != answer.date.date()
    ):
        return False
    return bool(context.history or asked.in_reply_to or asked.references or is_reply(asked.subject or ""))
