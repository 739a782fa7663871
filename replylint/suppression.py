"""What a template's suppressions take away from what was found, and which of them do nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from replylint.config import TextKind
from replylint.context import Idle
from replylint.diagnostic import Diagnostic
from replylint.mail.message import Message, Suppression
from replylint.mail.suppress import of_front_matter
from replylint.pack import unknown

#: Texts in which comments count: they are never sent as they are.
KINDS: Collection[TextKind] = ("template", "fragment")
IN_A_DRAFT = "has no effect in a draft, and goes out with it: use --ignore or the config"


@dataclass(frozen=True)
class Suppressed:
    """A diagnostic that a suppression took away, with its reason."""

    diagnostic: Diagnostic
    reason: str


def suppressions_of(message: Message) -> tuple[Suppression, ...]:
    """Those of the front matter, then those of the comments, in order."""
    given = message.meta.get("ignore")
    return (*(of_front_matter(given) if given is not None else ()), *message.suppressions)


def apply(
    message: Message,
    kind: TextKind,
    found: Sequence[Diagnostic],
    groups: Mapping[str, str],
    ran: Collection[str],
) -> tuple[list[Diagnostic], tuple[Suppressed, ...], tuple[Idle, ...]]:
    """What remains of the diagnostics, what was taken away, and what in the suppressions did nothing.

    `groups` are all rules there are, with their groups; `ran` those that judged this text: of others nothing can be
    said.
    """
    kept, taken, idle = list(found), list[Suppressed](), list[Idle]()
    for one in suppressions_of(message):
        if one.fault:
            idle.append(Idle(one, "", one.fault))
        elif kind not in KINDS:
            idle.append(Idle(one, ", ".join(one.rules), IN_A_DRAFT))
        else:
            start, end = _scope(message.body, one)
            for name in one.rules:
                members = {rule for rule, group in groups.items() if name in (rule, group)}
                hit = [d for d in kept if d.rule in members and (one.whole or _within(d, start, end, message.body))]
                kept = [d for d in kept if d not in hit]
                taken += [Suppressed(d, one.reason) for d in hit]
                if not members:
                    idle.append(Idle(one, name, unknown(name, [*groups, *groups.values()], "rule")))
                elif not hit and not members.isdisjoint(ran):
                    idle.append(Idle(one, name, "suppresses nothing"))
    return kept, tuple(taken), tuple(idle)


def _within(diagnostic: Diagnostic, start: int, end: int, body: str) -> bool:
    if (start, end) == (0, len(body)):
        return True
    return diagnostic.span.part == "body" and start <= diagnostic.span.start <= end


def _scope(body: str, one: Suppression) -> tuple[int, int]:
    """What a comment covers: above or below all text the whole; on lines of its own the next paragraph; within a
    paragraph that one.
    """
    before, after = body[: one.span.start], body[one.span.end :]
    if not before.strip() or not after.strip():
        return 0, len(body)
    line = before[before.rfind("\n") + 1 :] + after.partition("\n")[0]
    alone = not line.strip() or (one.span.start == one.span.end and before.endswith("\n"))
    start = one.span.end if alone else max((m.end() for m in re.finditer(r"\n[ \t]*\n", before)), default=0)
    text = one.span.end + len(after) - len(after.lstrip())
    stop = re.compile(r"\n[ \t]*\n").search(body, text if alone else one.span.end)
    return start, stop.start() if stop else len(body)
