"""Judges whole conversations: each reply of ours by the asks that are open when it is sent, then the thread itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from replylint.checks.base import OfThread
from replylint.context import Context, Letter
from replylint.conversation import Conversation, Open, Side, Turn
from replylint.diagnostic import Diagnostic, NotRun, Severity
from replylint.dialogue.asks import same_ask
from replylint.dialogue.coverage import Coverage
from replylint.dialogue.judge import Status
from replylint.dialogue.kind import only_thanks
from replylint.language.identify import identify_scored
from replylint.language.lexicon import languages
from replylint.linter import Linter, Report, stamp
from replylint.mail.message import Message, Span, Thread
from replylint.mail.thread import original_in
from replylint.reading import UNKNOWN_LANGUAGE, OpenAsk
from replylint.us import passes_on, side

#: How many mails before a reply are its history, and how many open asks are kept in mind: longer threads exist, but
#: nobody answers for more.
_LONGEST_HISTORY = 100
_MOST_OPEN = 40


@dataclass(frozen=True)
class ThreadReport:
    """What was found in a conversation: the reports of our replies, and what the rules of threads say of it as a whole.

    The places of its diagnostics are in parts `history.N.body`, N the number of the mail in `letters`.
    """

    id: str
    letters: tuple[Letter, ...]
    reports: tuple[Report, ...]
    diagnostics: tuple[Diagnostic, ...]
    not_run: tuple[NotRun, ...]

    def letter_of(self, part: str) -> Letter:
        """The mail that a span's part belongs to."""
        return self.letters[int(part.split(".")[1])]

    def text_at(self, span: Span) -> str:
        """The shown text at a span of one of the mails."""
        return self.letter_of(span.part).text_at(Span(span.part.rpartition(".")[2], span.start, span.end))

    def masked(self, text: str) -> str:
        """A text of these mails as a report may show it: the secrets of our replies masked."""
        for report in self.reports:
            text = report.masked(text)
        return text

    def passed(self, fail_on: str) -> bool:
        """Whether no diagnostic of the thread itself reaches a level."""
        return fail_on == "never" or all(d.severity.rank < Severity(fail_on).rank for d in self.diagnostics)


def check_thread(
    linter: Linter,
    thread: Thread,
    *,
    now: datetime | None = None,
    last: bool = False,
    originals: Mapping[int, Message] | None = None,
) -> ThreadReport:
    """Judge each reply of ours in a thread (with `last` the newest alone), and the thread by the rules of threads.

    The linter's config says which addresses are ours. `originals` has, by the id() of our mail, messages found
    elsewhere for mails of ours that answer nothing in the thread. `now` is the moment to judge the thread by.
    """
    return _Walk(linter, thread, originals or {}).report(now, last)


@dataclass(frozen=True)
class _Pending:
    """An ask that is open, the number of the mail in which it was made, and what our mails have made of it."""

    open: OpenAsk
    number: int
    status: Status | None = None
    sure: bool = True

    def after(self, covered: Coverage, only_confirms: bool) -> _Pending | None:
        """The same after a reply; None where it is settled, or nobody can say that it is not."""
        sure = covered.band == "sure"
        if only_confirms:
            status: Status = "deferred" if covered.status == "deferred" else "deferred-without-date"
            return replace(self, open=replace(self.open, carried_over=True), status=status)
        if covered.status == "answered" or covered.band == "unclear":
            return None
        left = replace(
            self.open,
            carried_over=True,
            reported=self.open.reported or covered.status == "unanswered",
            put_off=covered.status == "deferred",
        )
        return replace(self, open=left, status=covered.status, sure=sure)


