"""What a shell completes."""

from replylint.cli.complete import language_codes, rule_ids, rules_and_groups, settings


def test_rules_groups_options_and_languages_are_completed() -> None:
    assert rule_ids("jar") == ["jargon"]
    assert set(rules_and_groups("jargon,kitch")) == {"jargon,kitchen"}
    assert "long-sentence.words=" in settings("long-s")
    assert language_codes("e") == ["en", "et"]
