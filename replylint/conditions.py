"""The one registry of `unless:` conditions: a match of which one holds is no match.

A condition stands in a rule's YAML as its name, or as a mapping from names to arguments, of which all must hold:
`unless: [negated, {near: date}, {client-asked: asks-why, near: date}]`. A list of arguments must hold of each:
`{near: [date, own-promise]}`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from heapq import merge
from typing import Any

from replylint.context import Context, Letter
from replylint.diagnostic import Match
from replylint.language.acronyms import acronym_in, spelt_out
from replylint.language.doc import Doc, Range
from replylint.language.keys import fold

Condition = Callable[[Context, Match, Any], bool]
#: How far `near` looks: this many sentences before and after.
NEAR = 1
#: How far `quoted` looks for quotation marks within the line, in characters before and after.
QUOTE = 1000


def client_used(context: Context, match: Match, _: Any) -> bool:
    """The client wrote the word first: a word of the match stands in what he wrote."""
    first, last = _tokens(context, match)
    words = [keys for keys in context.doc.keys[first:last] if keys]
    return any(_holds(letter.doc, words) for letter in context.client_letters() if letter.language == context.language)


def explained(context: Context, match: Match, _: Any) -> bool:
    """The word is explained where it first stands: in brackets, after a dash with "that is", or it stands in brackets
    itself.
    """
    doc = context.doc
    first, last = _first_use(doc, _tokens(context, match))
    following = doc.tokens[last].norm if last < len(doc.tokens) else ""
    before = doc.tokens[first - 1].norm if first else ""
    if following == "(" or (before == "(" and following == ")"):
        inside = _until(doc, last + 1, ")") if following == "(" else (0, first - 1)
        return inside[1] - inside[0] >= 2
    sentence = doc.sentences[doc.sentence_of[first]]
    if doc.has("explanation", last, min(last + 5, sentence.last)):
        return True
    acronym = acronym_in(doc.text[doc.tokens[first].start : doc.tokens[first].end], ())
    return (
        acronym is not None
        and last - first == 1
        and spelt_out(doc, fold(acronym), (0, sentence.last), doc.book.function_keys)
    )


def in_signature(context: Context, match: Match, _: Any) -> bool:
    """The word stands in our signature: the name of our house."""
    words = fold(context.text_of(match.span)).split()
    signed = " ".join(
        context.reply.message.body[block.span.start : block.span.end]
        for block in context.reply.blocks
        if block.kind == "signature"
    )
    return bool(words) and words[0] in re.findall(r"\w+", fold(signed))


def house_word(context: Context, match: Match, _: Any) -> bool:
    """The word is in the vocabulary of the house (config `vocabulary`)."""
    text = fold(context.text_of(match.span))
    keys_of = context.doc.book.lexicon.keys
    return any(
        text == fold(word) or not keys_of(text).isdisjoint(keys_of(fold(word))) for word in context.config.vocabulary
    )


def quoted(context: Context, match: Match, _: Any) -> bool:
    """The words stand in quotation marks."""
    text, start, end = context.doc.text, match.span.start, match.span.end
    before = text[max(0, start - QUOTE) : start].rpartition("\n")[2]
    after = text[end : end + QUOTE].partition("\n")[0]
    pairs = (("«", "»"), ("“", "”"), ("„", "“"), ("„", "”"))
    if any(before.count(a) > before.count(b) and b in after for a, b in pairs if a != b):
        return True
    return before.count('"') % 2 == 1 and '"' in after


def negated(context: Context, match: Match, _: Any) -> bool:
    """A negation stands in the clause, outside the match."""
    doc = context.doc
    first, last = _tokens(context, match)
    return doc.has("negation", doc.clause(first)[0], first) or doc.has("negation", last, doc.clause(last - 1)[1])


def client_asked(context: Context, match: Match, cue: str) -> bool:
    """An ask of the client's holds a phrase of the cue class."""
    if context.original is None or context.dialogue is None:
        return False
    doc = context.original.doc
    return any(cue in c.ask.expects or doc.has(cue, c.ask.first, c.ask.last) for c in context.dialogue.coverage)


def client_wrote(context: Context, match: Match, cue: str) -> bool:
    """A phrase of the cue class stands anywhere in what the client wrote."""
    return any(letter.doc.has(cue) for letter in context.client_letters())


def near(context: Context, match: Match, cue: str) -> bool:
    """A phrase of the cue class stands in the same sentence, or in the one before or after, outside the match."""
    doc = context.doc
    first, last = _tokens(context, match)
    here = doc.sentence_of[first]
    low = doc.sentences[max(0, here - NEAR)].first
    high = doc.sentences[min(len(doc.sentences) - 1, doc.sentence_of[last - 1] + NEAR)].last
    return doc.has(cue, low, first) or doc.has(cue, last, high)


