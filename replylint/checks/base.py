"""What every check is: a frozen dataclass whose fields are the options that a rule's YAML may give, typed and
validated.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Any, ClassVar, Protocol

from pydantic import AfterValidator, BaseModel, ConfigDict, model_validator

from replylint.context import Context
from replylint.conversation import Conversation
from replylint.diagnostic import Match
from replylint.language.doc import Doc, Hit, Range
from replylint.language.lexicon import cue_classes

#: How every check's dataclass is configured: unknown options are refused.
STRICT = ConfigDict(extra="forbid", arbitrary_types_allowed=True)


def _known_class(name: str) -> str:
    if name not in cue_classes():
        raise ValueError(f"unknown cue class {name}")
    return name


#: The name of a cue class, as an option of a check.
CueClass = Annotated[str, AfterValidator(_known_class)]


class Check(Protocol):
    """The code behind rules: says where and how surely; the linter stamps which rule and how bad."""

    @property
    def rule(self) -> str:
        """The id of the rule that it serves."""
        ...

    #: Needs that every rule of this check has, beside what its YAML says.
    needs: ClassVar[frozenset[str]]

    def __call__(self, context: Context) -> Iterator[Match]:
        """Every place where the fault stands."""
        ...

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """The phrase lists to be found in texts of a language, by owner; called once a language."""
        ...


class OfThread(ABC):
    """A check that judges a whole conversation; it has nothing to say of a single reply.

    The places of its matches are in parts `history.N.body`, N the number of the mail in the thread.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"thread"})

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own: cue classes belong to the lexicon."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """Nothing."""
        return iter(())

    @abstractmethod
    def of_thread(self, conversation: Conversation) -> Iterator[Match]:
        """Every place of the thread where the fault stands."""


class Entry(BaseModel):
    """A phrase, and what to say instead; a plain string in YAML where there is nothing to say instead."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    find: str
    say: tuple[str, ...] = ()
    #: Whether what to say fits in its place as it is, where the phrase stands in its dictionary form.
    fix: bool = True

    @model_validator(mode="before")
    @classmethod
    def _short(cls, value: Any) -> Any:
        if isinstance(value, str):
            return {"find": value}
        if isinstance(value, Mapping) and isinstance(value.get("say"), str):
            return {**value, "say": (value["say"],)}
        return value

    @model_validator(mode="after")
    def _not_empty(self) -> Entry:
        if not self.find.strip() or not all(s.strip() for s in self.say):
            raise ValueError("an empty phrase")
        return self


def disjoint(hits: Sequence[Hit]) -> Iterator[Hit]:
    """Of overlapping hits the first and longest."""
    end = 0
    for hit in sorted(hits, key=lambda h: (h.first, -h.last)):
        if hit.first >= end:
            end = hit.last
            yield hit


def last_third(doc: Doc) -> Range:
    """The tokens of a reply's last third: whole sentences, at least the last two, and a list that closes it."""
    body = doc.body
    if not body:
        return 0, 0
    total, seen = doc.words(body[0].first, body[-1].last), 0
    start = len(body) - 1
    for index, sentence in enumerate(body):
        if seen >= total * 2 / 3:
            start = index
            break
        seen += doc.words(sentence.first, sentence.last)
    start = min(start, max(0, len(body) - 2))
    listed = len(body)
    while listed and body[listed - 1].zone == "list":
        listed -= 1
    if listed < len(body):
        start = min(start, max(0, listed - 1))
    return body[start].first, len(doc.tokens)


def clause(doc: Doc, index: int) -> Range:
    """The clause around a token, without the marks at its ends."""
    sentence = doc.sentences[doc.sentence_of[index]]
    first, last = index, index + 1
    while first > sentence.first and doc.clause_of[first - 1] == doc.clause_of[index]:
        first -= 1
    while last < sentence.last and doc.clause_of[last] == doc.clause_of[index]:
        last += 1
    first = max(first, min(doc.opening(index), index))
    while doc.tokens[last - 1].kind == "punct" and last - 1 > index:
        last -= 1
    return first, last
