"""Text → Doc: the one place where a text is cut into tokens, sentences and clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from replylint.language.doc import CLAUSE_MARKS, TRANSPARENT, Doc, Sentence, Token
from replylint.language.keys import fold
from replylint.language.lexicon import Lexicon, lexicon
from replylint.language.phrases import Phrasebook, token_options
from replylint.language.tokens import RawToken, tokens
from replylint.mail.message import OWN, Block, Span

#: A line is taken as wrapped by a program where the next word would not have fitted; narrower texts are not wrapped.
_LEAST_WRAP = 50
_TERMINALS = frozenset(".!?")
_CLOSERS = frozenset("\"'»”’)]*_")


def analyse(text: str, blocks: Sequence[Block], book: Phrasebook, part: str = "body") -> Doc:
    """Analyse the author's own blocks of a text; the rest (quotes, signature, code …) leaves no token."""
    lex = book.lexicon
    token_of = _token_maker(lex)
    clitics, ordinals = token_options(lex.code)
    found: list[Token] = []
    sentences: list[Sentence] = []
    sentence_of: list[int] = []
    clause_of: list[int] = []
    clause = 0
    for paragraph, block in enumerate(block for block in blocks if block.kind in OWN):
        raw = list(tokens(text, block.span.start, block.span.end, clitics, ordinals))
        folded = [fold(text[t.start : t.end]) for t in raw]
        begin = len(found)
        for first, last in _sentences(text, raw, folded, lex):
            for index in range(first, last):
                token = token_of(raw[index], folded[index], text, index > first)
                found.append(token)
                sentence_of.append(len(sentences))
                clause_of.append(clause)
                if token.norm in CLAUSE_MARKS:
                    clause += 1
            clause += 1
            sentences.append(Sentence(begin + first, begin + last, block.kind, paragraph))
    return Doc(text, part, lex.code, found, sentences, sentence_of, clause_of, book)


def analyse_plain(text: str, book: Phrasebook, part: str) -> Doc:
    """Analyse a text that is all one piece, such as a subject."""
    return analyse(text, [Block("text", Span(part, 0, len(text)))], book, part)


def _token_maker(lex: Lexicon) -> Callable[[RawToken, str, str, bool], Token]:
    keys_of, names = lex.keys, _known_names(lex.code)

    @lru_cache(maxsize=100_000)
    def word_keys(norm: str) -> frozenset[str]:
        return keys_of(norm) | {"=" + norm}

    @lru_cache(maxsize=100_000)
    def name_keys(norm: str) -> frozenset[str]:
        return word_keys(norm) | {"<name>"}

    def make(raw: RawToken, norm: str, text: str, inside: bool) -> Token:
        kind: str = raw.kind
        if kind == "word":
            capital = text[raw.start].isupper() and not text[raw.start : raw.end].isupper()
            is_name = capital and (inside or norm in names)
            return Token(raw.start, raw.end, norm, name_keys(norm) if is_name else word_keys(norm), kind)
        if kind in ("punct", "emoji", "dots"):
            return Token(raw.start, raw.end, norm, frozenset((norm,)), kind)
        return Token(raw.start, raw.end, norm, frozenset((f"<{kind}>", norm, "=" + norm)), kind)

    return make


@lru_cache(maxsize=16)
def _known_names(code: str) -> frozenset[str]:
    names = lexicon(code).names.names
    return frozenset(fold(form) for name, forms in names.items() for form in (name, *forms))


@lru_cache(maxsize=16)
def _abbreviations(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """Abbreviations without their last full stop: those that may end a sentence too, and those that never do."""
    language = lexicon(code).language
    return (frozenset(fold(a).rstrip(".") for a in language.abbreviations),
            frozenset(fold(a).rstrip(".") for a in language.prefixing_abbreviations))


def _sentences(text: str, raw: list[RawToken], folded: list[str], lex: Lexicon) -> list[tuple[int, int]]:
    """Token ranges of the sentences of one block.

    A sentence ends at a full stop, question or exclamation mark (not after an abbreviation, an initial, an ordinal), and at a
    line break that its writer made, which is one where the next word would still have fitted on the line.
    """
    ranges: list[tuple[int, int]] = []
    first = 0
    width = _wrap_width(text, raw)
    for index in range(len(raw) - 1):
        here, following = raw[index], raw[index + 1]
        between = text[here.end : following.start]
        if not between:
            continue
        ends = _ends_sentence(text, raw, folded, index, lex) and not (following.kind == "punct" and folded[index + 1] in _CLOSERS)
        if not ends and "\n" in between:
            ends = _is_deliberate_break(text, here, following, width) and folded[index] not in (",", "-", "–", "—")
        if ends:
            ranges.append((first, index + 1))
            first = index + 1
    if first < len(raw):
        ranges.append((first, len(raw)))
    return ranges


def _ends_sentence(text: str, raw: list[RawToken], folded: list[str], index: int, lex: Lexicon) -> bool:
    """Whether the token ends a sentence, blank space after it taken for granted."""
    at = index
    while at > 0 and folded[at] in _CLOSERS and raw[at - 1].end == raw[at].start:
        at -= 1
    following = text[raw[index + 1].start] if index + 1 < len(raw) else "A"
    if folded[at] in ("!", "?"):
        return True
    if raw[at].kind in ("dots", "emoji"):
        return following.isupper()
    ordinary, prefixing = _abbreviations(lex.code)
    if raw[at].kind == "word" and folded[at].endswith("."):  # "e.g.", "т.е."
        return following.isupper() and folded[at].rstrip(".") not in prefixing
    if folded[at] != "." or at == 0:
        return False
    before, attached = raw[at - 1], raw[at - 1].end == raw[at].start
    if not attached:
        return True
    word = folded[at - 1]
    if before.kind == "number" and (following.islower() or (at == 1 and len(word) <= 3)):
        return False  # an ordinal ("9. märtsil"), or the number of a list item
    if word in prefixing:
        return False
    if word in ordinary:
        return following.isupper() and not (len(word) == 1)
    is_initial = len(word) == 1 and text[before.start].isupper() and before.kind == "word"
    return not (is_initial and following.isupper())


def _wrap_width(text: str, raw: list[RawToken]) -> int:
    """The length of the block's longest line; 0 where it has one line only."""
    if not raw:
        return 0
    lines = text[raw[0].start : raw[-1].end].split("\n")
    return max(map(len, lines)) if len(lines) > 1 else 0


def _is_deliberate_break(text: str, here: RawToken, following: RawToken, width: int) -> bool:
    start = text.rfind("\n", 0, here.end) + 1
    end = following.end
    while end < len(text) and not text[end].isspace():
        end += 1
    fits = here.end - start + 1 + (end - following.start) <= max(width, _LEAST_WRAP)
    return fits


__all__ = ["TRANSPARENT", "analyse", "analyse_plain"]
