"""What the client's side is called, as far as mails tell: headers, signature, self-introduction, history."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from replylint.context import Context, Letter
from replylint.language.keys import fold
from replylint.language.names import is_known_name, same_name, sound
from replylint.mail.message import Address
from replylint.mail.people import mailboxes, name_words

_WORD = re.compile(r"[^\W\d_]+(?:['’ʼ][^\W\d_]+)*")
_INITIAL = re.compile(r"\b([^\W\d_])\.")
#: The shortest word that may be told from another by one letter, or by its beginning.
_TELLING = 4
#: How much of a declined surname or an unknown name stays when it is inflected.
_ENDING = 3
#: A client writes his name in the last lines, with or without a formula before it.
_LAST_LINES = 2
#: A line of no more words may be a signature, in small letters too; a longer one may end in a name.
_SHORT_LINE = 8


@dataclass(frozen=True)
class ClientNames:
    """Words that name somebody of the client's side.

    `named`: by headers, signature or himself; `addresses`: local parts; `mentioned`: names elsewhere in what he wrote.
    """

    named: frozenset[str]
    addresses: frozenset[str]
    mentioned: frozenset[str]
    shown: str
    #: Whether a person's full name is known, so that a surname may be compared.
    surname: bool

    @property
    def sure(self) -> bool:
        """Whether a given name of somebody of the client's side is known for sure."""
        return any(len(word) > 2 and is_known_name(word) for word in self.named)

    @property
    def known(self) -> bool:
        """Whether anything at all is known of how the client is called."""
        return self.sure or self.surname or any(is_known_name(w) for a in self.addresses for w in _in_address(a))

    def has(self, word: str) -> bool:
        """Whether a word may be a name of somebody of the client's side."""
        return (
            any(_alike(word, name) for name in self.named)
            or any(_alike(word, part) for address in self.addresses for part in _in_address(address))
            or any(len(word) >= _TELLING and sound(word) in sound(address) for address in self.addresses)
        )

    def nearly(self, word: str) -> bool:
        """Whether a name of somebody of the client's side is the word but for its last letter: Anne, Anna."""
        return any(_but_for_the_end(sound(word), sound(name)) for name in self.named)

    def mentions(self, word: str) -> bool:
        """Whether the client has written the name, whoever bears it."""
        return any(_alike(word, name) for name in self.mentioned)


def _alike(word: str, name: str) -> bool:
    """Whether two words may be one name. Known names are one as the lists say, unknown ones if they differ a little."""
    if same_name(word, name) or (len(name) == 1 and sound(word).startswith(sound(name))):
        return True
    if is_known_name(word) and is_known_name(name):
        return False
    first, second = sound(word), sound(name)
    short, long = sorted((first, second), key=len)
    if len(short) < _TELLING:
        return False
    if _one_letter_apart(short, long):
        return True
    stem = short[:-1]
    return len(stem) >= _TELLING and long.startswith(stem) and len(long) - len(stem) <= _ENDING


def _one_letter_apart(short: str, long: str) -> bool:
    """Whether one letter too many, too few, wrong, or two swapped tell them apart."""
    if len(long) - len(short) > 1:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    rest, other = short[at:], long[at:]
    swapped = len(rest) > 1 and rest[:2] == other[1::-1] and rest[2:] == other[2:]
    return swapped or rest[1:] == other[1:] or rest == other[1:]


def _but_for_the_end(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(long) > 2 and (short == long[:-1] or (len(short) == len(long) and short[:-1] == long[:-1]))


def _in_address(local: str) -> Iterator[str]:
    """The names that a local part may be made of: its parts, and known names at its beginning and end."""
    for part in _WORD.findall(local.replace("_", " ")):
        if part in mailboxes().roles:
            continue
        yield part
        sizes = range(len(part) - 1, 2, -1)
        yield from (part[:size] for size in sizes if is_known_name(part[:size]))
        yield from (part[-size:] for size in sizes if is_known_name(part[-size:]))


def client_names(context: Context) -> ClientNames:
    """How the client's side is called."""
    assert context.original is not None
    reply = context.reply.message
    ours = {one.address for one in reply.from_}
    people: list[Address] = [one for one in (*reply.to, *reply.cc) if one.address not in ours]
    letters = context.client_letters()
    for letter in letters:
        message = letter.message
        people += [*message.from_, *message.reply_to, *context.us.without((*message.to, *message.cc))]
    named: list[str] = [word for one in people for word in name_words(one.name)]
    persons = [one for one in people if mailboxes().is_person(one)]
    mentioned: list[str] = []
    signers: list[str] = []
    for letter in letters:
        named += map(fold, _signed(letter))
        signers += _full_names(letter)
        mentioned += map(fold, _capitals(letter))
    for letter in context.history:
        mentioned += map(fold, _greeted(letter))
    full = any(len(name_words(one.name)) > 1 for one in persons) or any(signers)
    shown = next((one.name for one in persons if one.name), "") or next(iter(signers), "")
    return ClientNames(
        frozenset(named),
        frozenset(one.address.partition("@")[0] for one in people),
        frozenset(mentioned),
        shown if len(shown.split()) < 5 else "",
        full,
    )


def _signed(letter: Letter) -> Iterator[str]:
    """The words of a letter's closing, signature and last lines, and those by which its author calls himself."""
    body = letter.message.body
    own = [b for b in letter.blocks if b.depth == 0 and b.kind in ("text", "list", "greeting", "closing", "signature")]
    for block in own:
        if block.kind in ("signature", "closing"):
            text = body[block.span.start : block.span.end]
            yield from (word for word in _WORD.findall(text) if len(word) > 1)
            yield from (found for found in _INITIAL.findall(text) if found.isupper())
    lines = [line for b in own if b.kind == "text" for line in body[b.span.start : b.span.end].split("\n")]
    for line in [line for line in lines if line.strip()][-_LAST_LINES:]:
        found = _WORD.findall(line)
        if len(found) > _SHORT_LINE:
            yield from (word for word in found[-2:] if word[0].isupper() and is_known_name(word))
        else:
            yield from (word for word in found if is_known_name(word))
            yield from (initial for initial in _INITIAL.findall(line) if initial.isupper())
    doc = letter.doc
    for hit in doc.find("@self-name"):
        for token in doc.tokens[hit.first : hit.last + 1]:
            if token.kind == "word" and (doc.text[token.start].isupper() or is_known_name(token.norm)):
                yield doc.text[token.start : token.end]


def _full_names(letter: Letter) -> Iterator[str]:
    """Lines of a letter's signature that are a given name and a surname."""
    for block in letter.blocks:
        if block.kind == "signature" and block.depth == 0:
            for line in letter.message.body[block.span.start : block.span.end].split("\n"):
                words = line.strip(" ,.-–—*_").split()
                is_name = len(words) == 2 and all(word[0].isupper() and _WORD.fullmatch(word) for word in words)
                if is_name and not mailboxes().companies & {fold(word) for word in words}:
                    yield " ".join(words)


def _capitals(letter: Letter) -> Iterable[str]:
    """Every word with a capital in a letter, quotes included, its greeting left out."""
    body = letter.message.body
    for block in letter.blocks:
        if block.kind != "greeting":
            words = _WORD.findall(body[block.span.start : block.span.end])
            yield from (word for word in words if word[0].isupper() and len(word) > 1)


def _greeted(letter: Letter) -> Iterable[str]:
    body = letter.message.body
    for block in letter.blocks:
        if block.kind == "greeting":
            yield from (word for word in _WORD.findall(body[block.span.start : block.span.end]) if word[0].isupper())


__all__ = ["ClientNames", "client_names"]
