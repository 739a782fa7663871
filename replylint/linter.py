"""Linter(config).check(reply, original) → Report: runs every rule that applies, and says of the others why they did
not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from replylint.checks.base import OfThread
from replylint.checks.suppressions import Suppressions
from replylint.conditions import holds
from replylint.config import Config, TextKind
from replylint.context import Context, Letter
from replylint.diagnostic import Diagnostic, Match, NotRun, Severity
from replylint.dialogue.coverage import Dialogue
from replylint.language.lexicon import languages
from replylint.mail.message import Message, Span
from replylint.mail.read import ReadError
from replylint.masking import Masks, masked, without
from replylint.pack import PackError, Rule, load_rules, selected
from replylint.reading import UNKNOWN_LANGUAGE, OriginalFrom, Reader
from replylint.score import score
from replylint.suppression import Suppressed, apply, suppressions_of

#: Why a rule could not run, by what it needs.
REASONS: Mapping[str, str] = {
    "original": "needs the client's message",
    "envelope": "needs the headers of both mails",
    "thread": "needs the dated mails of the thread",
    "library": "needs a library of templates",
    "languagetool": "needs LanguageTool",
}
NO_LANGUAGE = "needs a language that is recognised, which the text's was not"
NO_CLIENT_LANGUAGE = "needs the client's message in a language that is recognised"
#: Reasons that leave the score of a reply incomplete; what judges threads and libraries costs it nothing.
INCOMPLETE = frozenset(
    {
        NO_LANGUAGE,
        NO_CLIENT_LANGUAGE,
        *(reason for need, reason in REASONS.items() if need not in ("thread", "library")),
    }
)


@dataclass(frozen=True)
class Report:
    """What was found in one reply, what was not looked at and why, and the score."""

    reply: Letter
    kind: TextKind
    original: Letter | None
    original_from: OriginalFrom
    dialogue: Dialogue | None
    diagnostics: tuple[Diagnostic, ...]
    score: int
    categories: Mapping[str, int]
    clean: tuple[str, ...]
    not_applicable: tuple[str, ...]
    not_run: tuple[NotRun, ...]
    history: tuple[Letter, ...] = ()
    suppressed: tuple[Suppressed, ...] = ()
    #: What must not be shown of these mails, and what is shown instead.
    masks: Masks = ()

    def masked(self, text: str) -> str:
        """A text of these mails as a report may show it: its secrets masked, every place the same."""
        return masked(text, self.masks)

    def __repr__(self) -> str:
        """In short, and without text of the mails: reports end up in logs."""
        return f"<Report of {self.reply.message.path or 'a draft'}: {self.score}, {len(self.diagnostics)} diagnostics>"

    @property
    def complete(self) -> bool:
        """Whether every rule that judges a single reply could run with what it needs."""
        return not any(not_run.reason in INCOMPLETE for not_run in self.not_run)

    def letter_of(self, part: str) -> Letter:
        """The letter that a span's part belongs to."""
        owner = part.rpartition(".")[0]
        if owner.startswith("history."):
            return self.history[int(owner.removeprefix("history."))]
        return self.original if owner and self.original else self.reply

    def passed(self, config: Config) -> bool:
        """Whether the reply may go out by the config's `fail_on`, `min_score` and `fail_on_not_run`."""
        if config.fail_on == "never":
            return True
        worst = max((d.severity.rank for d in self.diagnostics), default=-1)
        if worst >= Severity(config.fail_on).rank or (config.fail_on_not_run and not self.complete):
            return False
        return config.min_score is None or self.score >= config.min_score


