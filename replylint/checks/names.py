"""The name in the salutation is the client's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.checks.client_names import client_names
from replylint.context import Context
from replylint.diagnostic import Match
from replylint.language.lexicon import languages, lexicon
from replylint.language.names import is_known_name
from replylint.mail.message import Span
from replylint.mail.words import Phrases, Token, tokens, words

#: A name of more words than this is a heading or a list.
_LONGEST_NAME = 3
#: Signs that only join the words of one name.
_JOINING = frozenset(("", "-", "."))


@dataclass(frozen=True, config=STRICT)
class WrongName:
    """The salutation holds one person's name, and it is none of the client's side.

    Sure where the name is a known given name and so is the client's. Names that no list knows say nothing, but for a
    surname behind its title; nor do several names, a role, or a company.
    """

    rule: str
    needs: ClassVar[frozenset[str]] = frozenset({"original"})

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match at the name."""
        greeting = next((block for block in context.reply.blocks if block.kind == "greeting"), None)
        if greeting is None or context.original is None:
            return
        start = greeting.span.start
        text = context.reply.message.body[start : greeting.span.end]
        name, titled = _name_in(text)
        if not name:
            return
        client = client_names(context)
        given = [token.word for token in name if len(token.word) > 2 and is_known_name(token.word)]
        if given:
            if any(client.has(word) for word in given) or not client.known:
                return
            # a surname that fits makes it somebody of the same family
            others = [token.word for token in name if token.word not in given]
            sure = client.sure and not any(client.has(word) for word in others)
            sure = sure and not any(client.nearly(word) for word in given)
            if any(client.mentions(word) for word in given):
                if not sure:
                    return
                sure = False
        elif titled and client.surname and not any(client.has(token.word) for token in name):
            sure = False
            if any(client.mentions(token.word) for token in name):
                return
        else:
            return
        span = Span("body", start + name[0].start, start + name[-1].end)
        yield Match(span, sure, {"match": text[name[0].start : name[-1].end], "name": client.shown})


@lru_cache(maxsize=1)
def _titles() -> tuple[Phrases, Phrases]:
    """Words that may stand before one person's name, and those that a surname follows."""
    names = [lexicon(code).names for code in languages()]
    surname = [word for one in names for word in one.surname_titles]
    return Phrases([*(word for one in names for word in one.titles), *surname]), Phrases(surname)


def _name_in(text: str) -> tuple[list[Token], bool]:
    """The words of the one name in a salutation, and whether a title that a surname follows is before it.

    Nothing where no name, several, a role or anything else stands there.
    """
    known, (titles, surname_titles) = tokens(text), _titles()
    vocabulary, name, titled, index = words(), list[Token](), False, 0
    while index < len(known):
        token = known[index]
        size = max(
            vocabulary.greetings.at(text, known, index),
            vocabulary.salutations.at(text, known, index),
            vocabulary.exclamations.at(text, known, index),
        )
        title = 0 if size else titles.at(text, known, index)
        if size or title:
            titled = titled or surname_titles.at(text, known, index) > 0
            index += size or title
            continue
        is_capital = text[token.start].isupper()
        if vocabulary.addressees.at(text, known, index) and not is_capital:
            return [], False
        if not is_capital and not is_known_name(token.word):
            return [], False
        if name and (text[name[-1].end : token.start].strip() not in _JOINING or name[-1] is not known[index - 1]):
            return [], False
        name.append(token)
        index += 1
    return (name, titled) if len(name) <= _LONGEST_NAME else ([], False)
