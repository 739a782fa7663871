"""How help desks, mailers and people write placeholders. Syntax alone: no word of any language."""

from __future__ import annotations

import re
from typing import NamedTuple

_IDENT = r"[^\W\d_][\w.\-]{0,60}"
_WORDS = r"[^\W\d_][\w.\-]{0,40}(?:[ ][\w.\-/']{1,40}){0,3}"

#: What is a placeholder whatever it says.
_SURE = rf"""
    \{{\{{[^{{}}\n]{{0,200}}\}}\}}\}}?                    # {{{{ticket.id}}}}, {{{{#if paid}}}}
  | \{{%[^%\n]{{0,200}}%\}}                              # {{% if paid %}}
  | <%[=-]?[^%\n]{{0,200}}%>                             # <%= name %>
  | [$#%]\{{[^\s{{}}\n][^{{}}\n]{{0,80}}\}}              # ${{name}}, %{{name}}, #{{name}}
  | \{{[$!\#:@]{_IDENT}\}}                               # {{$name}}, {{!Contact.Name}}
  | \{{{_WORDS}(?:\|{{1,2}}[\w .'\-]{{0,40}})?\}}      # {{name}}, {{имя клиента}}, {{name|default}}
  | (?<!\w)\{{\d\}}(?!\w)                                # {{0}}
  | \*\|[A-Z][A-Z0-9_:]{{1,40}}\|\*                      # *|FNAME|*
  | (?<![\w%])%\({_IDENT}\)[sd]                          # %(name)s
  | (?<![\w%])%[sd](?![\w%])                             # %s
  | (?<![\w%])%[A-Z][A-Z0-9_.]{{1,40}}(?:\|[^%\n]{{0,30}})?%(?![\w\\])   # %NAME%
  | (?<![\w%])%[a-z][a-z0-9]*[_.][a-z0-9_.]{{1,40}}%(?!\w)               # %first_name%
  | \[\[{_WORDS}\]\]                                     # [[name]]
  | <<{_WORDS}>>                                         # <<name>>
  | «[A-Za-z]{{2,20}}_[A-Za-z_]{{2,40}}»                 # mail merge
  | (?<!\w)(?:@@|\#\#){_IDENT}(?:@@|\#\#)(?!\w)          # ##name##
  | (?<![\w/])__[A-Z][A-Z_]{{1,30}}__(?![\w/])           # __NAME__
  | \[object[ ]Object\]
"""
#: What begins as one and never ends as one, or ends and never began.
_BROKEN = r"""
    \{\{[^{}\n]{0,60}\}(?!\})                             # {{name}
  | (?<!\{)\{[^{}\n]{1,60}\}\}                            # {name}}
  | \{\{[ ]?[\w.#/$-]{0,40}(?:[ ]\w{1,20}(?=[ ]*$))?      # {{name
  | (?<![\w}])[\w.]{1,40}\}\}                             # name}}
  | <%=?[ ]?[\w.]{0,40} | \{%[ ]?[\w. ]{0,40}
  | (?<!\w)\*\|[A-Z]\w{1,40}\|?(?!\*)
"""
#: Bracketed words, which may be a gap or an aside.
_BRACKETS = r"\[(?P<square>[^\[\]\n]{2,80})\](?![(\[:])|<(?P<angle>[^<>\n@:/]{2,50})>|\((?P<round>[^()\n]{3,60})\)"
_GAPS = r"""
    (?<![\w*+#.:/-])(?:[#№][ ]?)?(?:[Xx]{3,12}|[Хх]{3,12})(?![\w*-]|[.:]\w|[ ]?\d)
  | (?<![\w.:/-])(?:[XХ]{2}|\d{2})[./](?:[XХ]{2})[./](?:[XХ]{2,4}|\d{2,4})(?![\w:/-]|\.\w)
  | (?<![\w.:/-])[XХ]{2}[:.][XХ]{2}(?![\w:/-]|\.\w)
  | (?<![\w*+#-])[^\W\d_]{1,5}-[XХ]{3,12}(?![\w*-])
  | [€$£₽₴][ ]?[XХ]{2}(?!\w) | (?<!\w)[XХ]{2}[ ]?[€$£₽₴]
  | (?<![\w_/.@])_{3,60}(?![\w_])
"""
_FLAGS = re.VERBOSE | re.MULTILINE
SYNTAX = re.compile(f"(?P<sure>{_SURE})|(?P<broken>{_BROKEN})|(?P<bracket>{_BRACKETS})|(?P<gap>{_GAPS})", _FLAGS)
#: One of these stands in every text that SYNTAX finds anything in.
HINT = re.compile(r"[{}<\[(%_«]|\*\||@@|##|[Xx]{2}|[Хх]{2}")
INLINE_CODE = re.compile(r"(`{1,2})[^`\n]{1,200}\1")

