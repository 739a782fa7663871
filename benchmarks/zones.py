"""How well the author's own words are told from quotes, signatures and disclaimers.

    python benchmarks/zones.py [--cases FOLDER] [--fixtures FOLDER] [--each N] [--failures N]

Wraps the replies of the labelled cases as each mail program would send them (styles × languages × where people answer ×
plain and HTML) and prints the share whose own words are read exactly right. With `--fixtures` (a folder with
`reply_trimmer_gold/emails` and `trimmed`), the same for those, and other libraries beside it where they are installed;
of the folders beside that one it counts the quoted lines left over. `--fuzz N` reads N broken mails and
counts exceptions; `--large` reads an HTML mail of 10 MB and says what that takes.
"""

from __future__ import annotations

import argparse
import html
import random
import re
import resource
import textwrap
import time
from collections import defaultdict
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import yaml

from replylint.mail.read import ReadError, read, read_bytes
from replylint.mail.zones import own_text, zones

HERE = Path(__file__).parent
US = "help@ours.example"


@dataclass(frozen=True)
class Made:
    """A mail and what its author wrote."""

    style: str
    language: str
    position: str
    form: str
    data: bytes
    own: str


def squeeze(text: str) -> str:
    """Text without regard to line breaks, which wrapping and HTML change."""
    return " ".join(text.split())


def letter(case: dict[str, Any]) -> list[str] | None:
    """The paragraphs of a reply without closing and name; None for replies that will not do (with their own quotes)."""
    paragraphs = [part for part in case["reply"].strip().split("\n\n") if part.strip()]
    last = paragraphs[-1].split("\n") if paragraphs else []
    original = (case.get("original") or "").strip()
    if len(paragraphs) < 3 or len(last) > 3 or any(len(line) > 60 for line in last) or not original:
        return None
    if any(line.startswith(">") for line in case["reply"].split("\n")):
        return None
    if len(last) == 1:  # the closing stands in a paragraph of its own
        paragraphs.pop()
    return paragraphs[:-1] or None


def quoted(text: str, marks: str, wrap: int) -> str:
    """A client's message as a program quotes it."""
    lines = []
    for line in text.strip().split("\n"):
        lines += textwrap.wrap(line, wrap) or [""] if wrap and marks else [line]
    return "\n".join((marks + line).rstrip() if marks else line for line in lines)


def as_html(text: str, style: str) -> str:
    """Plain paragraphs as HTML in the way of one program."""
    parts = [html.escape(part).replace("\n", "<br>") for part in text.split("\n\n")]
    if style == "outlook":
        return "".join(f"<p class=MsoNormal>{part}</p><p class=MsoNormal>&nbsp;</p>" for part in parts)
    if style == "gmail":
        return "<div><br></div>".join(f"<div>{part}</div>" for part in parts)
    return "".join(f"<p>{part}</p>" for part in parts)


def html_quote(header: str, quote: str, style: str) -> str:
    """The quote with its header in HTML."""
    head, inner = html.escape(header).replace("\n", "<br>"), as_html(quote, style)
    if style == "gmail":
        attribution = f'<div dir="ltr" class="gmail_attr">{head}<br></div>'
        return f'<br><div class="gmail_quote">{attribution}<blockquote class="gmail_quote">{inner}</blockquote></div>'
    if style == "outlook":
        rows = "<br>".join(
            f"<b>{html.escape(a)}:</b>{html.escape(b)}" if b else html.escape(a)
            for a, _, b in (line.partition(":") for line in header.split("\n") if not line.startswith("___"))
        )
        border = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0cm 0cm 0cm"
        return f"<div style='{border}'><p class=MsoNormal>{rows}</p></div><p class=MsoNormal>&nbsp;</p>{inner}"
    if style == "plain":
        return f"<div><br></div><div>{head}</div><div><br></div>{inner}"
    return f'<div class="moz-cite-prefix">{head}</div><blockquote type="cite">{inner}</blockquote>'


