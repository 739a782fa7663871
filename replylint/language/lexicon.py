"""Reads lexicons/: all that is known about a language, one folder each. Adding a language touches nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict

from replylint import strictyaml
from replylint.language.keys import Keys, Morphology, keys_of
from replylint.strictyaml import Document, StrictError

FOLDER = Path(__file__).parent / "lexicons"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Syllables(_Data):
    """How syllables are counted: by the vowels of the language."""

    #: Whether vowels that stand together are one syllable.
    groups: bool = False
    #: Endings that are not spoken, longest first ("es", "e").
    silent: Sequence[str] = ()


class Readability(_Data):
    """A measure of how easily a text reads, with coefficients that were published for the language.

    Its value is `constant` and each figure of `times` that many times.
    """

    name: str
    #: Who published the coefficients, and the band.
    source: str
    constant: float = 0
    times: Mapping[Literal["words_per_sentence", "syllables_per_word", "long_words_per_cent"], float]
    #: Past this value a text is hard to read.
    hard: float
    higher_is_easier: bool = True
    syllables: Syllables = Syllables()
    #: A word with more letters is long.
    long_word: int = 6


class Language(_Data):
    """language.yaml: how words and sentences of the language are read."""

    name: str
    #: Letters, as the inside of a regular-expression class; told apart from look-alike alphabets by `own_letters`.
    letters: str
    #: Letters that no other registered language of the same script has, and letters that it never has.
    own_letters: str = ""
    foreign_letters: str = ""
    #: The commonest words: they tell the language of a short text, and carry no topic.
    function_words: Sequence[str]
    #: Common words of neighbouring languages that this one does not have, though its dictionary may list them.
    foreign_words: Sequence[str] = ()
    morphology: Morphology
    #: Parts split off a word's end, apostrophe included ("n't", "'re").
    clitics: Sequence[str] = ()
    #: Letters that can be spoken alone; a word has at least one.
    vowels: str = ""
    #: What follows a number and belongs to it, as it is written ("th", "-го"); other letters are a word ("9am").
    ordinal_suffixes: Sequence[str] = ()
    #: Whether a full stop after a number makes it an ordinal ("9. märtsil").
    ordinal_full_stop: bool = False
    #: Whether a verb or question word opens a clause from any place in it.
    free_word_order: bool = False
    #: Words with a full stop that ends no sentence ("e.g.", "г.", "nr.").
    abbreviations: Sequence[str] = ()
    #: Words after which a full stop never ends a sentence, since a name or number follows ("Dr.", "ул.", "lk.").
    prefixing_abbreviations: Sequence[str] = ()
    #: Those that follow a number as its unit, and may then end a sentence ("30 min.", "2026 г.").
    unit_abbreviations: Sequence[str] = ()
    #: The longest sentence in words, and other figures that rules take as defaults.
    limits: Mapping[str, float] = {}
    #: None where no measure was published for the language.
    readability: Readability | None = None


class MailWords(_Data):
    """mail.yaml: words by which the parts of a mail are told apart. Entries are phrases in plain words, no notation.

    Case, е and ё, and the kind of apostrophe or dash make no difference. In attributions and device lines braces stand
    for parts: `{date}` (holds a digit), `{person}` (name, address or both), `{device}` (one or two words), `{any}`.
    """

    #: Prefixes of a reply's or forward's subject, without the colon ("Re", "Отв", "Fwd").
    reply_prefixes: Sequence[str] = ()
    forward_prefixes: Sequence[str] = ()
    #: Header labels in quoted headers: field name → labels ("from": ["From", "От кого"]).
    header_labels: Mapping[
        Literal["from", "to", "cc", "bcc", "reply_to", "date", "subject", "other"], Sequence[str]
    ] = {}
    #: Lines between a reply and the mail it answers ("Original Message", "Исходное сообщение").
    separators: Sequence[str] = ()
    forward_separators: Sequence[str] = ()
    #: Attribution lines ("On {date}, {person} wrote").
    attributions: Sequence[str] = ()
    #: Openings of a letter ("good morning"); the name that follows, or goes before, by its shape. "dear {name}"
    #: greets only where somebody is named, "morning!" only where the sentence ends.
    greetings: Sequence[str] = ()
    #: Words in lower case that may stand where the name does: titles, "all", "team", and the words between ("and").
    addressees: Sequence[str] = ()
    #: Openings of formulas that close a letter ("kind regards", "have a nice", "с уважением").
    closings: Sequence[str] = ()
    #: Words that make a sentence more than a formula: "thanks, and *please* send the invoice" is text.
    askings: Sequence[str] = ()
    #: Lines that a device or program adds ("Sent from my {any}").
    device_lines: Sequence[str] = ()
    #: Openings of legal disclaimers and of banners ("This e-mail and any", "External sender").
    disclaimers: Sequence[str] = ()
    #: Help-desk lines above which one writes ("Please type your reply above this line").
    reply_markers: Sequence[str] = ()
    #: Words that mark a line of a signature: titles, departments, "tel.", "mobile".
    signature_words: Sequence[str] = ()
    #: Posts that a person holds, before or after whose name they stand in a signature ("engineer", "Dr").
    posts: Sequence[str] = ()
    #: Openings of a postscript ("P.S.", "З.І.").
    postscripts: Sequence[str] = ()
    #: Words that open a short last line which is no name ("yes", "please", "monday").
    not_names: Sequence[str] = ()
    #: January to December: the beginnings, of three letters or more, of each name ("май мая").
    months: Sequence[str] = ()
    #: What a plain part says that only sends the reader to the HTML one ("your mail client does not support html").
    html_stubs: Sequence[str] = ()


class Names(_Data):
    """names.yaml: given names, each with its short and case forms that a salutation may hold."""

    #: Words before a name that address one person and are no name: titles, "dear", "my".
    titles: Sequence[str] = ()
    #: Those of them that a surname follows as a rule ("Mr", "господин").
    surname_titles: Sequence[str] = ()
    names: Mapping[str, Sequence[str]] = {}


class Acronyms(_Data):
    """acronyms.yaml: words in capitals, whole and in upper case."""

    #: Endings that stand right after an acronym, or after its hyphen ("s", "ом", "iga").
    endings: Sequence[str] = ()
    #: Those that any client knows, with names, codes and units in capitals.
    known: Sequence[str] = ()
    #: Those that many know, but not all.
    half_known: Sequence[str] = ()
    #: Those to be explained although they are short or look like a word.
    unknown: Sequence[str] = ()


class Lexicon:
    """All that is known about one language; parts are read when they are first used."""

    def __init__(self, code: str, folder: Path) -> None:
        self.code = code
        self.folder = folder
        self.language: Language = _read(folder / "language.yaml").validate(Language)

    @cached_property
    def mail(self) -> MailWords:
        """The words of mail.yaml."""
        return self._part("mail.yaml", MailWords)

    @cached_property
    def names(self) -> Names:
        """The names of names.yaml."""
        return self._part("names.yaml", Names)

    @cached_property
    def acronyms(self) -> Acronyms:
        """The acronyms of acronyms.yaml."""
        return self._part("acronyms.yaml", Acronyms)

    def _part(self, name: str, model: type[strictyaml.Model]) -> strictyaml.Model:
        path = self.folder / name
        return _read(path).validate(model) if path.exists() else model()

    @cached_property
    def cues(self) -> Mapping[str, Sequence[str]]:
        """Cue class → phrases in notation, of every file in cues/; a class stands in one of them."""
        return {name: tuple(document.data[name]) for name, document in self._cue_files.items()}

    @cached_property
    def _cue_files(self) -> Mapping[str, Document]:
        """Cue class → the file that it stands in."""
        known = cue_classes()
        result: dict[str, Document] = {}
        for document in strictyaml.load_kept(sorted((self.folder / "cues").glob("*.yaml"))):
            if not isinstance(document.data, dict | None):
                raise document.error((), "a mapping of cue classes to lists of phrases")
            for name, phrases in (document.data or {}).items():
                if name not in known:
                    near = get_close_matches(str(name), known, 1)
                    hint = f"did you mean {near[0]}?" if near else "classes.yaml lists them"
                    raise document.error((name,), f"unknown cue class {name}; {hint}")
                if name in result:
                    raise document.error((name,), f"cue class {name} also stands in {Path(result[name].path).name}")
                check_phrases(document, (name,), phrases)
                result[name] = document
        return result

    def cue_error(self, name: str, number: int, reason: str) -> StrictError:
        """An error at a phrase of a cue class: its file, line and column."""
        return self._cue_files[name].error((name, number), reason)

    @cached_property
    def keys(self) -> Keys:
        """Folded word form → match keys."""
        return keys_of(self.language.morphology)


def check_phrases(document: Document, where: tuple[str | int, ...], phrases: object) -> None:
    """Refuse what is no list of phrases, an empty one, and one that is given twice: StrictError at its place."""
    name = ".".join(map(str, where))
    if not isinstance(phrases, list):
        raise document.error(where, f"{name}: expected a list of phrases")
    seen: set[str] = set()
    for number, phrase in enumerate(phrases):
        if not isinstance(phrase, str):
            said = "nothing" if phrase is None else str(phrase).lower() if isinstance(phrase, bool) else phrase
            raise document.error(
                (*where, number), f"{name}: expected a phrase, found {said}; put a number or true in quotes"
            )
        if not phrase.strip():
            raise document.error((*where, number), f"{name}: an empty phrase")
        if phrase in seen:
            raise document.error((*where, number), f"{name}: {phrase!r} is given twice")
        seen.add(phrase)


def _read(path: Path) -> Document:
    return strictyaml.load_kept([path])[0]


@lru_cache(maxsize=1)
def cue_classes() -> Mapping[str, str]:
    """Every cue class that a language may fill, with what it is for (classes.yaml)."""
    document = _read(FOLDER / "classes.yaml")
    if not isinstance(document.data, dict):
        raise StrictError(document.path, 1, 1, "a mapping of class names to what they are for")
    return document.data


@lru_cache(maxsize=1)
def common_acronyms() -> Acronyms:
    """The acronyms that clients of any language know."""
    return _read(FOLDER / "acronyms.yaml").validate(Acronyms)


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Codes of the registered languages: the folders of lexicons/."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/language.yaml")))


@lru_cache(maxsize=16)
def lexicon(code: str) -> Lexicon:
    """The lexicon of a registered language; KeyError for others."""
    if code not in languages():
        raise KeyError(code)
    return Lexicon(code, FOLDER / code)
