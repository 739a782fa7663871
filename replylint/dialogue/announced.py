"""Lists that a sentence announces as questions or requests, and questions that their author answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from replylint.language.doc import Doc, Sentence


@dataclass
class Announced:
    """By the numbers of their sentences: what announces a list, and the list's items with the kind of ask they are."""

    leads: set[int] = field(default_factory=set)
    items: dict[int, Literal["question", "request"]] = field(default_factory=dict)


def announced_lists(doc: Doc) -> Announced:
    """Every list after a sentence that ends in a colon and says that questions or requests follow ("Questions:")."""
    result = Announced()
    for index, sentence in enumerate(doc.sentences):
        kind = _announces(doc, sentence)
        if kind is None or index + 1 == len(doc.sentences) or doc.sentences[index + 1].zone != "list":
            continue
        result.leads.add(index)
        for number in range(index + 1, len(doc.sentences)):
            item = doc.sentences[number]
            if item.zone != "list":
                break
            result.items[number] = kind
    return result


def _announces(doc: Doc, sentence: Sentence) -> Literal["question", "request"] | None:
    if sentence.zone not in ("text", "list") or doc.tokens[sentence.last - 1].norm != ":":
        return None
    if doc.has("question-list", sentence.first, sentence.last):
        return "question"
    requests = doc.cues_in("request-list", sentence.first, sentence.last)
    return "request" if any(hit.last >= sentence.last - 1 for hit in requests) else None


def is_self_answered(doc: Doc, index: int) -> bool:
    """Whether a question is answered by its author in the next sentence ("Why? Because …", "Am I happy? No.")."""
    sentence = doc.sentences[index]
    if index + 1 == len(doc.sentences) or "?" not in doc.tokens[sentence.last - 1].norm:
        return False
    after = doc.sentences[index + 1]
    if after.paragraph != sentence.paragraph or "?" in doc.tokens[after.last - 1].norm:
        return False
    begins = doc.opening(after.first)
    if begins in doc.starts("@self-reason"):
        return doc.has("asks-why", sentence.first, sentence.last)
    return begins in doc.starts("@self-answer")