def make(
    case: dict[str, Any],
    language: str,
    name: str,
    style: dict[str, Any],
    ending: dict[str, Any],
    position: str,
    form: str,
    rng: random.Random,
) -> Made | None:
    """One mail, or None where the case will not do."""
    body = letter(case)
    if body is None:
        return None
    who = {
        "name": rng.choice(["Dana Reyes", "Олена Ткачук", "Пётр Ильин", "Mari-Liis Õun"]),
        "address": "d.reyes@client.example",
    }
    header = style[language].format(**who, subject="Order 4471", us=US)
    if style.get("wrap") and form == "plain":
        header = "\n".join(textwrap.fill(line, style["wrap"], break_long_words=False) for line in header.split("\n"))
    closing, signed = rng.choice(ending["closings"]), rng.choice(ending["names"])
    signature = [signed, *(ending["contacts"][: rng.randint(0, 4)] if style["html"] != "cite" else [])]
    end = f"{closing}\n" + "\n".join(signature)
    if style.get("delimiter"):
        end = f"{closing}\n{signed}\n\n-- \n" + "\n".join([signed, *ending["contacts"]])
    if style.get("device"):
        end += "\n\n" + ending["device"]
    disclaimer = "\n\n" + ending["disclaimer"] if style["html"] == "outlook" and rng.random() < 0.3 else ""
    original = case["original"].strip()
    own = squeeze("\n\n".join([*body, closing]))
    plain, marked = form == "plain", style["marks"]

    def show(text: str) -> str:
        return text if plain else as_html(text, style["html"])

    def quote(text: str, head: str) -> str:
        if not plain:
            return (
                html_quote(head, text, style["html"])
                if head
                else f'<blockquote type="cite">{as_html(text, style["html"])}</blockquote>'
            )
        lines = quoted(text, marked, style.get("wrap", 0))
        if head and style.get("inside"):
            return "> " + head + "\n> \n" + lines
        return f"{head}\n\n{lines}" if head and marked != "> " else f"{head}\n{lines}" if head else lines

    join = "\n\n" if plain else ""
    if position == "top":
        parts = [show("\n\n".join([*body, end]) + disclaimer), quote(original, header)]
    elif position == "bottom":
        parts = [quote(original, header), show("\n\n".join([*body, end]))]
    else:
        halves = original.split("\n\n")
        middle = max(1, len(halves) // 2)
        cut = max(1, len(body) // 2)
        parts = [quote("\n\n".join(halves[:middle]), header), show("\n\n".join(body[:cut]))]
        if halves[middle:]:
            parts.append(quote("\n\n".join(halves[middle:]), ""))
        parts.append(show("\n\n".join([*body[cut:], end])))
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = (
        f"{signed} <{US}>",
        f"{who['name']} <{who['address']}>",
        "Re: Order 4471",
    )
    mail.set_content(join.join(parts) + "\n", subtype="plain" if plain else "html")
    return Made(name, language, position, form, mail.as_bytes(), own)


def generate(cases: Path, each: int) -> list[Made]:
    """Every style × language × position × form, `each` replies of each."""
    styles = yaml.safe_load((HERE / "mail_styles.yaml").read_text(encoding="utf-8"))
    endings = yaml.safe_load((HERE / "mail_endings.yaml").read_text(encoding="utf-8"))
    rng = random.Random(4)
    made = []
    for language, ending in endings.items():
        pool = [one for one in yaml.safe_load((cases / f"{language}.yaml").read_text(encoding="utf-8")) if letter(one)]
        for name, style in styles.items():
            for position in style["positions"]:
                for form in ("plain", "html"):
                    for case in rng.sample(pool, min(each, len(pool))):
                        one = make(case, language, name, style, ending, position, form, rng)
                        if one:
                            made.append(one)
    return made


def generated(cases: Path, each: int, show: int) -> None:
    """Print the table of the generated mails."""
    mails = generate(cases, each)
    right: dict[tuple[str, str], list[bool]] = defaultdict(list)
    began = time.perf_counter()
    for mail in mails:
        message = read_bytes(mail.data, kind="eml")
        got = squeeze(own_text(message, zones(message)))
        good = got == mail.own
        for key in (mail.language, f"{mail.position}, {mail.form}", "all"):
            right[mail.style, key].append(good)
            right["all", key].append(good)
        if not good and show > 0:
            show -= 1
            print(f"--- {mail.style} {mail.language} {mail.position} {mail.form}")
            print(f"  want {mail.own[:60]} … {mail.own[-150:]}\n  got  {got[:60]} … {got[-150:]}")
    took = time.perf_counter() - began
    columns = [
        "en",
        "ru",
        "uk",
        "et",
        *(f"{p}, {f}" for p in ("top", "bottom", "interleaved") for f in ("plain", "html")),
        "all",
    ]
    print(f"{'style':16}" + "".join(f"{column.replace('interleaved', 'between'):>16}" for column in columns))
    for style in [*dict.fromkeys(mail.style for mail in mails), "all"]:
        cells = [right.get((style, column)) for column in columns]
        print(f"{style:16}" + "".join(f"{100 * sum(c) / len(c):15.1f}%" if c else f"{'–':>16}" for c in cells))
    print(f"{len(mails)} mails, {1000 * took / len(mails):.2f} ms each (reading and zones)")


def gold(folder: Path, show: int) -> None:
    """Print the share of the gold mails whose own words are exactly right, beside other libraries."""
    pairs = [(path, folder / "trimmed" / path.name) for path in sorted((folder / "emails").iterdir())]
    pairs = [(path, want) for path, want in pairs if want.exists()]
    counts: dict[str, int] = defaultdict(int)
    for path, want in pairs:
        expected = want.read_text(encoding="utf-8").replace("\r\n", "\n").strip()
        message = read(path)
        got = own_text(message, zones(message)).strip()
        counts["replylint"] += got == expected
        if got != expected and show > 0:
            print(f"--- {path.name}\n  want {expected[:200]!r}\n  got  {got[:200]!r}")
        for name, other in others().items():
            try:
                counts[name] += squeeze(other(message.body)) == squeeze(expected)
            except Exception as fault:  # other people's code
                print(f"{name} on {path.name}: {fault!r}")
    for name, count in counts.items():
        print(f"gold mails read exactly right, {name}: {count} of {len(pairs)} ({100 * count / len(pairs):.1f} %)")


QUOTED = re.compile(r"\s*(?:>|On .{10,90} wrote:\s*$|-{3,} ?(?:Original|Forwarded) [Mm]essage|From: .*<|Sent: .*\d)")


def left_over(folder: Path, show: int) -> None:
    """Print how many quoted lines, attributions and headers of quotes stand in what is read as the author's words."""
    for group in sorted(path for path in folder.iterdir() if path.is_dir() and path.name != "reply_trimmer_gold"):
        mails = lines = 0
        for path in sorted(group.rglob("*")):
            if path.suffix not in (".eml", ".html", ".txt") or path.name == "ORIGIN.txt" or "signature" in path.parts:
                continue
            message = read(path)
            mails += 1
            for line in own_text(message, zones(message)).split("\n"):
                if QUOTED.match(line):
                    lines += 1
                    if show > 0:
                        print(f"--- {path.name}: {line[:100]}")
        print(f"quoted lines left in {mails} mails of {group.name}: {lines}")


def fuzz(count: int, cases: Path) -> None:
    """Print how many broken mails were read, refused with a reason, and ended in an exception."""
    rng = random.Random(7)
    seeds = [mail.data for mail in generate(cases, 1)]
    odd = [
        b"\x00",
        b"\xff",
        b"\r",
        b"\n\n",
        b"\x1b[31m",
        b"=?utf-8?B?",
        b"Content-Type: ",
        b"--b",
        b">" * 300,
        b"<" * 50,
    ]
    outcome: dict[str, int] = defaultdict(int)
    for _ in range(count):
        data = bytearray(rng.choice(seeds))
        for _ in range(rng.randint(1, 12)):
            place = rng.randrange(len(data) + 1)
            way = rng.randrange(4)
            if way == 0:
                data[place : place + rng.randint(1, 40)] = b""
            elif way == 1:
                data[place:place] = rng.choice(odd)
            elif way == 2:
                data[place:place] = rng.randbytes(rng.randint(1, 20))
            else:
                other = rng.choice(seeds)
                data[place:place] = other[rng.randrange(len(other)) :][:400]
        try:
            message = read_bytes(bytes(data), kind=rng.choice([None, "eml", "txt", "md", "html"]))
            own_text(message, zones(message))
            outcome["read"] += 1
        except ReadError:
            outcome["refused with a reason"] += 1
        except Exception as fault:  # what is counted here
            outcome[f"exception {type(fault).__name__}"] += 1
    print(f"{count} broken mails: " + ", ".join(f"{number} {what}" for what, number in sorted(outcome.items())))


def large() -> None:
    """Print what an HTML mail of 10 MB takes: time, and memory at its peak."""
    row = (
        '<tr><td style="font-family:Arial,sans-serif;font-size:14px;padding:8px 16px;border-bottom:1px solid #e5e5e5">'
        '<p class="MsoNormal" style="margin:0 0 8px 0">Order {0} of the spring sale leaves on Friday &amp; arrives on '
        'Monday; <a href="https://shop.example/orders/{0}?utm_source=mail">see it here</a>.</p></td></tr>\n'
    )
    rows = "".join(row.format(number) for number in range(10 * 1024 * 1024 // len(row)))
    data = b"From: a@b.c\nSubject: x\nContent-Type: text/html; charset=utf-8\n\n<html><body><table>" + rows.encode()
    began = time.perf_counter()
    message = read_bytes(data, kind="eml")
    read_in = time.perf_counter() - began
    blocks = zones(message)
    took = time.perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"HTML mail of {len(data) / 1048576:.1f} MB: {read_in:.1f} s to text ({len(message.body) / 1e6:.1f} million "
        f"characters), {took:.1f} s with zones ({len(blocks)} blocks), {peak} MiB at the peak"
    )


def others() -> dict[str, Any]:
    """Other libraries that are installed, each as a function from body to the author's text."""
    found: dict[str, Any] = {}
    try:
        from mailparser_reply import EmailReplyParser

        found["mail-parser-reply"] = lambda body: EmailReplyParser().parse_reply(text=body)
    except ImportError:
        pass
    try:
        import quotequail

        found["quotequail"] = lambda body: "\n".join(part for mine, part in quotequail.quote(body) if mine)
    except ImportError:
        pass
    return found


def main() -> None:
    """Read the options and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path, default=HERE / "cases", help="folder with en.yaml, ru.yaml …")
    parser.add_argument("--fixtures", type=Path, help="folder with reply_trimmer_gold/")
    parser.add_argument("--each", type=int, default=6, help="replies of each style, language, position and form")
    parser.add_argument("--failures", type=int, default=0, help="show so many failures")
    parser.add_argument("--fuzz", type=int, default=0, metavar="N", help="read so many broken mails, and nothing else")
    parser.add_argument("--large", action="store_true", help="read an HTML mail of 10 MB, and nothing else")
    options = parser.parse_args()
    if options.fuzz or options.large:
        if options.large:
            large()
        if options.fuzz:
            fuzz(options.fuzz, options.cases)
        return
    generated(options.cases, options.each, options.failures)
    if options.fixtures:
        gold(options.fixtures / "reply_trimmer_gold", options.failures)
        left_over(options.fixtures, options.failures)


if __name__ == "__main__":
    main()
