"""Who "we" are in a conversation: as the config says, else guessed from whom the threads were opened to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from replylint.config import Config
from replylint.conversation import Side
from replylint.mail.message import Message, Thread
from replylint.mail.people import mailboxes
from replylint.mail.subject import is_forward


@dataclass(frozen=True)
class Us:
    """Our addresses as the config writes them, and in one line how they were found."""

    addresses: tuple[str, ...]
    why: str
    guessed: bool = True


def who_we_are(threads: Iterable[Thread], config: Config) -> Us | None:
    """Our addresses, None where nothing tells.

    Where the config names none: clients open threads, so we are the ones whom the mails that open threads were sent to,
    in most threads; with the whole domain, unless it is one of free mail or somebody of that domain opens threads too.
    """
    if config.us:
        return Us(config.us, f"{', '.join(config.us)}, as the settings say", guessed=False)
    openers: set[str] = set()
    votes: Counter[str] = Counter()
    for thread in threads:
        first = next((m for m in thread.messages if m.from_ and not m.automatic), None)
        if first is None or first.in_reply_to or first.references or not is_dialogue(thread):
            continue
        openers |= _senders(first)
        others = {address for m in thread.messages for address in _senders(m)} - _senders(first)
        for address in {*_reached(first), *others} - _senders(first):
            votes[address] += (address in {one.address for one in first.to}) + (address in others)
    if not votes:
        return None
    best = max(votes, key=lambda address: (address not in openers, votes[address]))
    domain = f"@{mailboxes().house(best)}"
    ours = best if domain == "@" or any(address.endswith(domain) for address in openers) else domain
    return Us((ours,), f"{ours}, to whom the threads were opened (--us says otherwise)")


def is_dialogue(thread: Thread) -> bool:
    """Whether somebody in a thread wrote to somebody else who wrote in it."""
    senders = {address for message in thread.messages for address in _senders(message)}
    return any((_reached(message) & senders) - _senders(message) for message in thread.messages)


def side(message: Message, config: Config) -> Side:
    """Who speaks in a mail, and to whom."""
    if message.automatic:
        return "machine"
    if not any(config.is_ours(address) for address in _senders(message)):
        return "client"
    reached = _reached(message)
    return "ourselves" if reached and all(map(config.is_ours, reached)) else "us"


def passes_on(message: Message, people: Sequence[str]) -> bool:
    """Whether a mail of ours is a forward to somebody other than `people`, who wrote to us."""
    return is_forward(message.subject or "") and _reached(message).isdisjoint(people)


def _reached(message: Message) -> set[str]:
    return {one.address for one in (*message.to, *message.cc) if one.address}


def _senders(message: Message) -> set[str]:
    return {one.address for one in message.from_ if one.address}
