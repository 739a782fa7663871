"""What keys, card numbers, bank accounts and inner addresses look like. Syntax alone: no word of any language.

Detector libraries were tried and did not fit: they are made for source code (in prose every other word is a finding to
them), know neither cards nor accounts, and bring a network client along.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Found:
    """What looks like a secret: its place, its sort (card, iban, key, address), what to call it, how surely."""

    start: int
    end: int
    sort: str
    what: str
    sure: bool = True


#: What to call it → how it begins and goes on. Prefixes that the issuers publish; lengths are theirs or a bit less.
_KEYS = {
    "a private key": r"-----BEGIN (?:[A-Z]{2,10} ){0,2}PRIVATE KEY(?: BLOCK)?-----",
    "an AWS key": r"\b(?:AKIA|ASIA|ABIA|ACCA)[0-9A-Z]{16}\b",
    "a GitHub token": r"\b(?:gh[pousr]_[A-Za-z0-9]{30,255}|github_pat_[A-Za-z0-9_]{22,255})",
    "a GitLab token": r"\bgl(?:pat|dt|rt|ptt|soat)-[\w-]{20,64}",
    "a Slack token": r"\bxox[abeoprs]-(?:\d-)?[\w-]{10,200}",
    "a Slack webhook": r"\bhooks\.slack\.com/(?:services|workflows)/[\w/]{20,120}",
    "a Stripe key": r"\b(?:[sr]k_(?:live|test)|whsec)_[A-Za-z0-9]{16,255}",
    "a Google key": r"\b(?:AIza[\w-]{35}|ya29\.[\w-]{20,255}|GOCSPX-[\w-]{20,64})",
    "an AI service's key": r"\b(?:sk-(?:proj-|ant-(?:api\d\d-)?|svcacct-)?[\w-]{20,255}|hf_[A-Za-z0-9]{30,64})",
    "a SendGrid key": r"\bSG\.[\w-]{16,32}\.[\w-]{32,64}",
    "a Mailchimp or Mailgun key": r"\b(?:[0-9a-f]{32}-us\d{1,2}|key-[0-9a-f]{32})\b",
    "a Twilio key": r"\bSK[0-9a-f]{32}\b",
    "a Telegram bot's token": r"\b\d{8,10}:AA[\w-]{32,34}",
    "an npm or PyPI token": r"\b(?:npm_[A-Za-z0-9]{36}|pypi-[\w-]{50,255})",
    "a cloud provider's token": r"\b(?:do[opr]_v1_[0-9a-f]{64}|AccountKey=[A-Za-z0-9+/]{86}==|hv[sb]\.[\w-]{24,200})",
    "a shop system's token": r"\b(?:shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}|sq0(?:atp|csp)-[\w-]{22,43})",
    "a signed token": r"\beyJ[\w-]{8,2000}\.eyJ[\w-]{8,4000}\.[\w-]{10,1000}",
    "an access token": r"\b[Bb]earer[ \t]+(?=[\w.~+/=-]{0,80}\d)[\w.~+/-]{20,1000}=*",
    "a login in a link": r"\b[a-z][a-z+]{2,12}://[^\s/:@<>\"']{1,64}:"
    r"(?!(?:pass\w*|pwd|secret|token|x+)@)[^\s/:@<>\"'{}\[\]*•]{2,64}@[\w.-]{3,200}",
    "a key in a link": r"(?<=[?&])(?:api_?key|access_token|(?:client_)?secret|password|passwd|pwd)=[\w.%+/-]{6,255}",
}
_KEY = re.compile("|".join(f"(?P<k{n}>{pattern})" for n, pattern in enumerate(_KEYS.values())))
_KEY_NAMES = tuple(_KEYS)
#: What one of the keys must hold: so that most texts are done with at a glance.
_KEY_HINT = re.compile(r"[A-Za-z\d_-]{16}|://[^\s/]{1,64}:[^\s/]{1,64}@|[?&][a-z_]{3,13}=|-----BEGIN|[Bb]earer ")

_DIGITS = re.compile(r"(?<![\w+,.-])\d(?:[ \u00a0\u202f-]?\d){13,18}(?![\w-])(?![.,]\d)")
#: Issuers' first digits → lengths of their numbers. Thirteen digits are barcodes today.
_ISSUERS = (
    (re.compile(r"4"), (16, 19)),
    (re.compile(r"5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720"), (16,)),
    (re.compile(r"3[47]"), (15,)),
    (re.compile(r"6011|64[4-9]|65"), (16, 19)),
    (re.compile(r"35(?:2[89]|[3-8])"), (16,)),
    (re.compile(r"30[0-5]|3[68]"), (14,)),
    (re.compile(r"50(?:18|20|38)|6304|67(?:59|6[1-3])"), (16, 18, 19)),
    (re.compile(r"62"), (16, 17, 18, 19)),
    (re.compile(r"220[0-4]|9792"), (16,)),
)
#: Cards are printed in fours; American Express and Diners otherwise.
_PRINTED = re.compile(r"\d{4}([ \u00a0\u202f-])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ \u00a0\u202f-])\d{6}\2\d{4,5}")

_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ \u00a0\u202f]?[A-Z0-9]){11,30}\b")
#: ISO 13616 registry: country → length.
_IBAN_LENGTHS = {
    15: "NO", 16: "BE", 18: "DK FI FO GL NL SD FK", 19: "MK SI", 20: "AT BA EE KZ LT LU MN XK",
    21: "CH HR LI LV", 22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ OM SO TL",
    24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR", 27: "BI DJ FR GR IT MC MR SM",
    28: "AL AZ BY CY DO GT HU LB NI PL SV", 29: "BR EG PS QA UA", 30: "JO KW MU", 31: "MT SC", 32: "LC", 33: "RU",
}  # fmt: skip
_LENGTH_OF = {country: length for length, countries in _IBAN_LENGTHS.items() for country in countries.split()}

_ENDING = r"(?::\d{2,5})?(?:/[^\s<>\"«»“”]{0,300}[^\s<>\"«»“”.,;:!?)\]}'…])?"
_LABEL = r"[a-z0-9][a-z0-9_-]{0,62}"
_ADDRESS = re.compile(
    rf"""
    (?P<ip>(?<![\w.@:-])(?:[a-z]{{2,6}}://)?(?P<number>(?:\d{{1,3}}\.){{3}}\d{{1,3}})(?![\w-]|\.\w){_ENDING})
  | (?P<host>(?<![\w@./\\~-])(?:[a-z]{{2,6}}://)?(?:{_LABEL}\.){{1,6}}
        (?:local|localdomain|internal|intranet|intra|corp|lan)(?![\w-]|\.\w){_ENDING})
  | (?P<inner>(?<![\w@./\\~-])(?:[a-z]{{2,6}}://)?(?:{_LABEL}\.){{0,3}}
        (?:intranet|internal|corp|lan|{_LABEL}\.int)\.(?:{_LABEL}\.){{1,3}}[a-z]{{2,12}}(?![\w-]|\.\w){_ENDING})
  | (?P<bare>(?<![\w/])(?:https?|ftp|smb)://{_LABEL}(?![\w.@-]|:[^\d]){_ENDING})
  | (?P<share>(?<![\w\\])\\\\[\w.-]{{2,60}}\\[\w$.\\-]{{0,150}}[\w$])
  | (?P<machine>(?<![\w@./-])(?:db|sql|srv|prod|app|web|k8s|vm)-(?:[a-z0-9]{{1,12}}-){{1,3}}\d{{1,3}}(?![\w-]|\.\w))
    """,
    re.VERBOSE | re.IGNORECASE,
)

#: One of these stands in every text that _ADDRESS finds anything in.
_ADDRESS_HINT = re.compile(
    r"://|\\\\|\d\.\d{1,3}\.\d|\.(?:local|int)|\b(?:intra|intranet|internal|corp|lan)(?:\.|\b)|(?:-\w{1,12}){1,3}-\d",
    re.IGNORECASE,
)


def keys(text: str, start: int, end: int) -> Iterator[Found]:
    """Keys and tokens of the well-known kinds."""
    if _KEY_HINT.search(text, start, end):
        for match in _KEY.finditer(text, start, end):
            number = next(n for n in range(len(_KEY_NAMES)) if match[f"k{n}"])
            yield Found(match.start(), match.end(), "key", _KEY_NAMES[number])


def cards(text: str, start: int, end: int) -> Iterator[Found]:
    """Numbers of payment cards: a known issuer, its length, and the check digit; not sure where not printed as such."""
    for match in _DIGITS.finditer(text, start, end):
        digits = re.sub(r"\D", "", match[0])
        known = any(first.match(digits) and len(digits) in lengths for first, lengths in _ISSUERS)
        if known and _luhn(digits):
            yield Found(*match.span(), "card", "a payment-card number", bool(_PRINTED.fullmatch(match[0])))


def _luhn(digits: str) -> bool:
    doubled = (sum(divmod(2 * int(d), 10)) for d in digits[-2::-2])
    return (sum(int(d) for d in digits[-1::-2]) + sum(doubled)) % 10 == 0 and len(set(digits)) > 1


def ibans(text: str, start: int, end: int) -> Iterator[Found]:
    """Bank accounts: a country of the registry, its length, and the check digits (ISO 7064, mod 97)."""
    for match in _IBAN.finditer(text, start, end):
        length = _LENGTH_OF.get(match[0][:2])
        stop = match.start()
        for _ in range(length or 0):
            while stop < end and not text[stop].isalnum():
                stop += 1
            stop += 1
        code = re.sub(r"\W", "", text[match.start() : stop])
        if length and stop <= match.end() and (stop >= end or not text[stop].isalnum()):
            number = int("".join(str(int(char, 36)) for char in code[4:] + code[:4]))
            if number % 97 == 1:
                yield Found(match.start(), stop, "iban", "an IBAN that the client did not write")


def addresses(text: str, start: int, end: int) -> Iterator[Found]:
    """Addresses that only work inside a house: private networks, inner names, bare host names, shares."""
    for match in _ADDRESS.finditer(text, start, end) if _ADDRESS_HINT.search(text, start, end) else ():
        if match["ip"] and not _is_private(match["number"]):
            continue
        if match["bare"] and re.match(r"\w+://localhost\b", match[0], re.IGNORECASE):
            continue
        yield Found(*match.span(), "address", "an internal address", match["machine"] is None)


def _is_private(address: str) -> bool:
    first, second, *rest = (int(part) for part in address.split("."))
    if any(part > 255 for part in (first, second, *rest)):
        return False
    return first == 10 or (first == 172 and 16 <= second < 32) or (first == 192 and second == 168)
