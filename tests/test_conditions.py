"""Conditions that compare the reply with what the client wrote."""

from __future__ import annotations

import json

from conftest import linter_for


def rules_found(text: str, original: str | None, language: str) -> set[str]:
    linter = linter_for(json.dumps({"select": ["familiarity"], "language": language}))
    return {d.rule for d in linter.check(text, original).diagnostics}


def test_a_form_that_firms_commonly_use_is_a_fault_only_on_formal_terms() -> None:
    reply = "Tere!\n\nSinu pakk jõuab homme kohale.\n\nRiho"
    assert not rules_found(reply, "Tere! Millal pakk tuleb?", "et")
    assert rules_found(reply, "Lugupeetud müüja, millal pakk tuleb? Lugupidamisega Helgi Mets", "et")


def test_a_client_who_writes_so_himself_is_answered_so() -> None:
    reply = "Добрый день! Твой заказ собран."
    assert rules_found(reply, "Добрый день. Когда будет заказ?", "ru")
    assert not rules_found(reply, "Привет! Ты не знаешь, когда будет заказ?", "ru")


def test_stars_are_no_smileys_and_a_heap_of_smileys_is_chummy() -> None:
    assert not rules_found("Dear Ms Ward, the hotel has ★ ★ ★ and a pool.", None, "en")
    assert rules_found("Dear Ms Ward, the room is yours 😀😀", None, "en")
