"""What an agency's own rules come to in a case, beside the rulebook that comity ships."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from comity.decision.draft import Draft
from comity.decision.model import Decision, Departure, ItemAdvice, Warning
from comity.law.overlay import AgencyChange
from comity.law.rule import LawRule
from comity.law.rulebook import Rulebook
from comity.law.terms import ChannelKind
from comity.logic.model import Model
from comity.logic.rule import Kind

PERMITTED_ANEW: Final = "agency-permits-direct-access"
"""The code of the warning that only an agency's own rules permit direct access."""

_DIRECT: Final = (ChannelKind.DIRECT_ORDER, ChannelKind.REMOTE_SEARCH)
_OPEN: Final = ("permitted", "offered")
_DONE: Final = {"disable": "disabled", "replace": "replaced"}


def departures(rulebook: Rulebook, decision: Decision, own: Model, shipped: Model | None) -> Iterator[Departure]:
    """Every change of the shipped rulebook, and the added rules that apply in the case.

    *own* is the model under the agency's rulebook, *shipped* the one under what is beneath it; ``None`` where the case
    cannot be decided there.
    """
    fired = _fired(own) | (_fired(shipped) if shipped else set())
    for change in rulebook.changes:
        yield Departure(
            change="disabled" if change.kind == "disable" else "replaced",
            what=_what(change),
            title=change.shipped.title if change.shipped else "",
            reason=change.reason,
            cites=list(change.cites),
            applies=change.target in fired if change.shipped else _used(change, decision, own, shipped),
            sovereignty=change.shipped is not None and guards_sovereignty(change.shipped),
            text=told(change),
        )
    changed = {change.target for change in rulebook.changes}
    for id_ in sorted(_fired(own) & rulebook.own - changed):
        rule = rulebook.by_id[id_]
        yield Departure(
            change="added",
            what=id_,
            title=rule.title,
            reason="",
            cites=list(rule.cites),
            applies=True,
            sovereignty=False,
            text=f"this agency has added {id_} ({rule.title})",
        )


def told(change: AgencyChange) -> str:
    """A change in one sentence, with its reason."""
    title = f" ({change.shipped.title})" if change.shipped else ""
    guard = ", a rule that protects sovereignty" if change.shipped and guards_sovereignty(change.shipped) else ""
    return f"this agency has {_DONE[change.kind]} {_what(change)}{title}{guard}; its reason: {change.reason}"


def guards_sovereignty(rule: LawRule) -> bool:
    """Whether a rule keeps evidence from being taken directly."""
    return any(
        compiled.head.relation == "direct_access"
        and not (compiled.head.positive and compiled.kind is not Kind.DEFEATER)
        for compiled in rule.kernel
    )


def permitted_anew(own: Decision | Draft, shipped: Decision | Draft | None) -> Iterator[Warning]:
    """A warning for each item that only the agency's own rules permit to be taken directly, in whatever way."""
    before = {item.item: item for item in (*shipped.data, *shipped.assets)} if shipped else {}
    for item in (*own.data, *own.assets):
        known = before.get(item.item)
        known_acts = dict(_direct_acts(known)) if known else {}
        anew = [act for act, status in _direct_acts(item) if status in _OPEN and known_acts.get(act) not in _OPEN]
        if anew:
            told_before = ", ".join(dict.fromkeys(known_acts.get(act, "not asked") for act in anew))
            text = (
                f"only the rules of this agency permit {' and '.join(anew)} for {item.item}; "
                f"under the rules that comity ships that is {told_before if known else 'not decided'}"
            )
            reasons = [*known.direct_access.reasons, *known.direct_access.against] if known else []
            yield Warning(code=PERMITTED_ANEW, about=item.item, text=text, reasons=reasons)


def _direct_acts(item: ItemAdvice) -> Iterator[tuple[str, str]]:
    yield "direct access", item.direct_access.status
    for channel in item.channels:
        if channel.kind in _DIRECT:
            yield f"{channel.kind} {channel.state}", channel.status


def _fired(model: Model) -> set[str]:
    return {firing.rule.id.split("/")[0] for group in model.firings.values() for firing in group}


def _what(change: AgencyChange) -> str:
    entries = ", ".join(str(entry.value) for entry in change.entries)
    return f"{change.target}: {entries}" if entries else change.target


def _used(change: AgencyChange, decision: Decision, own: Model, shipped: Model | None) -> bool:
    """Whether another row, another authority or other preferences can have made a difference."""
    items = (*decision.data, *decision.assets, *decision.persons)
    if change.target == "preferences/lead.yaml":
        return len(decision.lead.candidates) > 1
    if change.target == "preferences/routes.yaml":
        return any(len(item.routes) > 1 for item in items)
    if shipped is None or not change.target.startswith("tables/"):
        return False
    instrument = [change.target[15:-4]] if change.target.startswith("tables/parties/") else []
    wanted = [{*instrument, *str(entry.value).split(" ")} for entry in change.entries] or [set(instrument)]
    return any(words <= set(map(str, fact.terms)) for fact in own.facts ^ shipped.facts for words in wanted)
