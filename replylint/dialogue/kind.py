"""What a text is: an answer, a new letter, a forward, or only a word that the mail has come."""

from __future__ import annotations

from replylint.config import TextKind
from replylint.language.doc import Doc
from replylint.mail.message import Message
from replylint.mail.subject import is_forward, is_reply

#: What a sentence of an acknowledgement may hold; one with a deferral and nothing beyond these only confirms receipt.
_EMPTY = (
    "received",
    "thanks",
    "deferral",
    "no-date",
    "apology",
    "wish",
    "mere-invitation",
    "courtesy-offer",
    "nothing-needed",
)
_LONGEST_ACKNOWLEDGEMENT = 90
_FULL = ("done", "refusal", "money", "attached", "steps")


def kind_of(message: Message, doc: Doc, has_original: bool) -> TextKind:
    """The kind of a draft that nobody named: from its subject and headers, then from what it says."""
    subject = message.subject or ""
    if is_forward(subject) and not has_original:
        return "forward"
    if _only_confirms(doc):
        return "acknowledgement"
    is_answer = has_original or message.in_reply_to or message.references or is_reply(subject)
    return "reply" if is_answer or not message.has_headers else "new"


def _only_confirms(doc: Doc) -> bool:
    body = doc.body
    if not body or doc.words(body[0].first, body[-1].last) > _LONGEST_ACKNOWLEDGEMENT:
        return False
    has_receipt = any(doc.has("received", s.first, s.last) for s in body)
    has_deferral = any(doc.has("deferral", s.first, s.last) for s in body)
    is_empty = all(
        any(doc.has(name, s.first, s.last) for name in _EMPTY)
        and not any(doc.has(name, s.first, s.last) for name in _FULL)
        for s in body
    )
    return has_receipt and has_deferral and is_empty
