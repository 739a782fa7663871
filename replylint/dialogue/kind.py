"""What a text is: an answer, a new letter, a forward, or only a word that the mail has come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from replylint.config import TextKind
from replylint.dialogue.asks import Ask
from replylint.language.doc import Doc, Range, Sentence
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
_LONGEST_THANKS = 60
#: What a clause of a mere thanks may say: that, wishes, consent, what the client will do himself.
_SETTLED = ("thanks", "wish", "settled", "yes", "received", "promise")
#: How many words beside these a clause may have.
_FEW_WORDS = 6
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


def only_thanks(doc: Doc, asks: Sequence[Ask]) -> bool:
    """Whether a client's mail only thanks, confirms or takes leave, so that no answer is due."""
    body = doc.body
    if not doc.tokens or doc.words() > _LONGEST_THANKS or any(not _is_thanked_for(doc, ask) for ask in asks):
        return False
    if not body:
        return True  # nothing but a greeting and a closing: "Thanks! Dana"
    said = [_said(doc, *clause) for sentence in body for clause in _clauses(doc, sentence)]
    return "other" not in said and "settled" in said


def _is_thanked_for(doc: Doc, ask: Ask) -> bool:
    """Whether what looks like an ask is what the clause gives thanks for: "thanks for letting me know"."""
    sentence = doc.sentences[ask.sentence]
    if any(doc.tokens[index].norm == "?" for index in range(ask.first, sentence.last)):
        return False
    hits = doc.cues_in("thanks", sentence.first, sentence.last)
    return any(hit.first < ask.last and doc.clause_of[hit.first] == doc.clause_of[ask.first] for hit in hits)


def _clauses(doc: Doc, sentence: Sentence) -> Iterator[Range]:
    first = sentence.first
    for index in range(sentence.first + 1, sentence.last + 1):
        if index == sentence.last or doc.clause_of[index] != doc.clause_of[first]:
            yield first, index
            first = index


def _said(doc: Doc, first: int, last: int) -> str:
    """What a clause says: "settled", "nothing" (a name, a mark) or "other"."""
    if doc.has("contrast", first, last):
        return "other"
    hits = [hit for name in _SETTLED for hit in doc.cues_in(name, first, last)]
    covered = {index for hit in hits for index in range(hit.first, hit.last)}
    denied = any(hit.first not in covered and hit.first > first for hit in doc.cues_in("negation", first, last))
    if hits and not denied:
        left = sum(doc.is_word(index) for index in range(first, last) if index not in covered)
        if left <= _FEW_WORDS or doc.has("thanks", first, last):
            return "settled"
    if not hits and not denied and doc.words(first, last) <= 2:
        return "nothing"
    return "other"


def _only_confirms(doc: Doc) -> bool:
    body = doc.body
    if not body or doc.words(body[0].first, body[-1].last) > _LONGEST_ACKNOWLEDGEMENT:
        return False
    has_receipt = any(doc.has("received", s.first, s.last) for s in body)
    has_deferral = any(
        doc.has("deferral", s.first, s.last)
        or (doc.has("no-date", s.first, s.last) and doc.has("promise", s.first, s.last))
        for s in body
    )
    is_empty = all(any(doc.has(name, s.first, s.last) for name in _EMPTY) and not _is_full(doc, s) for s in body)
    return has_receipt and has_deferral and is_empty


def _is_full(doc: Doc, sentence: Sentence) -> bool:
    """Whether a sentence answers something; to have received the mail is no deed."""
    receipts = doc.cues_in("received", sentence.first, sentence.last)
    return any(
        not any(hit.first < receipt.last and receipt.first < hit.last for receipt in receipts)
        for name in _FULL
        for hit in doc.cues_in(name, sentence.first, sentence.last)
    )