class _Walk:
    """One way through a thread, from the oldest mail to the newest."""

    def __init__(self, linter: Linter, thread: Thread, originals: Mapping[int, Message]) -> None:
        self.linter = linter
        self.thread = thread
        self.originals = originals
        self.language = _language(thread)
        self.letters: dict[int, Letter] = {}
        self.pending: list[_Pending] = []

    def report(self, now: datetime | None, last: bool) -> ThreadReport:
        """Walk, then judge the whole."""
        sides = [side(message, self.linter.config) for message in self.thread.messages]
        judged = [n for n, message in enumerate(self.thread.messages) if self._is_judged(message, sides[n])]
        wanted = set(judged[-1:] if last else judged)
        turns, reports = [], []
        for number, (message, who) in enumerate(zip(self.thread.messages, sides, strict=True)):
            if number in judged:
                report = self._reply(message, number in wanted, who)
                reports += [report] if report else []
            letter = self._letter(message).at(f"history.{number}")
            if who == "client":
                self._hear(number, self._letter(message))
            turns.append(Turn(letter, who, self._open()))
        dates = [message.date for message in self.thread.messages if message.date]
        moment = now or max(dates, default=None)
        if moment is not None and moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        conversation = Conversation(tuple(turns), self.linter.config, self.language, moment)
        diagnostics, not_run = self._judge(conversation)
        return ThreadReport(
            self.thread.id, tuple(t.letter for t in turns), tuple(reports), tuple(diagnostics), tuple(not_run)
        )

    def _is_judged(self, message: Message, who: Side) -> bool:
        """Mails to the client are; of what passes among ourselves only what is handed on."""
        return who == "us" or (who == "ourselves" and passes_on(message, ()))

    def _letter(self, message: Message) -> Letter:
        found = self.letters.get(id(message))
        if found is None:
            found = self.letters[id(message)] = self.linter.reader.letter(message, self.language)
        return found

    # --- asks ---------------------------------------------------------------------------------------------------

    def _hear(self, number: int, letter: Letter) -> None:
        """A mail of the client's: its asks are open; one that repeats an earlier one takes its place."""
        if only_thanks(letter.doc, letter.asks):
            self.pending = [one for one in self.pending if one.status != "unanswered"]
            return
        for ask in letter.asks:
            self.pending = [
                one
                for one in self.pending
                if one.number == number or not same_ask(one.open.letter.doc, one.open.ask, letter.doc, ask)
            ]
            self.pending.append(_Pending(OpenAsk(letter, ask), number))
        self.pending = self.pending[-_MOST_OPEN:]

    def _reply(self, message: Message, wanted: bool, who: Side) -> Report | None:
        """A mail of ours: judged where `wanted`; what it leaves open stays open."""
        config = self.linter.config
        original, before = original_in(self.thread, message, lambda one: side(one, config) != "client")
        clients = [one.address for one in original.from_] if original else []
        if who == "ourselves" or passes_on(message, clients):
            context, came_from = self.linter.reader.context(message, None, kind="forward")
            return self.linter.judge(context, came_from, in_thread=True) if wanted else None
        history = [self._letter(one) for one in before[-_LONGEST_HISTORY:]]
        asks = [one.open for one in self.pending] if original is not None else None
        beside = self._letter(original) if original is not None else self.originals.get(id(message))
        context, came_from = self.linter.reader.context(message, beside, history, asks=asks)
        # as it was read beside its original, which tells its quotes better
        self.letters[id(message)] = context.reply
        if asks is not None:
            came_from = "thread"
            self._settle(context)
        return self.linter.judge(context, came_from, in_thread=True) if wanted else None

    def _settle(self, context: Context) -> None:
        """Keep of the pending asks what a reply of ours has left open."""
        parts = {id(letter.message): letter.doc.part for letter in context.history}
        if context.original is not None:
            parts[id(context.original.message)] = context.original.doc.part
        found = {c.ask.span: c for c in context.dialogue.everything} if context.dialogue else {}
        kept: list[_Pending] = []
        for one in self.pending:
            part = parts.get(id(one.open.letter.message), "")
            covered = found.get(replace(one.open.ask.span, part=part))
            left = one.after(covered, context.kind == "acknowledgement") if covered else None
            kept += [left] if left else []
        self.pending = kept

    def _open(self) -> tuple[Open, ...]:
        return tuple(
            Open(replace(one.open.ask.span, part=f"history.{one.number}.body"), one.status, one.sure)
            for one in self.pending
        )

    # --- the thread itself --------------------------------------------------------------------------------------

    def _judge(self, conversation: Conversation) -> tuple[list[Diagnostic], list[NotRun]]:
        diagnostics: list[Diagnostic] = []
        not_run = []
        for rule in self.linter.rules:
            if not isinstance(rule.check, OfThread):
                continue
            if conversation.language not in rule.languages:
                what = "the thread's language" if conversation.language == UNKNOWN_LANGUAGE else conversation.language
                not_run.append(NotRun(rule.id, f"not written for {what}"))
                continue
            diagnostics += [stamp(rule, match) for match in rule.check.of_thread(conversation)]
        diagnostics.sort(key=lambda d: int(d.span.part.split(".")[1]))
        return diagnostics, not_run


def _language(thread: Thread) -> str:
    """The language in which most of a thread's mails are surely written."""
    counts: dict[str, int] = {}
    for message in thread.messages[:50]:
        guess = identify_scored(message.body[:5000])
        if guess.sure and guess.language in languages():
            counts[guess.language] = counts.get(guess.language, 0) + 1
    return max(counts, key=lambda language: counts[language], default=UNKNOWN_LANGUAGE)


__all__ = ["ThreadReport", "check_thread"]
