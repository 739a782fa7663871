"""Puts shown text together from pieces of HTML: blank space collapses, line ends are owed until text follows."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass
class Writer:
    """Puts text together, collapsing blank space, and notes runs of characters that stand in the source unchanged."""

    parts: list[str] = field(default_factory=list)
    runs: list[tuple[int, int, int]] = field(default_factory=list)
    length: int = 0
    #: Line ends at the end of what is written, those still owed, and whether a space is.
    ends: int = 2
    owed: int = 0
    space: int = -2

    def write(self, text: str, source: int = -1) -> None:
        """Add text without blank space; `source` is its place there, -1 where it was made."""
        self.flush()
        if source >= 0 and text:
            last = self.runs[-1] if self.runs else None
            if last and last[0] + last[2] == self.length and last[1] + last[2] == source:
                self.runs[-1] = (last[0], last[1], last[2] + len(text))
            else:
                self.runs.append((self.length, source, len(text)))
        self.parts.append(text)
        self.length += len(text)
        self.ends = 0

    def flush(self) -> None:
        """Write the line ends or the space that are owed."""
        if self.owed:
            missing = max(0, self.owed - self.ends) if self.length else 0
            if missing:
                self.parts.append("\n" * missing)
                self.length += missing
                self.ends += missing
            self.owed, self.space = 0, -2
        if self.space > -2:
            place, self.space = self.space, -2
            if not self.ends:
                self.write(" ", place)

    def newline(self) -> None:
        """A line break that was written as such."""
        self.flush()
        self.space = -2
        if self.length:
            self.parts.append("\n")
            self.length += 1
            self.ends += 1

    def owe(self, lines: int) -> None:
        """At least so many line ends before the next text."""
        self.owed = max(self.owed, lines)
        self.space = -2

    def blank(self, source: int) -> None:
        """Collapsed blank space; `source` tells where it is a single space there, -1 where not."""
        if not self.ends and not self.owed:
            self.space = source if self.space == -2 else -1
