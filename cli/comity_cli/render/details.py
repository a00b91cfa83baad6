"""Everything else about a decision: claims, factors, each item with its routes and channels, the plan, warnings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import TypeVar

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from comity.decision.model import (
    Channel,
    ChannelBasis,
    Decision,
    Departure,
    ItemAdvice,
    PlanStep,
    Reason,
    RequestReply,
    Route,
    Ruling,
    Undecided,
    WaysOut,
)
from comity.law.state import in_sentence
from comity_cli.render.advice import REPLY_COLOUR, departing, items
from comity_cli.render.console import cited, heading, line, sentence

_COLOUR = {
    "permitted": "green",
    "offered": "green",
    "held": "green",
    "refused": "red",
    "barred": "red",
    "undecided": "yellow",
}
T = TypeVar("T")
_IN_TIME = {
    "data": {"yes": "in time", "if-preserved": "in time if preserved first", "no": "too late", "unknown": ""},
    "asset": {"if-preserved": "in time if held first"},
    "person": {},
}


def details(decision: Decision, out: Console) -> None:
    """Print all parts, one after the other."""
    _part(out, "Requests", decision.replies, lambda reply: _reply(reply, out))
    _claims(decision, out)
    if len(decision.lead.candidates) > 1:
        _matrix(decision, out)
    for item in items(decision):
        _item(item, out, asked=bool(decision.replies))
    numbers = {step.id: number for number, step in enumerate(decision.plan, 1)}
    _part(out, "Plan", decision.plan, lambda step: _step(step, numbers, out))
    _part(out, "Warnings", decision.warnings, lambda w: _point(out, f"{w.about}: {w.text} [{w.code}]", w.reasons))
    _part(out, "Dual criminality and the ways out", _alike(decision.ways_out), lambda alike: _ways_out(alike, out))
    _part(out, "Undecided: refer to counsel", decision.undecided, lambda open_: _open(open_, out))
    _part(out, "Rules of this agency's own", decision.departures, lambda d: _departure(d, out))
    _part(out, "Prevention", decision.prevention, lambda m: _point(out, f"{m.about}: {m.measure}", m.reasons))
    out.print()
    digest = decision.digest
    line(out, f"Facts {digest.facts[:16]}, rules {digest.rulebook[:16]}, comity {digest.comity}", style="dim")


def _part(out: Console, title: str, things: Iterable[T], show: Callable[[T], None]) -> None:
    shown = list(things)
    if shown:
        out.print()
        out.print(heading(title))
    for thing in shown:
        show(thing)


def _departure(departure: Departure, out: Console) -> None:
    line(out, f"- {departing(departure)}", 1, "red" if departure.sovereignty else "", 2)
    if departure.cites:
        line(out, f"[{', '.join(departure.cites)}]", 5, "dim", 2)


def _point(out: Console, text: str, reasons: Iterable[Reason]) -> None:
    line(out, f"- {text}", 1, hang=2)
    for reason in reasons:
        if reason.text not in text:
            line(out, cited(reason), 5, "dim", 2)
        else:
            line(out, f"[{', '.join(reason.cites)}]", 5, "dim", 2)


def _status(out: Console, label: str, status: str, indent: int = 1) -> None:
    told = Text(f"- {label}: ")
    told.append(status, _COLOUR.get(status, ""))
    line(out, told, indent, hang=2)


def _reasons(out: Console, reasons: Iterable[Reason], lead: str = "", indent: int = 5) -> None:
    for reason in reasons:
        line(out, f"{lead}{cited(reason)}", indent, "dim", 2)


def _reply(reply: RequestReply, out: Console) -> None:
    asker = in_sentence(reply.asked_by) if reply.asked_by else "somebody unknown"
    kind = reply.kind.explanation if reply.kind else "of an unknown sort"
    told = Text(f"- {reply.request}, {kind}, of {asker}, on {reply.item}: ")
    told.append(str(reply.reply or "undecided"), REPLY_COLOUR[reply.reply])
    line(out, told, 1, hang=2)
    _reasons(out, reply.reasons)
    _reasons(out, reply.against, "but: ")
    _reasons(out, (basis.reason for basis in reply.basis), "open to it: ")
    for way in reply.ways:
        _reasons(out, (basis.reason for basis in way.basis), f"open instead ({way.kind}): ")
    for label, elements in (("lacks", reply.missing), ("check whether it states", reply.unchecked)):
        for element in elements:
            _reasons(out, element.reasons[:1], f"{label} {element.element.explanation}: ")
    for limit in reply.time_limits:
        _reasons(out, limit.reasons, f"{limit.step}{f' by {limit.due}' if limit.due else ''}: ")
    for ground in reply.grounds:
        _reasons(out, ground.reasons[:1], f"{ground.effect} be refused ({ground.ground}): ")
    for condition in reply.conditions:
        _reasons(out, condition.reasons[:1], f"binds {asker} ({condition.safeguard}): ")
    for act in reply.must_not:
        _reasons(out, act.reasons, f"must not ({act.act}): ")


def _claims(decision: Decision, out: Console) -> None:
    out.print()
    out.print(heading("Claims to jurisdiction"))
    if not decision.claims:
        line(out, "- No rule speaks for a claim of any state on the facts known.", 1, hang=2)
    for claim in decision.claims:
        _status(out, sentence(in_sentence(claim.state))[:-1], claim.status)
        for basis in claim.bases:
            _reasons(out, basis.reasons, f"{basis.basis}, {basis.status}: ")
            if basis.status == "undecided":
                _reasons(out, basis.against, f"{basis.basis}, against: ")
        _reasons(out, claim.bars, "barred: " if claim.status == "barred" else "perhaps barred: ")
    for consultation in decision.conflict.consult:
        names = " and ".join(in_sentence(state) for state in consultation.states)
        _point(out, sentence(f"{names} have to consult"), consultation.reasons)


def _matrix(decision: Decision, out: Console) -> None:
    candidates = decision.lead.candidates
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    table.add_column("weight", justify="right")
    for candidate in candidates:
        table.add_column(candidate.state, justify="center", min_width=3, no_wrap=True)
    table.add_column("factor")
    for row, factor in enumerate(candidates[0].factors):
        answers = [candidate.factors[row].answer for candidate in candidates]
        marks = [{"yes": "yes", "no": "-", "undecided": "?"}[answer] for answer in answers]
        table.add_row(str(factor.weight), *marks, factor.title)
    table.add_row("", *(str(candidate.score) for candidate in candidates), "score", style="bold")
    shares = (f"{candidate.share:.0%}" for candidate in candidates)
    table.add_row("", *shares, "of all weightings that keep the order of the factors", style="dim")
    out.print()
    out.print(heading("Factors for the lead"))
    out.print(Padding(table, (0, 0, 0, 1)))


def _item(item: ItemAdvice, out: Console, asked: bool) -> None:
    out.print()
    described = f" ({item.sort}: {item.description})" if item.description else f" ({item.sort})"
    line(out, Text(item.item.upper(), style="bold").append(described, "default"), hang=2)
    if item.sort == "data":
        _status(out, "direct access", item.direct_access.status)
        _reasons(out, item.direct_access.reasons)
        label = "also: " if item.direct_access.status == "undecided" else "set aside: "
        _reasons(out, item.direct_access.against, label)
    for act in item.must_not:
        line(out, f"- must not: {act.text} [{', '.join(act.reasons[0].cites)}]", 1, "red", 2)
    if not item.routes and not asked:
        line(out, "- no lawful route is open on the facts known", 1, "yellow", 2)
    for number, route in enumerate(item.routes, 1):
        _route(number, route, item, out)
    if not asked:
        _channels(item, out)


def _route(number: int, route: Route, item: ItemAdvice, out: Console) -> None:
    recommended = route == item.recommended
    days = f"{route.days[0]} to {route.days[1]} days" if route.days else "duration not known"
    yields = "" if route.yields == "evidence" else "information, no evidence"
    facts = ", ".join(filter(None, [days, _IN_TIME[item.sort].get(route.in_time), yields]))
    told = f"- route {number}{' (recommended)' if recommended else ''}: {route.kind} {route.state}, {facts}"
    line(out, told, 1, "bold" if recommended else "", 2)
    for count, step in enumerate(route.steps, 1):
        line(out, f"{count}. {sentence(step.action)}", 5, hang=3)
        _reasons(out, [step.basis.reason], indent=8)
        terms = _terms(step.basis)
        if terms:
            line(out, terms, 8, "dim", 2)
    for ground in route.grounds:
        _reasons(out, ground.reasons[:1], f"{ground.effect} be refused ({ground.ground}): ")
    for safeguard in route.safeguards:
        _reasons(out, safeguard.reasons[:1], f"must carry ({safeguard.safeguard}): ")


def _terms(basis: ChannelBasis) -> str:
    return "; ".join(
        filter(
            None,
            [
                f"expected in {basis.days[0]} to {basis.days[1]} days" if basis.days else "",
                f"in an emergency within {basis.urgent_hours} hours" if basis.urgent_hours is not None else "",
                f"keeps data for {basis.keeps_days} days" if basis.keeps_days is not None else "",
                f"the next request has to follow within {basis.follow_up_days} days" if basis.follow_up_days else "",
            ],
        )
    )


def _channels(item: ItemAdvice, out: Console) -> None:
    routed = {(route.kind, route.state) for route in item.routes}
    for status, label in (("offered", "also offered"), ("undecided", "undecided"), ("refused", "refused")):
        for state in item.addressees:
            found = [c for c in item.channels if c.status == status and c.state == state]
            grouped: dict[str, list[str]] = {}
            for channel in found:
                if (channel.kind, channel.state) not in routed:
                    grouped.setdefault(standing(channel), []).append(str(channel.kind))
            if grouped:
                line(out, f"- {label}, {in_sentence(state)}:", 1, _COLOUR[status])
            for told, kinds in grouped.items():
                line(out, f"{', '.join(kinds)}: {told}", 5, "dim", 2)


def standing(channel: Channel) -> str:
    """The reason for the status of a channel; for one that is undecided, every doubt, and what collides."""
    if channel.bases:
        return "; ".join(dict.fromkeys(cited(basis.reason) for basis in channel.bases))
    reasons = [*channel.reasons, *channel.against]
    if not reasons:
        return "no rule speaks for it"
    return _sides(channel, cited) if channel.status == "undecided" else cited(reasons[0])


def _open(found: Undecided, out: Console) -> None:
    _point(out, f"{found.topic}: {_sides(found, attrgetter('text')) or found.text}", ())


def _sides(ruling: Ruling, told: Callable[[Reason], str]) -> str:
    """All that speaks for an answer, and then what speaks against it."""
    text = "; but ".join("; and ".join(map(told, side)) for side in (ruling.reasons, ruling.against) if side)
    return text.replace("; and The ", "; and the ").replace("; but The ", "; but the ")


def _ways_out(entries: list[WaysOut], out: Console) -> None:
    """The ways out for items that stand alike; a way that all share is told once."""
    first = entries[0]
    named = ", ".join(entry.item for entry in entries)
    _point(out, f"{named}, {in_sentence(first.state)}, {first.dual_criminality}: {first.text}", first.reasons[:1])
    ways = {way.text: way for entry in entries for way in entry.ways}
    for way in ways.values():
        line(out, f"way out: {way.text}", 5, hang=2)
        _reasons(out, way.reasons[:3], indent=8)
    if not ways:
        line(out, "no way out is found on the facts known", 5, "yellow", 2)


def _alike(found: list[WaysOut]) -> list[list[WaysOut]]:
    groups: dict[tuple[str, ...], list[WaysOut]] = {}
    for entry in found:
        groups.setdefault((entry.state, entry.offence, entry.dual_criminality, entry.text), []).append(entry)
    return list(groups.values())


def _step(step: PlanStep, numbers: dict[str, int], out: Console) -> None:
    line(out, f"{numbers[step.id]}. {sentence(step.action)}", 1, "bold" if step.today else "", 3)
    earlier = [str(numbers[before]) for before in step.after if before in numbers]
    times = [f"begin {step.start}, with step {' and '.join(earlier)} done" if earlier else f"begin {step.start}"]
    times += [f"by {step.due} at the latest"] if step.due else []
    times += [f"answer expected {step.expected[0]} to {step.expected[1]}"] if step.expected else []
    times += ["critical path"] if step.critical else []
    line(out, sentence("; ".join(times)), 5, "dim", 2)
    if step.note:
        line(out, sentence(step.note), 5, "dim", 2)
