"""The phrase notation: what each sign matches, what is said of one that cannot be read, and what holds of any."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from replylint import compiled
from replylint.language import shelves
from replylint.language.doc import Doc
from replylint.language.lexicon import cue_classes, languages
from replylint.language.phrases import NotationError, Phrasebook
from replylint.language.pipeline import analyse_plain


def read(text: str, *phrases: str, code: str = "en") -> Doc:
    book = Phrasebook(code)
    book.add("list", phrases)
    return analyse_plain(text, book, "body")


def found(phrase: str, text: str, code: str = "en") -> list[str]:
    doc = read(text, phrase, code=code)
    return [doc.between(hit.first, hit.last) for hit in doc.find("list")]


MATCHES = [
    # words in any form, exact ones, words of several tokens
    ("en", "our designer be ill", "Sorry, our designers were ill.", "our designers were ill"),
    ("en", "our designer be ill", "my designer is ill", None),
    ("en", "our designer be ill", "our designer, is ill", None),
    ("en", "our designer be ill", "our “designer” is ill", "our “designer” is ill"),
    ("en", "=asap", "ASAP please", "ASAP"),
    ("en", "=send", "we sent it", None),
    ("en", "do not know", "we don’t know", "don’t know"),
    ("en", "don't know", "I do not know", "do not know"),
    ("en", "we be late", "we're late", "we're late"),
    ("en", "e-mail", "your e‑mails came", "e‑mails"),
    ("ru", "=по-прежнему", "Мы по‑прежнему ждём", "по‑прежнему"),
    ("ru", "отправить письмо", "мы отправили вам письмо", None),
    ("ru", "отправить письмо", "отправим письма", "отправим письма"),
    ("ru", "=т.е.", "один, т. е. договор", "т. е."),
    ("ru", "ещё раз", "еще раз", "еще раз"),
    ("uk", "п'ять", "п’ять днів", "п’ять"),
    ("et", "saatma arve", "saatsime arve", "saatsime arve"),
    ("en", "=e.g.", "bring e. g. a pen", "e. g."),
    # alternatives, options, nesting
    ("en", "be (ill|sick|on leave) now", "she is on leave now", "is on leave now"),
    ("en", "be (ill|sick|on leave) now", "she is on now", None),
    ("en", "(a|b (c|d e)?) f", "b d e f", "b d e f"),
    ("en", "(a|b (c|d e)?) f", "b f", "b f"),
    ("en", "really? (as soon)? possible", "really as soon possible", "really as soon possible"),
    ("en", "really? (as soon)? possible", "possible", "possible"),
    ("en", r"any (.|…) \?", "Any?", "Any?"),
    ("en", r"any (.|…) \?", "Any news of it?", "Any news of it?"),
    ("en", "good (…|bad) day", "good very nice day", "good very nice day"),
    ("en", "(a|b)(c|d)?", "b d", "b d"),
    ("en", "what('s)? up", "what's up", "what's up"),
    # in any order
    ("en", "{courier late}", "late came our courier", "late came our courier"),
    ("en", "{courier late}", "the courier was late", "courier was late"),
    ("en", "{courier late}", "the courier came, late", None),
    ("en", "{courier (very late|slow) here}", "here the courier is very late", "here the courier is very late"),
    ("en", "{a a}", "a", None),
    ("en", "{courier late} -not", "the courier is not late", None),
    # gaps
    ("en", "will … back", "we will get right back", "will get right back"),
    ("en", "will … back", "will back", "will back"),
    ("en", "will … back", "will one two three four back", "will one two three four back"),
    ("en", "will … back", "will one two three four five back", None),
    ("en", "will … back", "will don't can't won't isn't back", "will don't can't won't isn't back"),
    ("en", "will … back", "will pay 5 % to us back", "will pay 5 % to us back"),
    ("en", "will … back", "will see, then back", None),
    ("en", "will…back", "will be back", "will be back"),
    ("en", "will …", "I will come soon", "will come soon"),
    ("en", "will …", "I will.", "will"),
    ("en", "will …", "I will come soon/now!", "will come soon/now"),
    ("en", "now , … back", "now, he comes back", "now, he comes back"),
    # what must not be there
    ("en", "be late -not", "it is late", "is late"),
    ("en", "be late -not", "it is late, not so", "is late"),
    ("en", "be late -not", "not one is late", None),
    ("en", "be late -(not|never again)", "never again is it late", None),
    ("en", "be late -=was", "it was late", None),
    ("en", "be late -=was", "it is late", "is late"),
    ("en", "be late -@weekday", "on Friday it was not on time", None),
    # starts, commas, classes, kinds
    ("en", "^please", "Please come.", "Please"),
    ("en", "^please", "Do please come.", None),
    ("en", "^please", "1. Please come.", "Please"),
    ("en", "^please", "«Please come»", "Please"),
    ("en", "^ please", "- please come", "please"),
    ("en", "if so , tell", "If so, tell us", "If so, tell"),
    ("en", "if so, tell", "if so tell us", "if so tell"),
    ("en", r"if so \, tell", "if so tell us", None),
    ("en", "yes ,? of course", "yes of course", "yes of course"),
    ("en", "on @weekday", "on Friday", "on Friday"),
    ("en", "on <weekday>", "on Friday", "on Friday"),
    ("en", "(on|@weekday) next", "Friday next", "Friday next"),
    ("en", "@weekday", "see you Monday", "Monday"),
    ("en", "for <number> day", "for 5 days", "for 5 days"),
    ("en", "<number> - day", "a 5-day pass", "5-day"),
    ("en", "<number>-<number>", "9–11", "9–11"),
    ("en", "<number> % off", "20% off", "20% off"),
    ("en", "<sign> <number>", "€3,180.50", "€3,180.50"),
    ("en", "24/7", "open 24/7.", "24/7"),
    ("en", "=24/7", "open 24/7.", "24/7"),
    ("en", "dear <placeholder>", "Dear {{name}},", "Dear {{name}}"),
    ("en", "ask <name>", "please ask Anna", "ask Anna"),
    ("en", "ask <name>", "please ask anna-maria's", None),
    ("en", "order <code>", "about order AB-1182", "order AB-1182"),
    ("en", "order <code>", "I order 12 pens", None),
    ("ru", "№ <number>", "счёт №5", "№5"),
    ("ru", "<number> =р", "10р", "10р"),
    # signs as themselves
    ("en", r"what \?", "What?", "What?"),
    ("en", r"\(ok\)", "fine (ok)", "(ok)"),
    ("en", r"well \…", "well...", "well..."),
    ("en", r"\"free", 'it is "free"', '"free'),
    ("en", '"free"', "it is free", "free"),
    ("en", "a - b", "a — b", "a — b"),
    ("en", "and/or", "this and/or that", "and/or"),
]


@pytest.mark.parametrize(("code", "phrase", "text", "wanted"), MATCHES)
def test_what_a_phrase_matches(code: str, phrase: str, text: str, wanted: str | None) -> None:
    assert found(phrase, text, code)[:1] == ([wanted] if wanted else [])


@pytest.mark.parametrize(
    ("phrase", "column", "reason"),
    [
        ("", 1, "an empty phrase"),
        ("  ", 1, "an empty phrase"),
        ("… a", 1, "a phrase cannot begin with a gap: begin it with a word"),
        ("(…|b) c", 2, "a phrase cannot begin with a gap"),
        ("a ^b", 3, "^ means the start of a sentence: it stands at the beginning only"),
        ("a|b", 2, "| stands inside brackets: (a|b); for the sign itself write \\|"),
        ("(a b", 1, "this bracket is never closed: ) is missing"),
        ("a {b c", 3, "this brace is never closed: } is missing"),
        ("a )", 3, "this ) closes nothing; for the sign itself write \\)"),
        ("a > b", 3, "this > closes nothing"),
        ("()", 2, "an empty alternative: write (a|b)? for what may be absent"),
        ("(a|)", 4, "an empty alternative"),
        ("a ?", 3, "? follows what may be absent, without a space; for a question mark itself write \\?"),
        ("a??", 3, "one ? is enough"),
        ("a?", 1, "every part of it may be absent"),
        ("a? b?", 1, "every part of it may be absent"),
        ("-a", 1, "every part of it may be absent"),
        ("(a|b?)", 1, "every part of it may be absent"),
        ("b -(a?)", 3, "- stands before a word, a class or (a|b)"),
        ("b -(a -c)", 3, "- stands before a word, a class or (a|b)"),
        ("b -a?", 5, "what must be absent cannot be optional"),
        ("^? a", 2, "^ cannot be optional"),
        ("=", 1, "= stands before a word, without a space: =asap"),
        ("= a", 1, "= stands before a word, without a space"),
        ("=<number>", 1, "what stands in <…> has no forms: leave the = out"),
        ("=@date", 1, "= stands before a word, and @ means a whole class: leave the = out"),
        ("=(a|b)", 1, "= stands before each word: (=one|=two)"),
        ("={a b}", 1, "= stands before each word"),
        ("@weekdy", 1, "unknown cue class weekdy; did you mean weekday?"),
        ("a <weekdy>", 3, "unknown cue class weekdy; did you mean weekday?"),
        ("<nummber>", 1, "unknown cue class nummber; did you mean number?"),
        ("@zzzzzz", 1, "unknown cue class zzzzzz; classes.yaml lists them"),
        ("@number", 1, "a kind of token is written <number>"),
        ("@ a", 1, "a name comes after @, without a space; for the sign itself write \\@"),
        ("< number>", 1, "a name comes after <, without a space"),
        ("<number", 8, "> is missing"),
        ("item(s)", 5, "put a space here: brackets, @ and < stand for whole words"),
        ("(re)send", 5, "put a space here"),
        ("a<number>", 2, "put a space here"),
        ("{a}", 1, "{…} holds two to 6 words in any order"),
        ("{a b c d e f g}", 1, "{…} holds two to 6 words"),
        ("{a|b}", 3, "alternatives within {…} have brackets of their own: {(a|b) c}"),
        ("{a … b}", 4, "words in {…} may stand apart anyway: leave the gap out"),
        ("{a b?}", 4, "what stands in {…} must all be there"),
        ("{a , b}", 4, "{…} stays within a clause, and a comma ends it"),
        ("\\d+", 1, "phrases are no regular expressions"),
        ("a\\", 2, "\\ stands before the character that is meant as itself"),
        ("a ... b", 3, "write … for a gap, and \\… for the dots themselves"),
        ("(" * 30 + "a" + ")" * 30, 21, "brackets within brackets, too deep to be read"),
    ],
)
def test_a_phrase_that_cannot_be_read_says_what_to_write(phrase: str, column: int, reason: str) -> None:
    book = Phrasebook("en")
    with pytest.raises(NotationError) as caught:
        book.add("list", ["good", phrase])
    fault = caught.value
    assert (fault.column, fault.owner, fault.number, fault.phrase) == (column, "list", 1, phrase)
    assert fault.reason.startswith(reason)
    assert str(fault) == f"phrase {phrase!r}, column {column}: {fault.reason}"


def test_the_longest_match_from_each_start_and_of_equals_the_first_phrase() -> None:
    doc = read("will be back soon", "will be", "will … back", "will be back", "back")
    assert [(doc.between(hit.first, hit.last), hit.phrase) for hit in doc.find("list")] == [
        ("will be back", 1),
        ("back", 3),
    ]


def test_matches_end_within_the_sentence() -> None:
    assert found("see you", "I see. You go.") == []
    assert found("see …", "I see. You go.") == ["see"]


def test_a_class_without_phrases_matches_nothing() -> None:
    assert read("anything", "anything @weekday").find("@no-such-class") == []


def test_every_shipped_phrase_can_be_read() -> None:
    for code in languages():
        Phrasebook(code).compile_cues()


def test_compiled_phrases_are_the_same_when_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "folder", lambda: tmp_path)
    for _ in range(2):
        shelves._kept.cache_clear()
        assert found("our designer be ill", "our designer was ill") == ["our designer was ill"]
        monkeypatch.setattr(shelves, "_read", lambda *_: pytest.fail("read again"))
    shelves._kept.cache_clear()


def test_the_oldest_lists_are_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(compiled, "folder", lambda: tmp_path)
    monkeypatch.setattr(shelves, "_MOST_KEPT", 4000)
    shelves._kept.cache_clear()
    for number in range(40):
        shelves.shelf_of("en", "list", (f"word{number} is here",))
    shelves.keep_shelves("en")
    shelves._kept.cache_clear()
    kept = shelves._kept("en").shelves
    assert sum(map(len, kept.values())) <= 4000
    assert list(kept)[-1] == compiled.digest(("word39 is here",))
    shelves._kept.cache_clear()


def test_one_book_serves_many_threads() -> None:
    texts = [f"Please call us on Friday, our designers were ill {number} days ago." for number in range(40)]
    owners = ["list", *(f"@{name}" for name in cue_classes())]

    def hits(text: str, book: Phrasebook) -> list[list[tuple[int, int, int]]]:
        doc = analyse_plain(text, book, "body")
        return [[tuple(hit) for hit in doc.find(owner)] for owner in owners]  # type: ignore[misc]

    book, alone = Phrasebook("en"), Phrasebook("en")
    for each in (book, alone):
        each.add("list", ["our designer be ill", "{call friday}", "^please … -never"])
    with ThreadPoolExecutor(8) as pool:
        together = list(pool.map(lambda text: hits(text, book), texts))
    assert together == [hits(text, alone) for text in texts]


SIGNS = st.sampled_from(
    [*"()|{}?…^@<>,\\-=\"'. ", "a", "be", "don't", "@date", "<number>", "=a", "-a", "(a|b)", "a?", "…"]
)
PHRASES = st.text(max_size=30) | st.lists(SIGNS, max_size=12).map("".join) | st.lists(SIGNS, max_size=8).map(" ".join)
TEXT = "A be, a b? Don't a “b” 5 a-a; on Friday (a be) be a b a.\n- a\n1. b a … a\n"


@settings(max_examples=400, deadline=None)
@given(PHRASES)
@example("{a b}")
@example("a (-b)?")
@example("a … … … b")
def test_any_phrase_is_refused_or_matches_without_harm(phrase: str) -> None:
    try:
        doc = read(TEXT, phrase)
    except NotationError as refused:
        fault: NotationError | None = refused
    else:
        fault = None
    if fault is not None:
        assert 1 <= fault.column <= len(phrase) + 1
        return
    for hit in doc.find("list"):
        assert 0 <= hit.first < hit.last <= len(doc.tokens)
        assert doc.sentence_of[hit.first] == doc.sentence_of[hit.last - 1]


@pytest.mark.parametrize(
    "phrase",
    ["a … a … a … a b", "{a b c d}", "a a -b", "(a|a a|a … a) (a|a …) b", "^a b", "{(a … a) a b} -c", "a … b -(a … c)"],
)
@pytest.mark.parametrize("piece", ["a ", "a, ", "a. ", "a! ", "! ", "a - ", "a “ "])
def test_a_long_text_comes_to_an_end(phrase: str, piece: str) -> None:
    doc = read(piece * 3000, phrase)
    assert len(doc.find("list")) <= len(doc.tokens)
