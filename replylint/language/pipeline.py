"""Text → Doc: the one place where a text is cut into tokens, sentences and clauses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache

from replylint.language.acronyms import inflected
from replylint.language.doc import CLAUSE_MARKS, TRANSPARENT, Doc, Sentence, Token
from replylint.language.keys import fold
from replylint.language.lexicon import lexicon
from replylint.language.phrases import Phrasebook
from replylint.language.sentences import sentences
from replylint.language.tokens import RawToken, mark_key, norm, tokens
from replylint.mail.message import OWN, Block, Span

#: A number or word with so many figures may be the number of an order, a contract, a telephone.
_CODE = 3
_FIGURES = frozenset({"number", "clock", "day"})

#: The first character of the pictures; those before it are signs too (stars, ticks, telephones).
_FIRST_PICTURE = "\U0001f300"


def analyse(text: str, blocks: Sequence[Block], book: Phrasebook, part: str = "body") -> Doc:
    """Analyse the author's own blocks of a text; the rest (quotes, signature, code …) leaves no token."""
    lex = book.lexicon
    token_of = _token_maker(lex.code)
    known = book.token_options
    found: list[Token] = []
    found_sentences: list[Sentence] = []
    sentence_of: list[int] = []
    clause_of: list[int] = []
    clause = 0
    for paragraph, block in enumerate(block for block in blocks if block.kind in OWN):
        raw = list(tokens(text, block.span.start, block.span.end, known))
        normed = [norm(text[t.start : t.end]) for t in raw]
        begin = len(found)
        for first, last in sentences(text, raw, normed, lex.code):
            for index in range(first, last):
                token = token_of(raw[index], normed[index], text, index > first)
                found.append(token)
                sentence_of.append(len(found_sentences))
                clause_of.append(clause)
                if token.norm in CLAUSE_MARKS and not _is_joint(raw, index, text):
                    clause += 1
            clause += 1
            found_sentences.append(Sentence(begin + first, begin + last, block.kind, paragraph))
    return Doc(text, part, lex.code, found, found_sentences, sentence_of, clause_of, book)


def _is_joint(raw: list[RawToken], index: int, text: str) -> bool:
    """Whether a dash joins what stands around it without a space: 5-day, 9.40–11.20."""
    mark = text[raw[index].start]
    if mark not in "-‐‑–" or not 0 < index < len(raw) - 1:
        return False
    before, after = raw[index - 1], raw[index + 1]
    return before.end == raw[index].start and after.start == raw[index].end and (mark != "–" or before.kind in _FIGURES)


def analyse_plain(text: str, book: Phrasebook, part: str) -> Doc:
    """Analyse a text that is all one piece, such as a subject."""
    return analyse(text, [Block("text", Span(part, 0, len(text)))], book, part)


@lru_cache(maxsize=16)
def _token_maker(code: str) -> Callable[[RawToken, str, str, bool], Token]:
    keys_of, names = lexicon(code).keys, _known_names(code)

    @lru_cache(maxsize=100_000)
    def word_keys(norm: str) -> frozenset[str]:
        return keys_of(norm) | {"=" + norm} | ({"<code>"} if _is_code(norm) else frozenset())

    @lru_cache(maxsize=100_000)
    def name_keys(norm: str) -> frozenset[str]:
        return word_keys(norm) | {"<name>"}

    def make(raw: RawToken, form: str, text: str, inside: bool) -> Token:
        kind: str = raw.kind
        if kind == "word":
            capital = text[raw.start].isupper() and not text[raw.start : raw.end].isupper()
            if text[raw.start].isupper() and raw.end - raw.start > 2 and text[raw.start + 1].isupper():
                base = inflected(text[raw.start : raw.end], code)
                if base:
                    return Token(raw.start, raw.end, form, word_keys(form) | word_keys(base), kind)
            is_name = capital and (inside or form in names)
            return Token(raw.start, raw.end, form, name_keys(form) if is_name else word_keys(form), kind)
        if kind in ("punct", "emoji", "dots"):
            keys = frozenset((mark_key(form, kind), "<emoji>") if _is_face(form, kind) else (mark_key(form, kind),))
            return Token(raw.start, raw.end, form, keys, kind)
        more = ("<code>",) if kind == "number" and _is_code(form) else ()
        return Token(raw.start, raw.end, form, frozenset((f"<{kind}>", form, "=" + form, *more)), kind)

    return make


def _is_code(form: str) -> bool:
    """Whether a number or word is long enough in figures to name one thing: an order, a contract, a telephone."""
    return sum(map(str.isdigit, form)) >= _CODE


def _is_face(form: str, kind: str) -> bool:
    """Whether a token is a smiley or a picture, and no bullet, star or tick."""
    return kind == "emoji" and (form[0] in ":;=)" or form[0] >= _FIRST_PICTURE)


@lru_cache(maxsize=16)
def _known_names(code: str) -> frozenset[str]:
    names = lexicon(code).names.names
    return frozenset(fold(form) for name, forms in names.items() for form in (name, *forms))


__all__ = ["TRANSPARENT", "analyse", "analyse_plain"]
