"""Bytes to text when the label may be missing or wrong."""

from __future__ import annotations

import codecs
import quopri
import re

#: Labels that mean more than they say: real mail labelled Latin-1 or ASCII holds the characters of Windows-1252.
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "cp932": "cp932",
    "shift_jis": "cp932",
    "iso8859-9": "cp1254",
    "tis_620": "cp874",
}
_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: Single-byte sets of the languages served, the likeliest first.
_GUESSES = ("cp1251", "cp1252", "koi8-u", "cp1257", "iso8859-15", "iso8859-5", "cp866", "iso8859-4")
_SAMPLE = 20_000
#: The commonest letters beyond ASCII, Cyrillic and Latin: a wrong guess seldom hits them.
_COMMON = frozenset("оеаинтсрвлкмдупяьзгбiіїєõäöüšžéèàáíóçñåøæß")
_SIGNS = frozenset("«»„“”‘’–—…№§°€£·•­ ©®±×")


def lookup(label: str) -> str:
    """The codec of a charset label, "" where there is none that makes text of bytes."""
    try:
        name = codecs.lookup(label.strip().strip("\"'").lower().removeprefix("x-").replace("_", "-") or "?").name
        "".encode(name)
    except (LookupError, UnicodeError, ValueError, TypeError):
        return ""
    return _WIDER.get(name, name)


def decode(data: bytes, label: str = "") -> str:
    """The text of `data`; never fails. The label is believed unless the bytes speak plainly against it."""
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(name, "replace")
    codec = lookup(label)
    if not codec.startswith(("utf-16", "utf-32")):
        if data.isascii() and codec not in ("utf-7", "iso2022_jp", "iso2022_kr", "hz", "iso2022_jp_2"):
            wide = _utf16(data)
            return data.decode(wide, "replace") if wide else data.decode("ascii")
        if codec not in ("gb18030", "cp932", "big5", "euc_jp", "cp949"):
            try:
                # valid UTF-8 with letters beyond ASCII does not happen by chance
                return data.decode("utf-8")
            except UnicodeDecodeError:
                pass
            wide = "" if codec and codec != "utf-8" else _utf16(data)
            if wide:
                return data.decode(wide, "replace")
    if not codec or codec == "utf-8":
        return _guess(data, nearly_utf8=True)
    try:
        text = data.decode(codec)
    except (UnicodeDecodeError, ValueError):
        return _guess(data, codec)
    if codec in _GUESSES or codec == "koi8-r":
        best = _guess(data, codec)
        # a label is overruled only where it makes gibberish
        return best if _score(text) < 0 < _score(best) else text
    return text


def _utf16(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of the sample is the same few high bytes, mostly NUL."""
    sample = data[:2000]
    if len(sample) < 8 or b"\0" not in sample:
        return ""
    # the high bytes of Latin letters and blanks are 0, of Cyrillic letters 4
    even, odd = (sum(half.count(byte) for byte in (0, 1, 4)) / len(half) for half in (sample[0::2], sample[1::2]))
    if odd > 0.7 and even < 0.1:
        return "utf-16-le"
    if even > 0.7 and odd < 0.1:
        return "utf-16-be"
    return ""


def _guess(data: bytes, label: str = "", nearly_utf8: bool = False) -> str:
    """The reading with the likeliest letters; UTF-8 where only a few bytes of it are broken."""
    if nearly_utf8:
        text = data.decode("utf-8", "replace")
        broken = text.count("�")
        good = sum(1 for char in text[:_SAMPLE] if char > "\x7f" and char != "�")
        if good > broken * 3:
            return text
    sample = data[:_SAMPLE]
    names = dict.fromkeys((label, *_GUESSES) if label else _GUESSES)
    best = max(names, key=lambda name: _score(sample.decode(name, "replace")))
    return data.decode(best, "replace")


_SOFT_BREAK = re.compile(r"=\r?\n")
_ESCAPED = re.compile(r"=(?:[C-F][0-9A-F]=[89AB][0-9A-F]|3D|20\r?\n|E2=80=[0-9A-F]{2})")


def undo_quoted_printable(text: str) -> str:
    """Text that was saved with its quoted-printable encoding still on, decoded; any other as it is."""
    if "=" not in text or not _SOFT_BREAK.search(text) or not _ESCAPED.search(text):
        return text
    data = quopri.decodestring(text.encode("utf-8", "replace"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return text


_RAISED = re.compile(r"[a-zà-ÿа-яё][A-ZÀ-ÞА-Я]")
_MIXED = re.compile(r"[a-zA-Z][а-яА-Я]|[а-яА-Я][a-zA-Z]|[à-öø-ÿÀ-ÖØ-Þ]{3}")


def _score(text: str) -> float:
    """How much the characters beyond ASCII look like those of a language; negative for gibberish."""
    sample = text[:_SAMPLE]
    total = 0.0
    for char in sample:
        if char > "\x7f":
            if char in _COMMON:
                total += 1
            elif char.isalpha():
                total += 0.4 if "а" <= char <= "я" or "А" <= char <= "Я" else -0.5
            elif char not in _SIGNS:
                total -= 2
    return total - 2 * len(_RAISED.findall(sample)) - 2 * len(_MIXED.findall(sample))
