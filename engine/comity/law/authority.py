"""The authorities that rules cite: treaties, statutes, decisions and reports, article by article."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from comity.law import source
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.tables import VERIFIED, day

KINDS: Final = ("treaty", "regulation", "statute", "agreement", "guideline", "case", "report", "initiative")
KEYS: Final = ("title", "citation", "kind", "source", "as_of", "verified", "articles", "note")


@dataclass(frozen=True)
class Article:
    """One article: what it says in plain words, and how well that was verified (yes, partly or no)."""

    says: str
    verified: str


@dataclass(frozen=True)
class Authority:
    """A citable authority; ``as_of`` is the day of the newest source seen, or empty."""

    id: str
    title: str
    citation: str
    kind: str
    source: str
    as_of: str
    verified: str
    articles: dict[str, Article]
    place: Place


def read_authorities(paths: Iterable[Path], known: Container[str] = ()) -> tuple[dict[str, Authority], list[Finding]]:
    """The authorities of the files that exist, later files adding to earlier ones, and what is wrong with them.

    Of an authority that is *known* already, only the articles need be written.
    """
    found: dict[str, Authority] = {}
    findings: list[Finding] = []
    for path in paths:
        if not path.exists():
            continue
        try:
            node = source.read(path)
        except InputError as error:
            findings += error.findings
            continue
        if not isinstance(node, source.Mapping):
            findings.append(Finding(node.place, "A001", "this file holds authorities by their ids"))
            continue
        for key, value in node.pairs:
            authority = _authority(str(key.value), value, findings, known)
            if authority is not None:
                found[authority.id] = authority
    return found, findings


def _authority(id_: str, node: source.Node, findings: list[Finding], known: Container[str]) -> Authority | None:
    if not isinstance(node, source.Mapping):
        findings.append(Finding(node.place, "A001", f"'{id_}' needs title, citation, kind and source"))
        return None
    for key, _ in node.pairs:
        if key.value not in KEYS:
            findings.append(Finding(key.place, "A002", f"unknown key '{key.value}'", one_of(str(key.value), KEYS)))
    text = {name: _text(node, name) for name in KEYS}
    for name in ("title", "citation", "kind", "source"):
        if not text[name] and id_ not in known:
            findings.append(Finding(node.place, "A003", f"'{id_}' has no {name}"))
    if text["kind"] and text["kind"] not in KINDS:
        findings.append(Finding(node.place, "A004", f"'{text['kind']}' is no kind", one_of(text["kind"], KINDS)))
    if text["verified"] and text["verified"] not in VERIFIED:
        hint = one_of(text["verified"], VERIFIED)
        findings.append(Finding(node.place, "A006", f"'{text['verified']}' is not yes, partly or no", hint))
    try:
        day(text["as_of"])
    except ValueError:
        place = next((value.place for key, value in node.pairs if key.value == "as_of"), node.place)
        hint = "write year-month-day, such as 2026-08-18"
        findings.append(Finding(place, "A007", f"'{text['as_of']}' in as_of is no date", hint))
    articles: dict[str, Article] = {}
    listed = node.get("articles")
    if isinstance(listed, source.Mapping):
        for key, value in listed.pairs:
            says = _text(value, "says") if isinstance(value, source.Mapping) else ""
            verified = _text(value, "verified") if isinstance(value, source.Mapping) else ""
            if not says:
                findings.append(Finding(value.place, "A005", f"{id_}/{key.value} does not say what it says"))
            if (verified or "no") not in VERIFIED:
                findings.append(Finding(value.place, "A006", f"'{verified}' is not yes, partly or no"))
            articles[str(key.value)] = Article(says, verified or text["verified"] or "no")
    return Authority(
        id_,
        text["title"],
        text["citation"],
        text["kind"],
        text["source"],
        text["as_of"],
        text["verified"] or "no",
        articles,
        node.place,
    )


def _text(node: source.Mapping, key: str) -> str:
    value = node.get(key)
    return str(value.value) if isinstance(value, source.Scalar) and value.value is not None else ""
