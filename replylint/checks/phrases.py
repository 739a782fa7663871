"""Words and phrases that should not stand in a reply."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT, Entry, disjoint
from replylint.context import Context
from replylint.diagnostic import Edit, Fix, Match
from replylint.language.doc import Doc, Hit
from replylint.language.keys import fold
from replylint.mail.message import Span

#: Phrases of one clause with no more tokens than these between them are joined.
_NEAR = 5


@dataclass(frozen=True, config=STRICT)
class Phrases:
    """Finds the rule's phrases: `phrases` for sure, `unsure` ones a level lower.

    With `first_use`, a word that occurs again is reported once, at its first place; with `one_a_sentence`, several
    phrases of a sentence are one match, at the first of the sure ones; with `joined`, phrases near each other in one
    clause, and those that touch, are one match.
    """

    rule: str
    phrases: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    unsure: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    first_use: bool = False
    one_a_sentence: bool = False
    joined: bool = False
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """The two lists under the rule's name."""
        return {
            f"{self.rule}:{name}": [entry.find for entry in lists.get(language, ())]
            for name, lists in (("phrases", self.phrases), ("unsure", self.unsure))
        }

    def __call__(self, context: Context) -> Iterator[Match]:
        """Each phrase that occurs; of overlapping ones the first and longest."""
        found = self._each(context)
        yield from _joined(context.doc, list(found)) if self.joined else found

    def _each(self, context: Context) -> Iterator[Match]:
        doc = context.doc
        sure = dict.fromkeys(doc.find(f"{self.rule}:phrases"), True)
        hits = {**dict.fromkeys(doc.find(f"{self.rule}:unsure"), False), **sure}
        seen: set[str] = set()
        chosen = list(disjoint(list(hits)))
        if self.one_a_sentence:
            best = {doc.sentence_of[hit.first]: hit for hit in sorted(chosen, key=lambda h: (hits[h], -h.first))}
            chosen = sorted(best.values())
        for hit in chosen:
            is_sure, hit = hits[hit], _trimmed(context, hit)
            lists = self.phrases if is_sure else self.unsure
            entry = lists[context.language][hit.phrase]
            text = doc.between(hit.first, hit.last)
            if self.first_use and (term := entry.find) in seen:
                continue
            elif self.first_use:
                seen.add(term)
            yield Match(
                doc.span(hit.first, hit.last),
                is_sure,
                {"match": text, "say": " / ".join(entry.say)},
                fix=_fix(context, hit, entry, text),
            )


def _joined(doc: Doc, matches: Sequence[Match]) -> Iterator[Match]:
    """The matches, those near each other in one clause, or with nothing but a mark between them, as one."""
    group: list[Match] = []
    end = 0
    for match in matches:
        first, last = doc.tokens_in(match.span.start, match.span.end)
        reach = _NEAR if group and doc.clause_of[first] == doc.clause_of[end - 1] else 1
        if group and (first - end > reach or doc.sentence_of[first] != doc.sentence_of[end - 1]):
            yield _one(doc, group)
            group = []
        group.append(match)
        end = last
    if group:
        yield _one(doc, group)


def _one(doc: Doc, group: Sequence[Match]) -> Match:
    """Several matches as one: as sure as the surest, mended where each of them can be."""
    if len(group) == 1:
        return group[0]
    span = Span(group[0].span.part, group[0].span.start, group[-1].span.end)
    fixes = [match.fix for match in group if match.fix]
    says = dict.fromkeys(match.values["say"] for match in group if match.values["say"])
    return Match(
        span,
        any(match.sure for match in group),
        {"match": doc.text[span.start : span.end], "say": " … ".join(says)},
        fix=Fix(fixes[0].description, False, tuple(edit for fix in fixes for edit in fix.edits))
        if len(fixes) == len(group)
        else None,
    )


def _trimmed(context: Context, hit: Hit) -> Hit:
    """The hit without the marks at its end that a gap may have taken in."""
    last = hit.last
    while last - 1 > hit.first and context.doc.tokens[last - 1].kind == "punct":
        last -= 1
    return hit._replace(last=last)


def _fix(context: Context, hit: Hit, entry: Entry, text: str) -> Fix | None:
    """The plain word, where there is one and the phrase stands in its dictionary form, so that no ending has to
    agree.
    """
    form = entry.find.partition(" -")[0].replace("=", "")  # without what must be absent
    if not entry.fix or len(entry.say) != 1 or _bare(text) != _bare(form):
        return None
    word = entry.say[0]
    if text[:1].isupper() and not text.isupper():
        word = word[:1].upper() + word[1:]
    return Fix(f"say “{word}”", False, (Edit(context.doc.span(hit.first, hit.last), word),))


def _bare(text: str) -> str:
    """Folded words with one space between them, commas left out as phrases do."""
    return " ".join(fold(text).replace(",", " ").split())
