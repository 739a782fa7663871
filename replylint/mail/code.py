"""Finds code and logs in a body: fenced blocks, stack traces, indented listings."""

from __future__ import annotations

import re

from replylint.mail.lines import Line

_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})[^`]*$")
_TRACE = re.compile(
    r"\s*(?:Traceback \(most recent call last\)|File \"[^\"]+\", line \d+|at [\w$.<>]+\([^()]*\)|"
    r"\s*\.\.\. \d+ more|Caused by: [\w.]+|[\w.]+(?:Exception|Error)(?:: |$)|goroutine \d+|#\d+ +0x[0-9a-f]+)"
)
_LOG = re.compile(r"\s*\[?\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d")
_CODE_SIGNS = re.compile(r"[{};=()<>\[\]|&$#\\]|::|->|^\s*(?:\$|>>>|#!?)\s")


def mark(lines: list[Line]) -> None:
    """Set the kind of lines of code; a fence that is never closed is none."""
    fence = ""
    begin = 0
    for index, line in enumerate(lines):
        match = _FENCE.match(line.text) if "`" in line.text or "~" in line.text else None
        if not match:
            continue
        if not fence:
            fence, begin = match[1], index
        elif match[1].startswith(fence) and line.text.strip() == match[1]:
            _set(lines[begin : index + 1])
            fence = ""
    _listings(lines)


def _set(lines: list[Line]) -> None:
    for line in lines:
        if line.kind is None:
            line.kind = "code"
    if lines:
        lines[0].breaks = True


def _listings(lines: list[Line]) -> None:
    """Stack traces and logs of two lines or more, and indented stretches that look like a program."""
    index = 0
    while index < len(lines):
        if lines[index].kind is not None or lines[index].blank:
            index += 1
            continue
        end = index
        while end < len(lines) and not lines[end].blank and lines[end].kind is None:
            end += 1
        chunk = lines[index:end]
        traced = [bool(_TRACE.match(line.text) or _LOG.match(line.text)) for line in chunk]
        if sum(traced) > 1:
            first = traced.index(True)
            last = len(traced) - traced[::-1].index(True)
            _set(chunk[first:last])
        elif all(line.text.startswith(("    ", "\t")) for line in chunk):
            signs = sum(1 for line in chunk if _CODE_SIGNS.search(line.text))
            if signs * 2 > len(chunk):
                _set(chunk)
        index = end
