"""Which message answers which: finding originals, and whole conversations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

from replylint.mail.message import Message, Thread
from replylint.mail.read import DEFAULT_LIMITS, Limits, ReadError
from replylint.mail.stores import walk
from replylint.mail.subject import base_subject, is_reply

#: Mails of one subject between the same people are one conversation within this time, where no header says more.
_WITHIN = timedelta(days=60)
#: How many mails of one subject are looked back at, so that a thousand of them take no quadratic time.
_LOOK_BACK = 20
_NEVER = datetime.max.replace(tzinfo=UTC)


def find_original(reply: Message, candidates: Iterable[Message]) -> Message | None:
    """The message that `reply` answers, by In-Reply-To, else the last of its References that is there; None without."""
    by_id: dict[str, Message] = {}
    for message in candidates:
        if message.message_id:
            by_id.setdefault(message.message_id, message)
    return _look_up(reply, by_id)


def _look_up(reply: Message, by_id: dict[str, Message]) -> Message | None:
    for wanted in (*reply.in_reply_to, *reversed(reply.references)):
        found = by_id.get(wanted)
        if found is not None and found.message_id != reply.message_id:
            return found
    return None


class OriginalIndex:
    """The messages of a folder, maildir or mbox file by their ids; read once, when the first original is asked for.

    `failed` holds the errors of those that could not be read.
    """

    def __init__(self, path: Path | str, limits: Limits = DEFAULT_LIMITS) -> None:
        self.path = Path(path)
        self._limits = limits
        self.failed: list[ReadError] = []
        self._by_id: dict[str, Message] | None = None

    def find(self, reply: Message) -> Message | None:
        """The message that `reply` answers, None where it is not here."""
        return _look_up(reply, self._read())

    def before(self, original: Message) -> tuple[Message, ...]:
        """The mails of this place that an original answers, directly or not, the oldest first."""
        known, found = self._read(), dict[int, Message]()
        left = [original]
        while left:
            message = left.pop()
            for name in (*message.in_reply_to, *message.references):
                other = known.get(name)
                if other is not None and other is not original and id(other) not in found:
                    found[id(other)] = other
                    left.append(other)
        return _in_order(list(found.values()))

    def _read(self) -> dict[str, Message]:
        if self._by_id is None:
            self._by_id = {}
            for found in walk(self.path, limits=self._limits):
                if isinstance(found, ReadError):
                    self.failed.append(found)
                elif found.message_id:
                    self._by_id.setdefault(found.message_id, found)
        return self._by_id


def build_threads(messages: Iterable[Message]) -> tuple[Thread, ...]:
    """Messages put together into conversations, each in the order of dates; a message that comes twice counts once.

    Message-ID, In-Reply-To and References decide, whether or not the mails they name are there; loops do no harm. Where
    a mail has none of these, a reply's subject, the people and the dates do.
    """
    unique = _without_doubles(messages)
    groups = _Groups(len(unique))
    owner: dict[str, int] = {}
    for index, message in enumerate(unique):
        for name in (message.message_id, *message.in_reply_to, *message.references):
            if name:
                groups.join(index, owner.setdefault(name, index))
    _join_by_subject(unique, groups)
    found: dict[int, list[Message]] = {}
    for index, message in enumerate(unique):
        found.setdefault(groups.of(index), []).append(message)
    threads = [_in_order(group) for group in found.values()]
    return tuple(Thread(_name(group), group) for group in threads)


def original_in(
    thread: Thread, reply: Message, is_ours: Callable[[Message], bool] | None = None
) -> tuple[Message | None, tuple[Message, ...]]:
    """The message that `reply` answers in its thread, and what went before that, the oldest first.

    It is never one of ours, even where the headers name one. Without headers that tell, it is the last before the reply
    that is not ours; `is_ours` tells which are (default: those of the reply's own sender).
    """
    senders = {one.address for one in reply.from_}
    ours = is_ours or (lambda message: not senders.isdisjoint(one.address for one in message.from_))
    place = next((i for i, message in enumerate(thread.messages) if message is reply), len(thread.messages))
    before = thread.messages[:place]
    original = find_original(reply, [message for message in before if not ours(message)])
    if original is None:
        original = next((message for message in reversed(before) if not ours(message)), None)
    return original, tuple(message for message in before if message is not original)


def _in_order(group: Sequence[Message]) -> tuple[Message, ...]:
    """By date, but no mail before the one that it answers: clocks are wrong, and some mails have no date."""
    by_id = {message.message_id: message for message in group if message.message_id}
    known: dict[int, tuple[datetime, int]] = {}
    for message in group:
        chain: dict[int, Message] = {}
        here: Message | None = message
        while here is not None and id(here) not in known and id(here) not in chain:
            chain[id(here)] = here
            here = _look_up(here, by_id)
        is_loop = here is not None and id(here) in chain
        for one in reversed(chain.values()):
            parent = None if is_loop else _look_up(one, by_id)
            if parent is None:
                known[id(one)] = one.date or _NEVER, 0
            else:
                after, depth = known[id(parent)]
                known[id(one)] = max(one.date or after, after), depth + 1
    return tuple(sorted(group, key=lambda message: known[id(message)]))


class _Groups:
    """Union-find: which messages belong together."""

    def __init__(self, size: int) -> None:
        self._parent = list(range(size))

    def of(self, index: int) -> int:
        """The one that stands for the group."""
        while self._parent[index] != index:
            self._parent[index] = self._parent[self._parent[index]]
            index = self._parent[index]
        return index

    def join(self, one: int, other: int) -> None:
        """Make two groups one; the earlier message stands for it."""
        first, second = sorted((self.of(one), self.of(other)))
        self._parent[second] = first


def _without_doubles(messages: Iterable[Message]) -> list[Message]:
    seen: set[str] = set()
    unique = []
    for message in messages:
        if message.message_id and message.message_id in seen:
            continue
        seen.add(message.message_id)
        unique.append(message)
    return unique


def _join_by_subject(messages: Sequence[Message], groups: _Groups) -> None:
    """Put a reply that names no mail to the newest earlier mail of its subject between the same people."""
    earlier: dict[str, list[int]] = {}
    order = sorted(range(len(messages)), key=lambda index: messages[index].date or _NEVER)
    for index in order:
        message = messages[index]
        base = base_subject(message.subject or "")
        if not base:
            continue
        unnamed = not message.in_reply_to and not message.references
        if unnamed and is_reply(message.subject or ""):
            for other in reversed(earlier.get(base, [])[-_LOOK_BACK:]):
                if _near(message, messages[other]) and _people(message) & _people(messages[other]):
                    groups.join(index, other)
                    break
        earlier.setdefault(base, []).append(index)


def _near(later: Message, other: Message) -> bool:
    return later.date is None or other.date is None or later.date - other.date <= _WITHIN


def _people(message: Message) -> set[str]:
    return {one.address for one in (*message.from_, *message.to, *message.cc) if one.address}


def _name(messages: Sequence[Message]) -> str:
    """A name that stays when mails are added at the end: the id of the oldest known."""
    first = messages[0]
    root = next(iter((*first.references, *first.in_reply_to)), first.message_id)
    return root or next((message.message_id for message in messages if message.message_id), "")
