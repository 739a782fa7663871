"""The client wrote last, and nobody has answered."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT, OfThread
from replylint.conversation import Conversation
from replylint.diagnostic import Match
from replylint.dialogue.kind import only_thanks


@dataclass(frozen=True, config=STRICT)
class ClientHadLastWord(OfThread):
    """A match at the end of the thread's last mail, where it is the client's and more than thanks for our answer."""

    rule: str

    def of_thread(self, conversation: Conversation) -> Iterator[Match]:
        """At most one."""
        spoken = [(n, turn) for n, turn in enumerate(conversation.turns) if turn.side in ("us", "client")]
        if not spoken or spoken[-1][1].side != "client":
            return
        number, last = spoken[-1]
        answered = any(turn.side == "us" for _, turn in spoken)
        if answered and only_thanks(last.letter.doc, last.letter.asks):
            return
        yield Match(conversation.end_of(number), values={"date": f"{last.date:%Y-%m-%d}" if last.date else ""})
