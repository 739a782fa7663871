"""A place in a mail where the author's words end and another's begin."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Found:
    """Lines `first` to `last` that part the author's words from others'.

    An unsure one is believed only above a quote. Below a sure one everything is the other's, marks or none; below a
    lone attribution line or a help desk's marker only where the author's own text stands above it.
    """

    first: int
    last: int
    sure: bool = True
    #: Headers or a separator: what follows is another mail even where nothing stands above.
    block: bool = False
    #: "Sent from my phone": a program writes it at the very end of a letter, so what stands below is an older one.
    phone: bool = False
