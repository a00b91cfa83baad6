"""``comity show channels``: which channels are open from one state to another on a day, for a plain case."""

from __future__ import annotations

import json
import re

from comity.decision.model import Decision, ItemAdvice
from comity.decision.opinion import decide
from comity.law.case import Case
from comity.law.finding import one_of
from comity.law.state import State, in_sentence
from comity.law.tables import Row
from comity.law.terms import ChannelKind, CustodianKind, DataCategory
from comity_cli.render.console import heading, line
from comity_cli.render.details import standing
from comity_cli.show import Wanted, code, unknown

_STATUS = ("offered", "undecided")
_SAMPLE = "-in-question"
"""What ends the names of the things in the plain case, so that no other word is taken for one."""
_SUSPECT = f"suspect{_SAMPLE}"
_NAMED = re.compile(f"([a-z-]+){_SAMPLE}")


def show(wanted: Wanted) -> None:
    """Show the channels between the two states of those codes."""
    here, there = (code(name) for name in wanted.names[:2])
    offence = _offence(wanted)
    decision = _sample(here, there, offence["offence"], wanted)
    things = [*decision.data, *decision.persons]
    out = wanted.out
    line(out, f"From {here.label} to {there.label}, as of {wanted.as_of}", style="bold", hang=2)
    facts = f"data of each category, its custodian and a suspect in {in_sentence(str(there))}"
    line(out, f"For {offence['title']}, with {facts}; all else unknown.", style="dim", hang=2)
    for status in _STATUS:
        alike: dict[tuple[str, tuple[str, ...]], list[str]] = {}
        for kind in ChannelKind:
            for reason, names in _those(kind, status, str(there), things).items():
                alike.setdefault((reason, tuple(names)), []).append(str(kind))
        if alike:
            out.print()
            out.print(heading(status))
        for (reason, of), kinds in alike.items():
            which = "" if len(of) == len(decision.data) else f" ({', '.join(of)})"
            line(out, f"- {', '.join(kinds)}{which}: {reason}", 1, hang=2)
    open_ = {kind for status in _STATUS for kind in ChannelKind if _those(kind, status, str(there), things)}
    closed = [str(kind) for kind in ChannelKind if kind not in open_]
    out.print()
    out.print(heading("refused"))
    line(out, f"- {', '.join(closed) or 'none'}", 1, hang=2)
    line(out, f"- direct access: {_direct(decision)}", 1, hang=2)


def _those(kind: ChannelKind, status: str, there: str, things: list[ItemAdvice]) -> dict[str, list[str]]:
    """The items for which a kind has that status, by reason."""
    found: dict[str, list[str]] = {}
    for item in things:
        for channel in item.channels:
            if (channel.kind, channel.state, channel.status) == (kind, there, status):
                found.setdefault(_plain(standing(channel), item.item), []).append(item.item.removesuffix(_SAMPLE))
    return found


def _plain(text: str, item: str) -> str:
    return _NAMED.sub(r"the \1", text if item == _SUSPECT else text.replace(item, "the item"))


def _direct(decision: Decision) -> str:
    groups: dict[str, list[str]] = {}
    for item in decision.data:
        groups.setdefault(item.direct_access.status, []).append(item.item.removesuffix(_SAMPLE))
    return "; ".join(f"{status} for {', '.join(names)}" for status, names in groups.items())


def _offence(wanted: Wanted) -> Row:
    """The category of offence that was named, or the first of the table."""
    known = wanted.rulebook.tables.offences
    name = wanted.names[2] if len(wanted.names) > 2 else next(iter(known))
    if name not in known:
        raise unknown(f"there is no category of offence '{name}'", one_of(name, known) or "see 'comity show offences'")
    return known[name]


def _sample(here: State, there: State, offence: str, wanted: Wanted) -> Decision:
    categories = [category for category in DataCategory if category is not DataCategory.UNKNOWN]
    custodians = {category: _custodian(category) for category in categories}
    facts = {
        "case": "channels",
        "forum": here,
        "offences": [{"id": f"offence{_SAMPLE}", "category": offence}],
        "persons": [{"id": _SUSPECT, "role": "suspect", "whereabouts": there}],
        "custodians": [{"id": f"{kind}{_SAMPLE}", "kind": kind, "seat": there} for kind in set(custodians.values())],
        "data": [
            {"id": f"{category}{_SAMPLE}", "category": category, "stored_in": there, "custodian": f"{kind}{_SAMPLE}"}
            for category, kind in custodians.items()
        ],
    }
    return decide(Case.from_text(json.dumps(facts)), wanted.rulebook, wanted.as_of)


def _custodian(category: DataCategory) -> CustodianKind:
    if category is DataCategory.FINANCIAL:
        return CustodianKind.FINANCIAL
    return CustodianKind.COMPANY if category is DataCategory.OTHER else CustodianKind.PROVIDER
