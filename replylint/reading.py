"""From mails to a Context: whose words are whose, in which language, of which kind, and what came of the asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Literal

from replylint import strictyaml
from replylint.config import Config, TextKind
from replylint.context import Context, Letter
from replylint.dialogue.asks import Ask
from replylint.dialogue.coverage import Coverage, Dialogue, cover
from replylint.dialogue.kind import kind_of
from replylint.language.identify import identify_scored
from replylint.language.lexicon import languages
from replylint.language.phrases import NotationError, Phrasebook
from replylint.language.pipeline import analyse
from replylint.mail.message import Message
from replylint.mail.quoted import quoted_original
from replylint.mail.zones import own_text, zones
from replylint.pack import PackError, Rule

OriginalFrom = Literal["given", "quoted", "thread", "none"]
UNKNOWN_LANGUAGE = "und"


@dataclass(frozen=True)
class OpenAsk:
    """An ask of a thread that a reply should meet, made in `letter`.

    `carried_over`: an earlier reply left it; `reported`: that was said there; `put_off`: it named a time for it.
    """

    letter: Letter
    ask: Ask
    carried_over: bool = False
    reported: bool = False
    put_off: bool = False

    def covered(self, found: Coverage) -> Coverage:
        """What came of it in a reply; what was put off until a stated time stays so where the reply is silent on it."""
        if self.put_off and found.status == "unanswered":
            found = replace(found, status="deferred", why="an earlier mail of ours put it off, with a time")
        return replace(found, carried_over=self.carried_over, reported=self.reported)


class Reader:
    """Reads mails with the phrases of some rules. Safe to share between threads."""

    def __init__(self, config: Config, rules: Sequence[Rule]) -> None:
        self.config = config
        self.rules = rules
        self._books: dict[str, Phrasebook] = {}
        self._lock = Lock()

    def context(
        self,
        message: Message,
        original: Message | Letter | None,
        history: Sequence[Message | Letter] = (),
        now: datetime | None = None,
        kind: TextKind | None = None,
        asks: Sequence[OpenAsk] | None = None,
    ) -> tuple[Context, OriginalFrom]:
        """A draft beside the message it answers and what went before, and where that message came from.

        Without `original` it is taken from the quoted text. `asks` are those of a thread that are open, where not all
        of the original's count.
        """
        asked = original.message if isinstance(original, Letter) else original
        told = self.config.kind or kind or _front_matter_kind(message)
        blocks = zones(message, asked)
        came_from: OriginalFrom = "given" if asked else "none"
        if asked is None and told not in ("template", "fragment"):
            asked = quoted_original(message, blocks)
            came_from = "quoted" if asked else "none"
        language = self._language_of(message, own_text(message, blocks), asked)
        letter = Letter(message, tuple(blocks), language, analyse(message.body, blocks, self.book(language)))
        beside = original.at("original") if isinstance(original, Letter) else None
        if beside is None and asked is not None:
            beside = self.letter(asked, language, "original")
        earlier = tuple(
            one.at(f"history.{i}") if isinstance(one, Letter) else self.letter(one, language, f"history.{i}")
            for i, one in enumerate(history)
        )
        dialogue = _dialogue(letter, beside, earlier, asks)
        decided = told or kind_of(message, letter.doc, asked is not None)
        dates = [one.date for one in (message, asked, *(x.message for x in earlier)) if one is not None and one.date]
        return Context(
            letter, decided, self.config, beside, earlier, dialogue, now or max(dates, default=None)
        ), came_from

    def letter(self, message: Message, fallback: str = UNKNOWN_LANGUAGE, owner: str = "original") -> Letter:
        """A mail that went before; one whose language is not sure is read in `fallback`."""
        blocks = zones(message, None)
        guess = identify_scored(own_text(message, blocks))
        language = guess.language if guess.sure or fallback == UNKNOWN_LANGUAGE else fallback
        return Letter(
            message, tuple(blocks), language, analyse(message.body, blocks, self.book(language), f"{owner}.body")
        )

    def _language_of(self, message: Message, text: str, original: Message | None) -> str:
        """The draft's language: as the config or front matter says, else found out; a short answer has its client's."""
        told = self.config.language or message.meta.get("language")
        if told in languages():
            return str(told)
        guess = identify_scored(text)
        if not guess.sure and original is not None:
            other = identify_scored(original.body)
            if other.language in languages() and other.sure:
                return other.language
        return guess.language

    def book(self, language: str) -> Phrasebook:
        """The phrases of every rule and cue class in a language, compiled once."""
        with self._lock:
            if language not in self._books:
                book = Phrasebook(language if language in languages() else languages()[0])
                if language in languages():
                    for rule in self.rules:
                        _add_phrases(book, rule, language)
                self._books[language] = book
            return self._books[language]


def _dialogue(
    reply: Letter, original: Letter | None, history: Sequence[Letter], asks: Sequence[OpenAsk] | None
) -> Dialogue | None:
    """What came of the original's asks, and of those of earlier mails that a thread says are open."""
    if original is None or UNKNOWN_LANGUAGE in (reply.language, original.language):
        return None
    files = reply.message.attachments
    if asks is None:
        return cover(original.doc, reply.doc, files, blocks=reply.blocks)
    of_original = [one for one in asks if one.letter.message is original.message]
    dialogue = cover(original.doc, reply.doc, files, asks=_moved(of_original, original), blocks=reply.blocks)
    earlier: list[Coverage] = []
    for letter in history:
        here = [one for one in asks if one.letter.message is letter.message]
        if here and letter.language != UNKNOWN_LANGUAGE:
            found = cover(letter.doc, reply.doc, files, asks=_moved(here, letter), blocks=reply.blocks).coverage
            earlier += [one.covered(coverage) for coverage, one in zip(found, here, strict=True)]
    own = [one.covered(coverage) for coverage, one in zip(dialogue.coverage, of_original, strict=True)]
    return replace(dialogue, coverage=tuple(own), earlier=tuple(earlier))


def _moved(asks: Sequence[OpenAsk], letter: Letter) -> list[Ask]:
    """The asks with their places in the mail as it is called beside this reply."""
    part = letter.doc.part
    return [replace(one.ask, span=replace(one.ask.span, part=part)) for one in asks]


def _add_phrases(book: Phrasebook, rule: Rule, language: str) -> None:
    for owner, phrases in rule.check.phrase_lists(language).items():
        try:
            book.add(owner, phrases)
        except NotationError as fault:
            document = strictyaml.load(Path(rule.path))
            where = (owner.partition(":")[2], language, fault.number)
            if fault.phrase not in (_at(document.data, where), _at(document.data, (*where, "find"))):
                # a config has added it
                place = ("rules", rule.id, *map(str, where[:2]))
                raise PackError(f"{'.'.join(place)}: {fault}", place) from None
            raise document.error(where, str(fault)) from None


def _at(data: object, where: Sequence[str | int]) -> object:
    for step in where:
        try:
            data = data[step]  # type: ignore[index]
        except (KeyError, IndexError, TypeError):
            return None
    return data


def _front_matter_kind(message: Message) -> TextKind | None:
    kind = message.meta.get("kind")
    return kind if kind in ("template", "fragment") else None
