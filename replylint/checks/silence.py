"""We fall silent while something of ours is open: judged between the mails of a thread, and up to now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT, OfThread
from replylint.context import Letter
from replylint.conversation import Conversation, Open
from replylint.diagnostic import Match, Related
from replylint.dialogue.kind import only_thanks
from replylint.language.doc import Sentence

#: Words of ours that are no promise: an offer, a step of the client's, what we would do if.
_NO_PROMISE = ("trigger", "condition", "mere-invitation", "courtesy-offer", "next-step", "negation")
#: Clauses that ask nothing of the client that we wait for.
_NO_ASK = ("mere-invitation", "courtesy-offer", "trigger", "condition", "nothing-needed", "wish", "thanks", "deferral")


@dataclass(frozen=True, config=STRICT)
class Silence(OfThread):
    """One match for each stretch of more than `days` without a word from us while something of ours is open.

    Open is an ask that none of our mails has answered, one that we have put off, and what we have promised; not while
    the next step is the client's. Where we named a time, or have only promised, the match is unsure; an answer that was
    put off with a time is overdue after `days_after_a_date`.
    """

    rule: str
    days: float = 3
    days_after_a_date: float = 14

    def of_thread(self, conversation: Conversation) -> Iterator[Match]:
        """The stretches, each at the end of the mail after which it begins."""
        since: datetime | None = None
        place, things = 0, tuple[Open, ...]()
        promised: tuple[Open, ...] = ()
        for number, turn in enumerate(conversation.turns):
            if turn.date is None or turn.side not in ("us", "client"):
                continue
            still = tuple(one for one in turn.open if one.status != "unanswered" or one.sure)
            if turn.side == "us":
                yield from self._stretch(conversation, place, since, turn.date, things)
                promised = tuple(_promises(turn.letter))
                things = () if _waits_for_client(turn.letter) else (*still, *promised)
                since, place = (turn.date if things else None), number
                continue
            if only_thanks(turn.letter.doc, turn.letter.asks):
                things = tuple(one for one in things if one in still or one in promised)
                continue
            things = (*still, *promised)
            if since is None and things:
                since, place = turn.date, number
        if conversation.now is not None:
            yield from self._stretch(conversation, place, since, conversation.now, things)

    def _stretch(
        self, conversation: Conversation, place: int, since: datetime | None, until: datetime, things: tuple[Open, ...]
    ) -> Iterator[Match]:
        if since is None or not things or until - since <= timedelta(days=self.days):
            return
        open_thing = max(things, key=lambda one: (self._is_sure(one, until - since), one.status is None))
        text = " ".join(conversation.text_of(open_thing.span).split())
        values = {
            "days": str((until - since).days),
            "since": f"{since:%Y-%m-%d}",
            "until": f"{until:%Y-%m-%d}",
            "open": text if len(text) <= 100 else text[:99].rstrip() + "…",
        }
        sure = self._is_sure(open_thing, until - since)
        yield Match(conversation.end_of(place), sure, values, related=(Related(open_thing.span, "open"),))

    def _is_sure(self, one: Open, length: timedelta) -> bool:
        if one.status is None or one.status == "deferred-without-date":
            return True
        if one.status == "deferred":
            return length > timedelta(days=self.days_after_a_date)
        return one.status == "unanswered"


def _promises(letter: Letter) -> Iterator[Open]:
    """What a mail of ours promises: a promise that no condition hangs on, as the sentence in which it stands."""
    doc = letter.doc
    for sentence in doc.body:
        if not doc.has("promise", sentence.first, sentence.last) or doc.has("done", sentence.first, sentence.last):
            continue
        if not any(doc.has(name, sentence.first, sentence.last) for name in _NO_PROMISE):
            yield Open(doc.span(sentence.first, sentence.last), "answered", sure=False)


def _waits_for_client(letter: Letter) -> bool:
    """Whether a mail of ours asks the client for something, so that the next step is his."""
    sentences = letter.doc.sentences
    return any(ask.opening != "need" and not _is_courtesy(letter, sentences[ask.sentence]) for ask in letter.asks)


def _is_courtesy(letter: Letter, sentence: Sentence) -> bool:
    return any(letter.doc.has(name, sentence.first, sentence.last) for name in _NO_ASK)
