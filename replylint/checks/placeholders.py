"""Gaps that nobody has filled, and placeholders of a template that cannot be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.checks.placeholder_dialects import HINT, INLINE_CODE, SYNTAX, malformed
from replylint.context import Context
from replylint.diagnostic import Match
from replylint.language.doc import Doc
from replylint.language.keys import fold
from replylint.language.lexicon import lexicon
from replylint.mail.message import OWN, Span

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ-][^\W\d_]+)*")
_TWO = re.compile("[XХ]{2}")
_COMMAND_OR_LOG = re.compile(
    r"\s*(?:[\d./:, -]{0,24}\d\d:\d\d:\d\d|\$ |# |> |PS |[a-z]{2,12} (?:-|--)\w"
    r"|(?:sudo|git|ssh|curl|docker|npm|pip|apt) )"
)
#: So many characters of a signature may hold the name that is to be filled in.
_NAME_LINES = 200
#: The language whose words stand in the brackets of many help desks, whatever the letter's own.
_COMMON = "en"


@dataclass(frozen=True, config=STRICT)
class UnfilledPlaceholders:
    """A placeholder or a filler in a letter that is about to go out.

    `fillers` are phrases that stand for text to come, `unsure` ones that may. `slots` are words that, in brackets, say
    what belongs there, `openings` what such a note begins with (`insertions`: between round brackets, too). `asides`
    stand in brackets and are no gap; nor are `markup` between angle brackets and `environment` between per-cent signs.
    `apart_from` is the cue class near which all is talk of placeholders, `codes_apart_from` the one near which XXX
    shows what a number looks like.
    """

    rule: str
    fillers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsure: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    openings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    insertions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    asides: tuple[str, ...] = ()
    markup: tuple[str, ...] = ()
    environment: tuple[str, ...] = ()
    apart_from: str = ""
    codes_apart_from: str = ""
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """The two lists of fillers."""
        lists = {"fillers": self.fillers, "unsure": self.unsure}
        return {f"{self.rule}:{name}": by_language.get(language, ()) for name, by_language in lists.items()}

    def __call__(self, context: Context) -> Iterator[Match]:
        """Each gap, those in the subject last."""
        found = [*self._by_syntax(context), *self._by_words(context.doc)]
        end = 0
        for start, stop, sure in sorted(found, key=lambda f: (f[0], -f[1], not f[2])):
            text = context.reply.message.body[start:stop]
            if start >= end and not self._is_talk(context, start, text):
                end = stop
                yield Match(Span("body", start, stop), sure, {"match": text})
        subject = context.reply.message.subject or ""
        for match in SYNTAX.finditer(subject) if HINT.search(subject) else ():
            verdict = self._verdict(match, context.language)
            if verdict:
                yield Match(Span("subject", *match.span()), verdict == "sure", {"match": match[0]})

    # --- syntax -----------------------------------------------------------------------------------------------------

    def _by_syntax(self, context: Context) -> Iterator[tuple[int, int, bool]]:
        body = context.reply.message.body
        for start, stop in _stretches(context):
            if not HINT.search(body, start, stop):
                continue
            code = [match.span() for match in INLINE_CODE.finditer(body, start, stop)]
            for match in SYNTAX.finditer(body, start, stop):
                first, last = match.span()
                if any(a <= first and last <= b for a, b in code) or _is_command(body, first):
                    continue
                verdict = self._verdict(match, context.language)
                if not verdict or (match["gap"] and self._is_shape(context.doc, body, match)):
                    continue
                yield first, first + len(match[0].rstrip()), verdict == "sure"

    def _verdict(self, match: re.Match[str], language: str) -> str:
        """sure, unsure or "" for what SYNTAX has found."""
        text = match[0]
        if match["sure"]:
            inner = text.strip("%").lower()
            return "" if text.startswith("%") and inner in self.environment else "sure"
        if match["broken"]:
            return "sure" if re.search(r"\w", text) else ""
        if match["gap"]:
            return "sure" if not text.islower() or len(text) > 3 or text[0] == "№" else "unsure"
        shape = next(name for name in ("square", "angle", "round") if match[name])
        return self._of_bracket(match[shape], shape, language)

    def _of_bracket(self, inner: str, shape: str, language: str) -> str:
        folded = fold(inner).strip()
        words = _WORD.findall(inner)
        if folded in self.asides or not words or len(words[0]) < 2 or re.search(r"\d", inner):
            return ""
        codes = dict.fromkeys((language, _COMMON))
        inserts = any(folded.startswith(each) for code in codes for each in self.insertions.get(code, ()))
        opens = inserts or any(folded.startswith(each) for code in codes for each in self.openings.get(code, ()))
        slots = sum(any(self._is_slot(word, code) for code in codes) for word in words)
        if shape == "round":
            return "sure" if inserts and slots and len(words) <= 5 else ""
        if shape == "angle":
            if folded.split()[0] in self.markup or len(words) > 4:
                return ""
            return "sure" if slots or "_" in inner else ""
        if opens or (slots and (inner.isupper() or slots * 2 >= len(words)) and len(words) <= 5):
            return "sure"
        capitals = inner.isupper() and re.fullmatch(r"[^\W\d]{3,}(?: [^\W\d]{2,}){0,3}", inner)
        return "sure" if capitals and "_" in inner else "unsure" if capitals and len(inner) > 3 else ""

    def _is_slot(self, word: str, language: str) -> bool:
        keys_of = lexicon(language).keys
        keys = keys_of(fold(word))
        return any(not keys.isdisjoint(keys_of(fold(slot))) for slot in self.slots.get(language, ()))

    def _is_shape(self, doc: Doc, body: str, match: re.Match[str]) -> bool:
        """Whether XXX or ___ shows what a number looks like, masks one, or is a line to write on."""
        start, end = match.span()
        line_start, line_end = body.rfind("\n", 0, start) + 1, body.find("\n", end)
        line = body[line_start : line_end if line_end >= 0 else len(body)]
        if match[0][0] == "_":
            label = re.search(r"[:№]\s*$", body[line_start:start]) and not body[end : line_start + len(line)].strip()
            return bool(label) or not line.strip("_ \t") or line.count("___") > 2
        if match[0].islower() and len(line.split()) < 4 and line.rstrip().endswith(match[0]):
            return True  # "Love, Ann xxx"
        if re.search(r"[\d*•]\s?-?$|[.!?,)]\s*$", body[line_start:start]) and match[0].islower():
            return True  # kisses after a sentence, or the end of a masked number
        if re.search(r"[\dXxХх*•]{2}[ -]?$", body[line_start:start]):
            return True
        return bool(doc.tokens) and _near(doc, start, self.codes_apart_from, before=1)

    # --- words ------------------------------------------------------------------------------------------------------

    def _by_words(self, doc: Doc) -> Iterator[tuple[int, int, bool]]:
        for first in doc.starts("@currency"):  # "XX euros"
            token = doc.tokens[first - 1] if first else None
            if token and token.end - token.start == 2 and _TWO.fullmatch(doc.text, token.start, token.end):
                yield token.start, token.end, True
        for name, sure in (("fillers", True), ("unsure", False)):
            for hit in doc.find(f"{self.rule}:{name}"):
                text = doc.between(hit.first, hit.last)
                if len(text) <= 5 and text.isalpha() and not text.isupper():
                    continue  # TODO is a filler, todo a word
                yield doc.tokens[hit.first].start, doc.tokens[hit.last - 1].end, sure

    def _is_talk(self, context: Context, start: int, text: str) -> bool:
        """Whether the letter speaks of placeholders: the client wrote this one, or the sentence says so."""
        if any(text in letter.message.body for letter in context.client_letters()):
            return True
        return bool(context.doc.tokens) and _near(context.doc, start, self.apart_from)


@dataclass(frozen=True, config=STRICT)
class MalformedPlaceholders:
    """A placeholder of a template that is not closed, not opened, empty, or a block that is not closed."""

    rule: str
    needs: ClassVar[frozenset[str]] = frozenset()

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None: it is all syntax."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """Each malformed placeholder, those in the subject last."""
        message = context.reply.message
        subject = message.subject or ""
        code = [b.span for b in context.reply.blocks if b.kind == "code"]
        code += [Span("body", *m.span()) for m in INLINE_CODE.finditer(message.body)] if "`" in message.body else []
        for part, text in (("body", message.body), ("subject", subject)):
            if "{" not in text and "}" not in text and "<%" not in text and "*|" not in text:
                continue
            for gap in malformed(text, 0, len(text)):
                if part == "subject" or not any(c.start <= gap.start < c.end for c in code):
                    values = {"match": text[gap.start : gap.end], "fault": gap.fault}
                    yield Match(Span(part, gap.start, gap.end), True, values)


def _stretches(context: Context) -> Iterator[tuple[int, int]]:
    """Where gaps are looked for: our own words, and the signature's first lines, where a name may be wanting."""
    start = end = 0
    for block in context.reply.blocks:
        if block.kind in OWN:
            if block.span.start > end:
                yield start, end
                start = block.span.start
            end = block.span.end
        elif block.kind == "signature" and not block.depth:
            yield block.span.start, min(block.span.end, block.span.start + _NAME_LINES)
    yield start, end


def _is_command(body: str, at: int) -> bool:
    return _COMMAND_OR_LOG.match(body, body.rfind("\n", 0, at) + 1) is not None


def _near(doc: Doc, at: int, cue: str, before: int = 0) -> bool:
    """Whether a phrase of the cue class stands in the sentence around a place, or in so many before it."""
    if not cue:
        return False
    number = doc.sentence_of[min(doc.tokens_in(at, at)[0], len(doc.tokens) - 1)]
    return doc.has(cue, doc.sentences[max(0, number - before)].first, doc.sentences[number].last)
