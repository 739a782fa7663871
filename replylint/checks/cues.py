"""What must, or must not, stand in a certain place: the check of the structural rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar, Literal

from pydantic import BaseModel, ConfigDict
from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT, CueClass, disjoint, last_third
from replylint.context import Context
from replylint.diagnostic import Match, Related
from replylint.language.doc import Doc, Hit, Range, Sentence

#: `end` is the last third from the beginning of the paragraph in which it begins; `passage` the sentence of the match,
#: the one before it in its paragraph, and two after.
Where = Literal["anywhere", "first-third", "last-third", "end", "same-paragraph", "same-sentence", "near", "passage"]
#: How many sentences after a match `passage` takes in.
AFTER = 2
#: As many items are a list.
_LIST = 2


class Size(BaseModel):
    """How long a reply must be, and how many asks it must have answered, for the rule to speak."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    words: int = 0
    answers: int = 0


@dataclass(frozen=True, config=STRICT)
class Cues:
    """Cue classes that must stand where (`missing`), or must not (`present`).

    With `present` alone, each of its phrases is a match. With `missing` alone, a text that has none of its classes in
    `where` is one match, an absence. With both, a phrase of `present` is a match if `where` around it has none of
    `missing`. `apart_from`: phrases of these classes do not count for `missing`. `questions`: a question to the reader
    counts too. `restated`: sentences near the end that say again what stood before count too. `when`: sizes, one of
    which must be reached. `client`: classes of which the client's message must hold a phrase for the rule to speak.
    `beside`: a phrase of `present` is a match only if one of each of these stands in its sentence, `not_beside`: only
    if none does. `listed`: two list items count for `missing`. `once`: the first match stands for all.
    """

    rule: str
    missing: tuple[CueClass, ...] = ()
    present: tuple[CueClass, ...] = ()
    unsure: tuple[CueClass, ...] = ()
    where: Where = "anywhere"
    apart_from: tuple[CueClass, ...] = ()
    questions: bool = False
    restated: bool = False
    when: tuple[Size, ...] = ()
    client: tuple[CueClass, ...] = ()
    beside: tuple[CueClass, ...] = ()
    not_beside: tuple[CueClass, ...] = ()
    listed: bool = False
    once: bool = False
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own: cue classes belong to the lexicon."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """The phrases that must not stand there, or the absence of those that must."""
        doc = context.doc
        if not doc.body or (self.when and not any(_reached(size, context) for size in self.when)):
            return
        said = self._client_said(context)
        if self.client and said is None:
            return
        if not self.present and not self.unsure:
            if not self._found(context, _place(doc, self.where, None)):
                yield _absence(context, said)
            return
        for names, sure in ((self.present, True), (self.unsure, False)):
            hits = [hit for name in names for hit in doc.find("@" + name) if not self._apart(doc, hit.first, hit.last)]
            for hit in disjoint(hits):
                place = _place(doc, self.where, (hit.first, hit.last))
                around = (hit.first, hit.last)
                if self._is_beside(doc, hit) and (not self.missing or not self._found(context, place, around)):
                    yield Match(doc.span(hit.first, hit.last), sure, {"match": doc.between(hit.first, hit.last)})
                    if self.once:
                        return

    def _is_beside(self, doc: Doc, hit: Hit) -> bool:
        """Whether the sentence of the hit holds what must, and nothing that must not, stand beside it."""
        place = doc.sentences[doc.sentence_of[hit.first]]
        return all(doc.has(name, place.first, place.last) for name in self.beside) and not any(
            doc.has(name, place.first, place.last) for name in self.not_beside
        )

    def _client_said(self, context: Context) -> Range | None:
        """Where the client's message first has what it must have for the rule to speak."""
        doc = context.original.doc if context.original else None
        hits = [hit for name in self.client if doc for hit in doc.find("@" + name)]
        return min(((hit.first, hit.last) for hit in hits), default=None)

    def _found(self, context: Context, place: Range, match: Range = (0, 0)) -> bool:
        """Whether what must stand there does, outside the match."""
        doc = context.doc
        for name in self.missing:
            hits = (hit for hit in doc.each_cue(name, *place) if not (match[0] <= hit.first and hit.last <= match[1]))
            if any(not self._apart(doc, hit.first, hit.last) for hit in hits):
                return True
        if self.questions and any(
            place[0] <= ask.first < place[1] for ask in context.reply.asks if ask.kind == "question"
        ):
            return True
        if self.listed and sum(s.zone == "list" for s in doc.body if place[0] <= s.first < place[1]) >= _LIST:
            return True
        return self.restated and _restates(doc, place)

    def _apart(self, doc: Doc, first: int, last: int) -> bool:
        sentence = doc.sentences[doc.sentence_of[first]]
        around = (hit for name in self.apart_from for hit in doc.cues_in(name, sentence.first, sentence.last))
        return any(hit.first <= first and last <= hit.last for hit in around)


def _absence(context: Context, said: Range | None) -> Match:
    """Nothing of what must stand there, with the words of the client's that call for it."""
    if said is None or context.original is None:
        return Match(context.end_of_own_text())
    span = context.original.doc.span(*said)
    text = context.original.doc.between(*said)
    return Match(context.end_of_own_text(), True, {"client": text}, related=(Related(span, "the client wrote this"),))


def _reached(size: Size, context: Context) -> bool:
    answers = context.dialogue.answered if context.dialogue else 0
    return context.doc.words(zones=frozenset({"text", "list"})) >= size.words and answers >= size.answers


def _place(doc: Doc, where: Where, around: Range | None) -> Range:
    if where == "last-third":
        return last_third(doc)
    if where == "end":
        first, last = last_third(doc)
        return doc.paragraph(doc.sentences[doc.sentence_of[first]].paragraph)[0], last
    if where == "first-third":
        return 0, max(doc.body[0].last, len(doc.tokens) // 3)
    if around is None or where == "anywhere":
        return 0, len(doc.tokens)
    first, last = doc.sentence_of[around[0]], doc.sentence_of[around[1] - 1]
    if where == "same-paragraph":
        return doc.paragraph(doc.sentences[first].paragraph)
    if where == "passage":
        start = max(0, first - 1)
        begin = start if doc.sentences[start].paragraph == doc.sentences[first].paragraph else first
        return doc.sentences[begin].first, doc.sentences[min(len(doc.sentences) - 1, last + AFTER)].last
    reach = 1 if where == "near" else 0
    return doc.sentences[max(0, first - reach)].first, doc.sentences[min(len(doc.sentences) - 1, last + reach)].last


def _restates(doc: Doc, place: Range) -> bool:
    """Whether a sentence of the place says again figures, days or names of three earlier sentences of other
    paragraphs.
    """
    facts = frozenset({"number", "day", "clock"})
    earlier: dict[str, list[Sentence]] = {}  # word → the first two sentences that have it
    for sentence in doc.body:
        tokens = range(sentence.first, sentence.last)
        here = {doc.tokens[i].norm for i in tokens if doc.tokens[i].kind in facts or "<name>" in doc.tokens[i].keys}
        if sentence.first >= place[0] and len(here) >= 2:
            sources = {s.first for word in here for s in earlier.get(word, ()) if s.paragraph != sentence.paragraph}
            if len(sources) >= 2:
                return True
        for word in {doc.tokens[i].norm for i in tokens}:
            if len(known := earlier.setdefault(word, [])) < 2:
                known.append(sentence)
    return False
