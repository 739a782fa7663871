"""What is said to be attached is attached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from pydantic.dataclasses import dataclass

from replylint.checks.base import STRICT
from replylint.checks.phrases import Phrases
from replylint.context import Context
from replylint.diagnostic import Match


@dataclass(frozen=True, config=STRICT)
class MissingAttachment(Phrases):
    """The first of the phrases that say that something is attached, in a mail that carries nothing.

    Pictures within the text count as attached.
    """

    needs: ClassVar[frozenset[str]] = frozenset({"envelope"})

    def __call__(self, context: Context) -> Iterator[Match]:
        """One match: the first sure phrase, else the first unsure one."""
        message = context.reply.message
        if message.attachments or message.embedded:
            return
        found = sorted(super().__call__(context), key=lambda match: not match.sure)
        yield from found[:1]