class Linter:
    """The rules of a config, ready to judge many mails. Safe to share between threads."""

    def __init__(self, config: Config | None = None, folder: Path | None = None) -> None:
        """Load the rules; PackError or StrictError where a pack cannot be used. `folder`: where relative pack paths
        begin.
        """
        self.config = config or Config()
        self.folder = folder or Path()
        if self.config.language is not None and self.config.language not in languages():
            raise PackError(
                f"unknown language {self.config.language}; known are {', '.join(languages())}", ("language",)
            )
        self.all_rules = load_rules(self.config, self.folder)
        self.rules = selected(self.all_rules, self.config)
        self.reader = Reader(self.config, _with_those_left_to(self.rules, self.all_rules))

    def check(
        self,
        reply: Message | str,
        original: Message | str | None = None,
        history: Sequence[Message] = (),
        now: datetime | None = None,
        kind: TextKind | None = None,
    ) -> Report:
        """Judge one reply beside the message it answers and what went before.

        Without `original` it is taken from the reply's quoted text. `kind` says what the text is where the config and
        the
        template's front matter do not; `now` is the moment to judge by (default: the newest date among the mails).
        ReadError for a draft without any words of its own.
        """
        message = Message(body=reply) if isinstance(reply, str) else reply
        asked = Message(body=original) if isinstance(original, str) else original
        context, came_from = self.reader.context(message, asked, history, now, kind)
        if _is_empty(context.reply):
            raise ReadError(message.path or "the draft", "is empty: it has no words of its own")
        return self.judge(context, came_from)

    def for_us(self, addresses: Sequence[str]) -> Linter:
        """The same linter, for whom these addresses are ours."""
        other, other.reader = copy(self), copy(self.reader)
        other.config = other.reader.config = self.config.model_copy(update={"us": tuple(addresses)})
        return other

    def judge(self, context: Context, came_from: OriginalFrom, in_thread: bool = False) -> Report:
        """What the rules say of a reply that has been read; rules of threads do not apply where its thread is judged
        by them.
        """
        found: list[Diagnostic] = []
        clean, not_applicable, not_run = [], [], []
        last: list[Rule] = []  # it takes the others' results to judge suppressions
        for rule in self.rules:
            if context.kind not in rule.applies_to or (in_thread and isinstance(rule.check, OfThread)):
                not_applicable.append(rule.id)
            elif isinstance(rule.check, Suppressions):
                last.append(rule)
            elif reason := self._reason_not_to_run(rule, context):
                not_run.append(NotRun(rule.id, reason))
            else:
                diagnostics = list(self._run(rule, context))
                found.extend(diagnostics)
                if not diagnostics:
                    clean.append(rule.id)
        found, taken = self._suppress(context, found, clean, last)
        masks = _masks(context, found)
        found = without(found, masks)
        found.sort(key=lambda d: (d.span.part != "body", d.span.part, d.span.start, d.span.end, d.rule))
        groups = dict.fromkeys(rule.group for rule in self.rules)
        result = score(found, self.rules, groups)
        return Report(
            context.reply,
            context.kind,
            context.original,
            came_from,
            context.dialogue,
            result.diagnostics,
            result.points,
            result.categories,
            tuple(clean),
            tuple(not_applicable),
            tuple(not_run),
            context.history,
            taken,
            masks,
        )

    def _suppress(
        self, context: Context, found: list[Diagnostic], clean: list[str], last: Sequence[Rule]
    ) -> tuple[list[Diagnostic], tuple[Suppressed, ...]]:
        """What remains after the text's suppressions, with what the rules about these say of them."""
        given = suppressions_of(context.reply.message)
        if not given:
            clean.extend(rule.id for rule in last)
            return found, ()
        groups = {rule.id: rule.group for rule in self.all_rules}
        ran = {*clean, *(diagnostic.rule for diagnostic in found)}
        kept, taken, idle = apply(context.reply.message, context.kind, found, groups, ran)
        told = replace(context, suppressions=given, idle=idle)
        for rule in last:
            diagnostics = list(self._run(rule, told))
            kept.extend(diagnostics)
            if not diagnostics:
                clean.append(rule.id)
        return kept, taken

    @staticmethod
    def _reason_not_to_run(rule: Rule, context: Context) -> str | None:
        if context.language == UNKNOWN_LANGUAGE:
            return NO_LANGUAGE
        if context.language not in rule.languages:
            return f"not written for {context.language}"
        # what answers nobody has an envelope of its own alone
        answers = context.kind not in ("new", "forward")
        has_envelope = context.reply.message.has_headers and (
            not answers or (context.original is not None and context.original.message.has_headers)
        )
        missing = {"original": context.original is None, "envelope": not has_envelope}
        need = next(
            (
                need
                for need in ("envelope", "original", "thread", "library", "languagetool")
                if need in rule.needs and missing.get(need, True)
            ),
            None,
        )
        if need:
            return REASONS[need]
        if "original" in rule.needs and context.original and context.original.language == UNKNOWN_LANGUAGE:
            return NO_CLIENT_LANGUAGE
        return None

    @staticmethod
    def _run(rule: Rule, context: Context) -> Iterable[Diagnostic]:
        for match in rule.check(context):
            if not any(holds(context, match, condition) for condition in rule.unless):
                yield stamp(rule, match)


def _is_empty(letter: Letter) -> bool:
    """Whether there is nothing in a draft but what the client wrote and our signature."""
    return not letter.doc.tokens and not any(
        letter.message.body[block.span.start : block.span.end].strip()
        for block in letter.blocks
        if block.kind not in ("quote", "attribution", "signature")
    )


def _with_those_left_to(rules: Sequence[Rule], every: Sequence[Rule]) -> tuple[Rule, ...]:
    """The rules, and those whose phrases they leave to them: they are not judged, but their phrases are found."""
    named = {name for rule in rules for name in getattr(rule.check, "left_to", ())}
    return (*rules, *(rule for rule in every if rule.id in named and rule not in rules))


def _masks(context: Context, found: Sequence[Diagnostic]) -> Masks:
    masks = {context.text_of(diagnostic.span): diagnostic.mask for diagnostic in found if diagnostic.mask}
    return tuple(sorted(masks.items(), key=lambda pair: -len(pair[0])))


def stamp(rule: Rule, match: Match) -> Diagnostic:
    """A match with its rule and how bad it is."""
    severity = rule.severity if match.sure else rule.severity.lower()
    return Diagnostic(
        rule.id,
        severity,
        match.sure,
        match.message or rule.say(match.values),
        match.span,
        0,
        match.related,
        match.fix,
        match.mask,
    )


def lint(text: str, original: str | None = None) -> Report:
    """Judge one reply with the default rules: the shortcut for a single text."""
    return Linter().check(text, original)


__all__ = ["Linter", "Report", "Span", "lint"]
