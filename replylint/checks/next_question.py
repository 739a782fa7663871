"""The question that comes next: what a client asks as soon as a matter is settled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic import BaseModel, ConfigDict
from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT, CueClass, clause, disjoint
from replylint.context import Context
from replylint.diagnostic import Match
from replylint.language.doc import Doc, Hit


class Topic(BaseModel):
    """A matter that the reply settles, and what is asked next.

    `settled`: a phrase of this class settles it, where each of `beside` and none of `not_beside` stands in its
    sentence. `follow`: classes that answer the next question, anywhere in the reply, or known to the client, who wrote
    of `known` himself. With `final` only a reply that asks the client nothing settles it. `open`: what is missing, for
    the message.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    settled: CueClass
    beside: tuple[CueClass, ...] = ()
    not_beside: tuple[CueClass, ...] = ()
    follow: tuple[CueClass, ...]
    known: tuple[CueClass, ...] = ()
    final: bool = False
    open: str


@dataclass(frozen=True, config=STRICT)
class NextQuestion:
    """Matters that the reply settles and leaves the usual next question open; one match a matter."""

    rule: str
    topics: tuple[Topic, ...]
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own: cue classes belong to the lexicon."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """The first phrase that settles each matter."""
        doc = context.doc
        letters = context.client_letters()
        for topic in self.topics:
            if topic.final and any(ask.kind == "question" for ask in context.reply.asks):
                continue
            hit = next((hit for hit in disjoint(doc.find("@" + topic.settled)) if _settles(doc, hit, topic)), None)
            if hit is None or any(_says(doc, name, hit) for name in topic.follow):
                continue
            if not any(letter.doc.has(name) for letter in letters for name in topic.known):
                first, last = clause(doc, hit.first)
                yield Match(doc.span(first, last), values={"match": doc.between(first, last), "open": topic.open})


def _settles(doc: Doc, hit: Hit, topic: Topic) -> bool:
    """Whether the hit stands in the letter's own text, states the matter, and stands beside what it must."""
    sentence = doc.sentences[doc.sentence_of[hit.first]]
    if sentence.zone not in ("text", "list") or any(doc.tokens[i].norm == "?" for i in range(hit.last, sentence.last)):
        return False
    if doc.has("condition", sentence.first, hit.first) or doc.has("negation", clause(doc, hit.first)[0], hit.last):
        return False
    return all(doc.has(name, sentence.first, sentence.last) for name in topic.beside) and not any(
        doc.has(name, sentence.first, sentence.last) for name in topic.not_beside
    )


def _says(doc: Doc, name: str, hit: Hit) -> bool:
    """Whether a phrase of the class stands in the letter, outside the hit."""
    return any(
        other.last <= hit.first or other.first >= hit.last
        for other in doc.find("@" + name)
        if doc.sentences[doc.sentence_of[other.first]].zone in ("text", "list")
    )