#: Mistakes in a template: never closed or never opened, nested, of two kinds of bracket, or empty.
MALFORMED = re.compile(
    r"""
    (?P<whole>\{\{\{?[^{}\n]*[^{}\s][^{}\n]*\}\}\}? | \{%[^%{}\n]*[^%{}\s][^%{}\n]*%\} | <%[^%\n]*[^%\s][^%\n]*%>
        | \*\|[A-Z][A-Z0-9_:]*\|\* | [$\#%]\{[^{}\n]*[^{}\s][^{}\n]*\} | \{[$!\#:@][^{}\n]{1,80}\})
  | (?P<broken>\{\{\{?\s*\}{2,3} | \{%\s*%\} | <%=?\s*%> | [$\#%]\{\s*\} | \*\|\s*\|\*
        | \{\{?\[\w[\w. ]{0,40}\}{1,2} | \{\{\w[\w. ]{0,40}[\])]
        | \{\{[ ]*\w[^{}\n<]{0,60}\}(?!\}) | (?<!\{)\{[ ]*\w[^{}\n]{0,60}\}\}
        | \{\{[ ]?[\w.#/$-]{0,40} | (?<![\w}'’])[\w.'’]{0,40}\}\}
        | \{%[ ]?[\w. ]{0,40} | [\w.]{0,40}[ ]?%\} | <%=?[ ]?[\w.]{0,40} | \*\|[A-Z]\w{0,40}
        | [$\#%]\{[\w.]{1,40}(?![\w.}]) | (?<![\w{%$\#])\{\s*\} )
  | (?P<pair>(?<![\w{%$\#])\{[^\W\d_][\w.\- ]{0,60}\})
  | (?P<single>(?<![\w{%$\#:;=8-])\{(?=[^\W\d_])[\w.]{1,40}(?![\w.}|:])
        | (?<![\w{:;=8'’-])[^\W\d_][\w.'’]{0,40}\}(?!\}))
    """,
    re.VERBOSE | re.MULTILINE,
)
#: The blocks of Liquid, Jinja and Handlebars: what opens one, and what closes it.
_BLOCK = re.compile(r"\{%-?\s*(end)?(if|unless|for|case|raw|block|comment|capture|with)\b[^%\n]*%\}"
                    r"|\{\{\s*([#/^])\s*(\w+)[^{}\n]*\}\}")  # fmt: skip


class Gap(NamedTuple):
    """A malformed placeholder: its place and what is wrong with it."""

    start: int
    end: int
    fault: str


def malformed(text: str, start: int, end: int) -> list[Gap]:
    """The malformed placeholders of a stretch, in order."""
    result = []
    for match in MALFORMED.finditer(text, start, end):
        if match["broken"] is not None and match["broken"].strip():
            empty = not re.search(r"\w", match[0])
            is_pair = match[0].endswith("}") and match[0].startswith(("{", "$", "#", "%"))
            fault = "is empty" if empty and is_pair else "is not closed as it was opened"
            result.append(Gap(match.start(), match.start() + len(match[0].rstrip()), fault))
        elif match["single"] is not None:
            fault = "is never closed" if match[0].startswith("{") else "was never opened"
            result.append(Gap(*match.span(), fault))
        elif match["whole"] is not None and re.search(r"\.\.|\.\s*[}|%]", match[0]):
            result.append(Gap(*match.span(), "names nothing after a dot"))
    return sorted([*result, *_unbalanced(text, start, end)])


def _unbalanced(text: str, start: int, end: int) -> list[Gap]:
    """Blocks that are opened and never closed, or the other way round."""
    opened: list[tuple[str, Gap]] = []
    result = []
    for match in _BLOCK.finditer(text, start, end):
        name = match[2] or match[4]
        here = Gap(*match.span(), f"has no {'end' if match[2] else '/'}{name}")
        if not (match[1] or match[3] == "/"):
            if match[3] != "^":
                opened.append((name, here))
        elif opened and opened[-1][0] == name:
            opened.pop()
        else:
            result.append(Gap(*match.span(), "closes a block that is not open"))
    return [*result, *(gap for _, gap in opened)]
