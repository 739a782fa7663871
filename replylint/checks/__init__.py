"""The kinds of check. A rule's YAML names one of these; packages add others by the entry point `replylint.checks`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from replylint.checks.acronyms import Acronyms
from replylint.checks.asked import AskedAlready
from replylint.checks.attachment import MissingAttachment
from replylint.checks.base import Check
from replylint.checks.coverage import CoverageCheck
from replylint.checks.cues import Cues
from replylint.checks.deferral import Deferral
from replylint.checks.language import WrongLanguage
from replylint.checks.last_word import ClientHadLastWord
from replylint.checks.length import Length
from replylint.checks.letter import LetterPart
from replylint.checks.names import WrongName
from replylint.checks.next_question import NextQuestion
from replylint.checks.order import OutOfOrder
from replylint.checks.phrases import Phrases
from replylint.checks.placeholders import MalformedPlaceholders, UnfilledPlaceholders
from replylint.checks.price import PriceContents
from replylint.checks.questions import UnnumberedQuestions
from replylint.checks.readability import HardToRead
from replylint.checks.recipients import AddedRecipient, DroppedRecipient, MissingHistory
from replylint.checks.secrets import Secrets
from replylint.checks.shouting import Shouting
from replylint.checks.silence import Silence
from replylint.checks.subjects import ChangedSubject, StaleSubject, VagueSubject
from replylint.checks.suppressions import Suppressions
from replylint.checks.timing import SlowReply

CHECKS: Mapping[str, Callable[..., Check]] = {
    "phrases": Phrases,
    "cues": Cues,
    "coverage": CoverageCheck,
    "deferral": Deferral,
    "asked-already": AskedAlready,
    "out-of-order": OutOfOrder,
    "next-question": NextQuestion,
    "acronyms": Acronyms,
    "length": Length,
    "readability": HardToRead,
    "letter": LetterPart,
    "price-contents": PriceContents,
    "silence": Silence,
    "client-had-last-word": ClientHadLastWord,
    "unnumbered-questions": UnnumberedQuestions,
    "shouting": Shouting,
    "changed-subject": ChangedSubject,
    "vague-subject": VagueSubject,
    "stale-subject": StaleSubject,
    "dropped-recipient": DroppedRecipient,
    "added-recipient": AddedRecipient,
    "missing-history": MissingHistory,
    "missing-attachment": MissingAttachment,
    "slow-reply": SlowReply,
    "wrong-name": WrongName,
    "wrong-language": WrongLanguage,
    "secrets": Secrets,
    "suppressions": Suppressions,
    "unfilled-placeholders": UnfilledPlaceholders,
    "malformed-placeholders": MalformedPlaceholders,
}

__all__ = ["CHECKS", "Check"]
