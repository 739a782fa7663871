"""Which message answers which: finding originals, and whole conversations."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from replylint.mail.message import Message
from replylint.mail.read import ReadError, read

_SUFFIXES = frozenset({".eml", ".txt", ".md", ".html", ".htm"})


def find_original(reply: Message, candidates: Iterable[Message]) -> Message | None:
    """The message that `reply` answers, by In-Reply-To, else the last of its References that is there; None without."""
    by_id = {message.message_id: message for message in candidates if message.message_id}
    return _look_up(reply, by_id)


def _look_up(reply: Message, by_id: dict[str, Message]) -> Message | None:
    for wanted in (*reply.in_reply_to, *reversed(reply.references)):
        found = by_id.get(wanted)
        if found is not None and found.message_id != reply.message_id:
            return found
    return None


class OriginalIndex:
    """The messages of a folder, by their ids; read once, when the first original is asked for."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self.failed: list[ReadError] = []
        self._by_id: dict[str, Message] | None = None

    def find(self, reply: Message) -> Message | None:
        """The message that `reply` answers, None where it is not here."""
        if self._by_id is None:
            self._by_id = {}
            for message in self._messages():
                if message.message_id:
                    self._by_id.setdefault(message.message_id, message)
        return _look_up(reply, self._by_id)

    def _messages(self) -> Iterable[Message]:
        root = self.path.resolve()
        for file in sorted(self.path.rglob("*")):
            if file.suffix.lower() in _SUFFIXES and file.is_file() and file.resolve().is_relative_to(root):
                try:
                    yield read(file)
                except ReadError as fault:
                    self.failed.append(fault)
