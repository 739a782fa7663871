"""Recipients: nobody lost, nobody added, and nobody handed a letter without what was written before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.context import Context, Letter
from replylint.diagnostic import Edit, Fix, Match
from replylint.language.names import same_name
from replylint.mail.message import Address, Message, Span
from replylint.mail.people import mailboxes, name_words, reaches


@dataclass(frozen=True, config=STRICT)
class DroppedRecipient:
    """Somebody of the original's From, Reply-To, To or Cc, other than us, is missing from the reply."""

    rule: str
    needs: ClassVar[frozenset[str]] = frozenset({"envelope"})

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match for all that are missing."""
        assert context.original is not None
        reply, original, known = context.reply.message, context.original.message, mailboxes()
        reached = (*reply.to, *reply.cc)
        if not reached or context.doc.has("left-out"):
            return
        answered = _where_to_answer(original, reached)
        wanted = [one for one in (*answered, *original.to, *original.cc) if "@" in one.address]
        missing: list[Address] = []
        for one in context.us.without(wanted):
            if not known.is_automatic(one.address) and not reaches((*reached, *missing), one):
                missing.append(one)
        if not missing:
            return
        text = reply.shown("cc")
        place = Span("cc", len(text), len(text))
        names = ", ".join(map(str, missing))
        sure = context.us.named or all(one in answered for one in missing)
        edit = Edit(place, (", " if text else "") + names)
        yield Match(place, sure, {"who": names}, fix=Fix(f"add {names} to Cc", False, (edit,)))


def _where_to_answer(original: Message, reached: Sequence[Address]) -> tuple[Address, ...]:
    """Those of From and Reply-To that a reply must reach: where Reply-To is reached, From need not be.

    A help desk's Reply-To stands for the sender's own address, and need not be reached where that is.
    """
    known = mailboxes()
    read = [one for one in original.reply_to if not known.is_automatic(one.address)]
    if not read:
        return original.from_
    if any(reaches(reached, one) for one in original.from_):
        read = [one for one in read if not known.is_relay(one.address)]
    return tuple(read)


@dataclass(frozen=True, config=STRICT)
class AddedRecipient:
    """Somebody outside our own house is in the reply who was not in the thread."""

    rule: str
    needs: ClassVar[frozenset[str]] = frozenset({"envelope"})

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match for all that are new, at the first of them."""
        assert context.original is not None
        letters = (context.original, *context.history)
        known = [one for letter in letters for one in _people(letter.message)]
        if not known:
            return
        reply = context.reply.message
        new = [
            (part, one)
            for part, people in (("to", reply.to), ("cc", reply.cc))
            for one in context.us.without(people)
            if one.address and not reaches(known, one) and not _is_known(context, one, letters)
        ]
        if new:
            part, first = new[0]
            start = reply.shown(part).find(str(first))
            yield Match(
                Span(part, max(0, start), max(0, start) + len(str(first))),
                values={"who": ", ".join(str(one) for _, one in new)},
            )


def _people(message: Message) -> tuple[Address, ...]:
    return (*message.from_, *message.reply_to, *message.to, *message.cc)


def _is_known(context: Context, one: Address, letters: Sequence[Letter]) -> bool:
    """Whether the thread gives somebody's address or names him, or our text calls him a colleague of ours."""
    if any(one.address in letter.message.body.lower() for letter in letters):
        return True
    if any(_names(letter, one) for letter in letters):
        return True
    doc = context.doc
    return any(
        _names_between(context.reply, one, sentence.first, sentence.last)
        and doc.has("our-colleague", sentence.first, sentence.last)
        for sentence in doc.sentences
    )


def _names(letter: Letter, one: Address) -> bool:
    """Whether a letter names the owner of an address."""
    return _names_between(letter, one, 0, len(letter.doc.tokens))


def _names_between(letter: Letter, one: Address, first: int, last: int) -> bool:
    """Whether tokens of a letter, each with a capital, are a word of somebody's name, in any form of it."""
    words = [word for word in name_words(one.name) if len(word) > 2 and word not in mailboxes().companies]
    if not words:
        local = one.address.partition("@")[0]
        words = [
            word for word in name_words(local.replace(".", " ").replace("_", " ")) if word not in mailboxes().roles
        ]
    doc = letter.doc
    for token in doc.tokens[first:last]:
        if token.kind == "word" and doc.text[token.start].isupper():
            for word in words:
                if token.norm == word or same_name(token.norm, word) or _inflected(token.norm, word):
                    return True
    return False


def _inflected(form: str, name: str) -> bool:
    """Whether a form may be a case form of a name that no list knows: the same but for its last letters."""
    stem = name[:-1] if len(name) > 4 else name
    return len(stem) > 3 and form.startswith(stem) and len(form) - len(name) < 4


@dataclass(frozen=True, config=STRICT)
class MissingHistory:
    """A forward, or a hand-over to a colleague of ours, that carries nothing of what was written before.

    A hand-over goes to nobody but colleagues, or has a colleague newly in copy whom the text names.
    """

    rule: str
    needs: ClassVar[frozenset[str]] = frozenset({"envelope"})

    def phrase_lists(self, language: str) -> Mapping[str, Sequence[str]]:
        """None of its own."""
        return {}

    def __call__(self, context: Context) -> Iterator[Match]:
        """An absence at the end of our own words."""
        message = context.reply.message
        carried = any(block.kind == "quote" for block in context.reply.blocks)
        if carried or any(name.lower().endswith((".eml", ".msg")) for name in message.attachments):
            return
        if context.kind == "forward":
            if not message.attachments:
                yield Match(context.end_of_own_text())
            return
        if context.original is None:
            return
        known = _people(context.original.message)
        new = [
            one
            for one in (*message.to, *message.cc)
            if context.us.include(one.address) and not reaches((*known, *message.from_), one)
        ]
        others = context.us.without((*message.to, *message.cc))
        named = [one for one in new if _names(context.reply, one)]
        if named or (new and (not others or context.doc.has("hand-over"))):
            yield Match(context.end_of_own_text(), values={"who": (named or new)[0].name or (named or new)[0].address})