def same_sentence(context: Context, match: Match, cue: str) -> bool:
    """A phrase of the cue class stands in the same sentence, outside the match."""
    doc = context.doc
    first, last = _tokens(context, match)
    sentence = doc.sentences[doc.sentence_of[first]]
    return doc.has(cue, sentence.first, first) or doc.has(cue, last, sentence.last)


def followed_by(context: Context, match: Match, cue: str) -> bool:
    """A phrase of the cue class stands after the match, in the same sentence."""
    _, last = _tokens(context, match)
    return context.doc.has(cue, last, context.doc.sentences[context.doc.sentence_of[last - 1]].last)


def says(context: Context, match: Match, cue: str) -> bool:
    """A phrase of the cue class stands anywhere in the reply, outside the match."""
    first, last = _tokens(context, match)
    return context.doc.has(cue, 0, first) or context.doc.has(cue, last)


def within(context: Context, match: Match, cue: str) -> bool:
    """The match lies within a phrase of the cue class; as in
    `{within: usual-you, nowhere: formal-terms}`.
    """
    first, last = _tokens(context, match)
    return any(hit.first <= first and last <= hit.last for hit in context.doc.find("@" + cue))


def nowhere(context: Context, match: Match, cue: str) -> bool:
    """No phrase of the cue class stands in the reply, nor in what the client wrote."""
    return not context.doc.has(cue) and not client_wrote(context, match, cue)


def lesser(context: Context, match: Match, _: Any) -> bool:
    """The match is one of the rule's lesser faults (`unsure:`); stands beside others: `{lesser: true, near: date}`."""
    return not match.sure


def numbered(context: Context, match: Match, _: Any) -> bool:
    """The match stands in items of a list."""
    doc = context.doc
    first, last = _tokens(context, match)
    return all(doc.sentences[doc.sentence_of[i]].zone == "list" for i in range(first, last))


#: Name in YAML → the condition, and what its argument is (None: it takes none).
REGISTRY: Mapping[str, tuple[Condition, str | None]] = {
    "client-used": (client_used, None),
    "explained": (explained, None),
    "house-word": (house_word, None),
    "in-signature": (in_signature, None),
    "quoted": (quoted, None),
    "negated": (negated, None),
    "numbered": (numbered, None),
    "lesser": (lesser, None),
    "client-asked": (client_asked, "cue"),
    "client-wrote": (client_wrote, "cue"),
    "near": (near, "cue"),
    "within": (within, "cue"),
    "nowhere": (nowhere, "cue"),
    "same-sentence": (same_sentence, "cue"),
    "followed-by": (followed_by, "cue"),
    "says": (says, "cue"),
}


def holds(context: Context, match: Match, condition: str | Mapping[str, Any]) -> bool:
    """Whether an `unless:` entry holds of a match."""
    if isinstance(condition, str):
        return REGISTRY[condition][0](context, match, None)
    return all(
        REGISTRY[name][0](context, match, each)
        for name, argument in condition.items()
        for each in (argument if isinstance(argument, list) else [argument])
    )


def _tokens(context: Context, match: Match) -> Range:
    first, last = context.doc.tokens_in(match.span.start, match.span.end)
    return first, max(last, first + 1)


def _holds(doc: Doc, words: list[frozenset[str]]) -> bool:
    """Whether the words stand in the doc one after another."""
    return not words or next(_uses(doc, words), None) is not None


def _first_use(doc: Doc, place: Range) -> Range:
    """The first place in the text where the words of `place` stand."""
    words = [doc.keys[i] for i in range(*place)]
    start = min(next(_uses(doc, words), place[0]), place[0])
    return start, start + len(words)


def _uses(doc: Doc, words: list[frozenset[str]]) -> Iterator[int]:
    """The tokens at which the words stand one after another, in the order of the text."""
    starts = merge(*(doc.positions[key] for key in words[0] if key in doc.positions))
    for start in starts:
        if start + len(words) <= len(doc.tokens) and all(
            not doc.keys[start + n].isdisjoint(keys) for n, keys in enumerate(words)
        ):
            yield start


def _until(doc: Doc, start: int, mark: str) -> Range:
    end = start
    while end < len(doc.tokens) and doc.tokens[end].norm != mark:
        end += 1
    return start, end


__all__ = ["REGISTRY", "Letter", "holds"]
