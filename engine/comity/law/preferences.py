"""An agency's own choices: the factors for the lead, and the order in which lawful routes are preferred."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from comity.law import source
from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.terms import ChannelKind


@dataclass(frozen=True, slots=True)
class Factor:
    """A factor for the choice of the lead; ``weight`` is the agency's own, ``citations`` have their places."""

    id: str
    title: str
    weight: int
    citations: tuple[tuple[str, Place], ...] = ()

    @property
    def cites(self) -> tuple[str, ...]:
        """What it cites."""
        return tuple(cited for cited, _ in self.citations)


@dataclass(frozen=True, slots=True)
class Preferences:
    """Factors from the weightiest down, and channel kinds from the most preferred down."""

    factors: tuple[Factor, ...]
    order: tuple[ChannelKind, ...]


def read_preferences(folders: Iterable[Path]) -> tuple[Preferences, list[Finding]]:
    """The preferences of the last folder that has them, and what is wrong with them."""
    factors: tuple[Factor, ...] = ()
    order: tuple[ChannelKind, ...] = ()
    findings: list[Finding] = []
    last = Place("preferences")
    for folder in folders:
        last = Place(str(folder))
        for name in ("lead.yaml", "routes.yaml"):
            path = folder / name
            if not path.exists():
                continue
            try:
                node = source.read(path)
            except InputError as error:
                findings += error.findings
                continue
            if name == "lead.yaml":
                factors = tuple(_factors(node, findings))
            else:
                order = tuple(_order(node, findings))
    if not factors and not findings:
        findings.append(Finding(last, "L001", "preferences/lead.yaml is missing or lists no factors"))
    if not order and not findings:
        findings.append(Finding(last, "L001", "preferences/routes.yaml is missing or lists no kinds"))
    return Preferences(factors, order), findings


def _list(node: source.Node, key: str, findings: list[Finding]) -> tuple[source.Node, ...]:
    value = node.get(key) if isinstance(node, source.Mapping) else None
    if isinstance(value, source.Sequence):
        return value.items
    findings.append(Finding(node.place, "L002", f"the key '{key}' with a list is missing"))
    return ()


def _factors(node: source.Node, findings: list[Finding]) -> Iterable[Factor]:
    before: int | None = None
    for item in _list(node, "factors", findings):
        values = source.plain(item)
        if not isinstance(values, dict) or not {"id", "title", "weight"} <= values.keys():
            findings.append(Finding(item.place, "L003", "a factor needs id, title and weight"))
            continue
        weight = values["weight"]
        if not isinstance(weight, int) or weight < 0 or (before is not None and weight > before):
            hint = "a whole number, not larger than the one before: the list runs from the weightiest down"
            findings.append(Finding(item.place, "L004", f"the weight of '{values['id']}' is not in order", hint))
            continue
        before = weight
        yield Factor(str(values["id"]), str(values["title"]), weight, tuple(_citations(item)))


def _citations(factor: source.Node) -> Iterable[tuple[str, Place]]:
    listed = factor.get("cites") if isinstance(factor, source.Mapping) else None
    for item in listed.items if isinstance(listed, source.Sequence) else ():
        if isinstance(item, source.Scalar):
            yield str(item.value), item.place


def _order(node: source.Node, findings: list[Finding]) -> Iterable[ChannelKind]:
    for item in _list(node, "order", findings):
        word = source.plain(item)
        word = word.get("kind") if isinstance(word, dict) else word
        kind = next((kind for kind in ChannelKind if kind == word), None)
        if kind is not None:
            yield kind
        else:
            findings.append(
                Finding(item.place, "L005", f"'{word}' is no kind of channel", one_of(str(word), ChannelKind))
            )
