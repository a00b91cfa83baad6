"""What may stand in the places of a step: states, days, items, channels, each in words that a lawyer uses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, Final

from comity.law.finding import one_of
from comity.law.state import State, titles
from comity.law.terms import (
    AssetKind,
    Authority,
    Basis,
    ChannelKind,
    CustodianKind,
    DataCategory,
    Reply,
    RequestElement,
    Stage,
    Urgency,
)


class WordError(ValueError):
    """A word of a step that cannot be understood; the message offers what was probably meant."""


@dataclass(frozen=True)
class Field:
    """What may stand in a place of a template: its shape, how it is read (not at all: mere grammar), what it means."""

    shape: str
    read: Callable[[str], Any] | None
    explanation: str


def slug(text: str) -> str:
    """The id that a name stands for: ``the server log`` is ``server-log``."""
    return re.sub(r"[^a-z0-9]+", "-", re.sub(r"^(the|an?) ", "", text.strip('"').lower())).strip("-")


def state(text: str) -> State:
    """A state by its English name or its code.

    Raises:
        WordError: there is no such state.
    """
    bare = text.removeprefix("the ").removeprefix("The ")
    try:
        return State(_codes().get(bare.lower(), bare))
    except ValueError as error:
        raise WordError(str(error).replace("is no ISO 3166 alpha-2 code", "is no state by name or by code")) from None


def states(text: str) -> list[State]:
    """Several states: ``China, Ireland and the United States``.

    Raises:
        WordError: one of them is no state.
    """
    known = "|".join(re.escape(n) for n in sorted([*titles(), *titles().values()], key=len, reverse=True))
    pieces = re.findall(rf"(?:the )?(?:(?:{known})(?=, | and |$)|.+?(?=, | and |$))(?:, | and |$)", text)
    return [state(re.sub(r"(, | and )$", "", piece)) for piece in pieces]


@cache
def _codes() -> dict[str, str]:
    return {name.lower(): code for code, name in titles().items()}


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WordError(f"'{text}' is no date; write year-month-day, such as 2026-08-18") from None


def _choice(known: dict[str, Any]) -> Callable[[str], Any]:
    """Read one of the *known* words, written with or without hyphens."""

    def read(text: str) -> Any:
        bare = re.sub(r"^(an?|the) ", "", text).replace("-", " ")
        if bare not in known:
            raise WordError(f"'{bare}' is not known here; {one_of(bare, known) or 'known are: ' + ', '.join(known)}")
        return known[bare]

    return read


def _closed(*terms: Any, **more: Any) -> dict[str, Any]:
    return {str(term).replace("-", " "): term for term in terms} | {k.replace("_", " "): v for k, v in more.items()}


_WORDS: Final = r"[a-z][a-z0-9/ -]*?"
_NAME: Final = r'(?:the [A-Za-z0-9][\w -]*?|"[^"]+")'
_STATE: Final = r"(?:[Tt]he )?[A-Z][^\"]*?"
_CATEGORIES: Final = {f"{c} data".replace("financial-records data", "financial records"): c for c in DataCategory}
_CHANNELS: Final = _closed(*ChannelKind, mutual_legal_assistance=ChannelKind.MLA)
_STAGES: Final = _closed(*Stage)
_CLAIMS: Final = _closed("held", "barred", "undecided")
_TIMELY: Final = {
    "in time": "yes",
    "in time if the data are preserved": "if-preserved",
    "too late": "no",
    "of unknown duration": "unknown",
}
_STANDING: Final = {
    "given": "held",
    "met by the conduct": "by-conduct",
    "missing": "missing",
    "undecided": "undecided",
    "not known": "unknown",
}
_CONFLICTS: Final = _closed("positive", "negative", "undecided", no="none")


def _custodian(text: str) -> dict[str, Any]:
    kind, _, seat = re.sub(r"^an? ", "", text).partition(" seated in ")
    known = _closed(*CustodianKind, custodian=CustodianKind.UNKNOWN)
    found: dict[str, Any] = {"id": slug(text), "kind": str(_choice(known)(kind))}
    return found | ({"seat": str(state(seat))} if seat else {})


def _elements(text: str) -> list[RequestElement]:
    read = _choice(_closed(*RequestElement))
    return [read(part) for part in re.split(r", | and ", text.replace("subject and reason", "subject-and-reason"))]


def _authority(text: str) -> Authority:
    known = _closed(*Authority, authority=Authority.UNKNOWN)
    found: Authority = _choice(known)(text)
    return found


FIELDS: Final[dict[str, Field]] = {
    "state": Field(_STATE, state, "a state by its English name or its ISO 3166 code: Ireland, the United States, CN"),
    "states": Field(_STATE, states, "one or more states: China, Ireland and the United States"),
    "date": Field(r"[0-9][0-9-]*", _day, "a day: 2026-08-18"),
    "number": Field(r"[0-9]+", int, "a whole number"),
    "authority": Field(
        r"(?:[Tt]he|[Aa]n?) [a-z ]+?",
        lambda text: _authority(text.lower()),
        "the police, a prosecutor, a judge, the central authority, or an authority",
    ),
    "offence": Field(
        r"(?:an?|the)? ?[a-z][a-z -]*?",
        slug,
        "a category of offence by its name in `rules/tables/offences.csv`, with or without an article: cyber fraud; "
        "where the case has only one, also: the offence",
    ),
    "person": Field(
        r'the (?:suspect|victim|witness|account holder)(?: "[^"]+")?',
        lambda text: text,
        "the suspect, the victim, the witness or the account holder; with a name where there are several: "
        'the suspect "K"',
    ),
    "item": Field(_NAME, lambda text: text, 'an item of data, an asset or a person: the mailbox, "the server log"'),
    "category": Field(_WORDS, _choice(_CATEGORIES), ", ".join(_CATEGORIES)),
    "asset": Field(
        _WORDS,
        _choice(_closed(*AssetKind, asset=AssetKind.OTHER)),
        "a bank account, a mule account, a crypto-asset, or an asset",
    ),
    "custodian": Field(
        r"an? [a-z -]+?(?: seated in [^\"]+?)?",
        _custodian,
        "a provider, a financial institution, a company, an individual, a public body or a custodian, and where it has "
        "its seat, if known: a provider seated in Ireland; the same words mean the same custodian",
    ),
    "addressee": Field(
        r"the authorities|an? [a-z -]+?(?: seated in [^\"]+?)?",
        lambda text: None if text == "the authorities" else _custodian(text),
        "the authorities, or a custodian: a provider seated in China",
    ),
    "instrument": Field(r'"[^"]+"', lambda text: text.strip('"'), 'an instrument of the tables: "eu-eio"'),
    "elements": Field(_WORDS.replace("/", "/,"), _elements, ", ".join(_closed(*RequestElement))),
    "reply": Field(
        "|".join(str(word).replace("-", "[ -]") for word in (*Reply, "undecided")),
        slug,
        ", ".join([*_closed(*Reply), "undecided"]),
    ),
    "is": Field(r"(?:is|are)(?: not)?", lambda text: not text.endswith("not"), "is, are, is not, or are not"),
    "was": Field(r"was|was not", lambda text: text == "was", "was, or: was not"),
    "must": Field("must|need not", lambda text: text == "must", "must, or: need not"),
    "consents": Field(r"consents|does not consent", lambda text: text == "consents", "consents, or: does not consent"),
    "urgency": Field(r"[a-z ]+?", _choice(_closed(*Urgency)), "routine, urgent, or an emergency"),
    "stage": Field(_WORDS, _choice(_STAGES), ", ".join(_STAGES)),
    "outcome": Field("convicted|acquitted", str, "convicted, or acquitted"),
    "same": Field("the same|other", lambda text: text == "the same", "the same, or: other"),
    "permission": Field("permitted|refused|undecided", str, "permitted, refused, or undecided"),
    "channel": Field(
        rf"(?:an? )?{_WORDS}", _choice(_CHANNELS), "a way to evidence or to a person: " + ", ".join(_CHANNELS)
    ),
    "of": Field("from|to|in|with", None, "from, to, in, or with, whichever reads well"),
    "are": Field("is|are", None, "is, or are"),
    "status": Field("offered|refused|undecided", str, "offered, refused, or undecided"),
    "article": Field(r'"[^"]+"', lambda text: text.strip('"'), 'an authority and its article, as in rules: "untoc/4"'),
    "text": Field(r'"[^"]+"', lambda text: text.strip('"'), "some words in quotation marks"),
    "file": Field(r'"[^"]+"', lambda text: text.strip('"'), 'a file in the folder of rules: "instruments/treaty.yaml"'),
    "departure": Field("disabled|replaced|added", str, "disabled, replaced, or added"),
    "compared": Field("added|removed|changed|renamed", str, "added, removed, changed, or renamed"),
    "yields": Field("evidence|information only", lambda text: text.split()[0], "evidence, or: information only"),
    "may": Field("may|must|may not", str, "may, must, or may not"),
    "word": Field(_WORDS, slug, "a word that rules use, written with spaces or with hyphens: dual criminality"),
    "timely": Field("|".join(_TIMELY), _TIMELY.__getitem__, ", ".join(_TIMELY)),
    "standing": Field("|".join(_STANDING), _STANDING.__getitem__, ", ".join(_STANDING)),
    "claim": Field("|".join(_CLAIMS), str, "held, barred, or undecided"),
    "basis": Field(_WORDS, _choice(_closed(*Basis)), ", ".join(_closed(*Basis))),
    "conflict": Field(r"(?:an? )?[a-z]+", _choice(_CONFLICTS), "a positive, a negative, an undecided, or no"),
}
"""What may stand in the places of a template."""
