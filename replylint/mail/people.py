"""Who is who among the addresses of a mail: which are the same mailbox, which are ours, which are nobody's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pydantic import BaseModel, ConfigDict

from replylint import strictyaml
from replylint.config import Config
from replylint.language.lexicon import FOLDER
from replylint.mail.message import Address, Message
from replylint.mail.words import fold

#: A label of a domain that short is shared by many houses (acme.co.uk, sites.google.com).
_TELLING_LABEL = 5
_PARTS = re.compile(r"[^\W_]+")


class Mailboxes(BaseModel):
    """mailboxes.yaml: what addresses tell of their owners."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    freemail: frozenset[str]
    same_domains: tuple[tuple[str, ...], ...]
    dotless: frozenset[str]
    automatic: frozenset[str]
    lists: tuple[str, ...]
    relays: frozenset[str]
    roles: frozenset[str]
    companies: frozenset[str]

    def is_automatic(self, address: str) -> bool:
        """Whether nobody reads behind an address, or a whole mailing list does."""
        local, _, domain = address.partition("@")
        bare = local.partition("+")[0]
        parts = set(_PARTS.findall(bare))
        if bare in self.automatic or any("-" not in word and word in parts for word in self.automatic):
            return True
        if any(mark in bare for mark in self.automatic if len(mark) > 6):
            return True
        return any(
            domain.startswith(mark) if mark.endswith(".") else domain == mark or domain.endswith("." + mark)
            for mark in self.lists
        )

    def mailbox(self, address: str) -> str:
        """The address in the form in which two addresses of one mailbox are equal: no tag, no dots where they are
        idle.
        """
        local, _, domain = address.strip().lower().partition("@")
        local = local.partition("+")[0] or local
        for same in self.same_domains:
            if domain in same:
                domain = same[0]
        if domain in self.dotless:
            local = local.replace(".", "")
        return f"{local}@{domain}"

    def house(self, address: str) -> str:
        """The domain of a house of its own behind an address; "" for free mail and for none."""
        domain = address.rpartition("@")[2].lower()
        return "" if domain in self.freemail or self.is_relay(address) else domain

    def is_relay(self, address: str) -> bool:
        """Whether an address is a help desk's or a shop's own, that stands for somebody else's."""
        domain = address.rpartition("@")[2].lower()
        return any(domain == relay or domain.endswith("." + relay) for relay in self.relays)

    def is_person(self, one: Address) -> bool:
        """Whether a mailbox carries the name of a person, as far as its display name and local part tell."""
        words = name_words(one.name)
        local = set(_PARTS.findall(one.address.partition("@")[0]))
        return bool(words) and not self.companies & set(words) and not (len(words) == 1 and local & self.roles)


@lru_cache(maxsize=1)
def mailboxes() -> Mailboxes:
    """The data of mailboxes.yaml."""
    return strictyaml.load_kept([FOLDER / "mailboxes.yaml"])[0].validate(Mailboxes)


def name_words(name: str) -> tuple[str, ...]:
    """The words of a display name, folded, the address that some programs repeat there left out."""
    return tuple(word for part in name.split() if "@" not in part for word in _PARTS.findall(fold(part)))


def same_person(one: Address, other: Address) -> bool:
    """Whether two addresses are one mailbox, or carry the same full name."""
    known = mailboxes()
    if known.mailbox(one.address) == known.mailbox(other.address):
        return True
    first, second = set(name_words(one.name)), set(name_words(other.name))
    if len(first) > 1 and first == second:
        return True
    local, other_local = (known.mailbox(a.address).partition("@")[0] for a in (one, other))
    return local == other_local and len(_PARTS.findall(local)) > 1 and not _PARTS.findall(local)[0].isdigit()


def same_house(domain: str, other: str) -> bool:
    """Whether two domains belong to one house: one within the other, or one name under two endings."""
    if not domain or not other:
        return False
    if domain == other or domain.endswith("." + other) or other.endswith("." + domain):
        return True
    labels, others = domain.split("."), other.split(".")
    return labels[0] == others[0] and len(labels) == len(others) == 2 and len(labels[0]) >= _TELLING_LABEL


class Us:
    """Who we are: the addresses of `us` in the config, else those of the reply's own From and its house."""

    def __init__(self, config: Config, reply: Message, original: Message | None = None) -> None:
        known = mailboxes()
        self._config = config
        self._boxes = {known.mailbox(one.address) for one in reply.from_}
        self._houses = set() if config.us else {known.house(one.address) for one in reply.from_} - {""}
        #: Whether we are among those whom the original names: only then it is sure who of them is somebody else.
        self.named = True
        if original is not None:
            reached = (*original.to, *original.cc)
            if not any(self.include(one.address) for one in reached):
                if len(original.to) == 1:
                    # the client can only have written to us; that address is an alias of ours
                    self._boxes.add(known.mailbox(original.to[0].address))
                else:
                    self.named = not reached

    def include(self, address: str) -> bool:
        """Whether an address is ours."""
        known = mailboxes()
        if self._config.is_ours(address) or known.mailbox(address) in self._boxes:
            return True
        house = known.house(address)
        return any(same_house(house, ours) for ours in self._houses)

    def without(self, people: Iterable[Address]) -> list[Address]:
        """Those of the addresses that are not ours."""
        return [one for one in people if not self.include(one.address)]


def reaches(people: Sequence[Address], one: Address) -> bool:
    """Whether one of the people is that person."""
    return any(same_person(other, one) for other in people)


__all__ = ["Mailboxes", "Us", "mailboxes", "name_words", "reaches", "same_house", "same_person"]
