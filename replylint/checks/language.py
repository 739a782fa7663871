"""The language in which the client wrote is the language in which he is answered."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic import Field
from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context, Letter
from replylint.diagnostic import Match
from replylint.language.identify import identify_scored
from replylint.language.lexicon import languages, lexicon
from replylint.mail.message import OWN
from replylint.mail.zones import own_text


@dataclass(frozen=True, config=STRICT)
class WrongLanguage:
    """The reply is in another language than the client's letter; both are told for sure, by `words` words or more.

    A letter, or a reply, in several languages is in each of them; a client who asks for another language gets it.
    """

    rule: str
    words: int = Field(default=5, ge=1)
    needs: ClassVar[frozenset[str]] = frozenset({"original"})

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match at the reply's first sentence; unsure where the client has used the reply's language before."""
        assert context.original is not None
        ours, theirs = self._sure(context.reply), self._sure(context.original)
        if not ours or not theirs or ours == theirs:
            return
        if ours in self._every(context.original) or theirs in self._every(context.reply):
            return
        if any(letter.doc.has("other-language") for letter in context.client_letters()):
            return
        before = {self._sure(letter) for letter in context.client_letters() if letter is not context.original}
        doc = context.doc
        first = doc.body[0] if doc.body else doc.sentences[0]
        names = {code: lexicon(code).language.name for code in (ours, theirs)}
        yield Match(
            doc.span(first.first, first.last), ours not in before, {"ours": names[ours], "theirs": names[theirs]}
        )

    def _sure(self, letter: Letter) -> str:
        """The language of a letter as far as it is sure; else ""."""
        return self._of(own_text(letter.message, letter.blocks))

    def _of(self, text: str) -> str:
        guess = identify_scored(text)
        sure = guess.sure and guess.words >= self.words and guess.language in languages()
        return guess.language if sure else ""

    def _every(self, letter: Letter) -> frozenset[str]:
        """The languages of a letter's paragraphs."""
        body = letter.message.body
        return frozenset(self._of(body[b.span.start : b.span.end]) for b in letter.blocks if b.kind in OWN) - {""}
