"""The plan: the steps of all items merged, with deadlines, and what to do today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from comity.decision.model import Conflict, ItemAdvice, Lead, PlanStep, Route, RouteStep
from comity.decision.wording import action, listed
from comity.law.state import in_sentence
from comity.law.terms import ChannelKind, Phase


@dataclass
class _Draft:
    kind: ChannelKind
    state: str
    step: RouteStep
    items: list[str] = field(default_factory=list)
    after: set[str] = field(default_factory=set)
    expires: list[date] = field(default_factory=list)
    follow_up: int | None = None


def plan(
    items: Iterable[ItemAdvice],
    expiry: dict[str, date],
    done: set[tuple[ChannelKind, str, str]],
    lead: Lead,
    conflict: Conflict,
    today: date,
) -> list[PlanStep]:
    """The steps to take, preservation first, then in the order of their deadlines.

    *expiry* gives the day on which an item is lost, where known; *done* the steps (kind, item, state) already taken.
    """
    items = list(items)
    drafts: dict[str, _Draft] = {}
    for item in items:
        if item.recommended is not None:
            _add_route(drafts, item, item.recommended, expiry, done)
        elif item.sort == "asset":
            _add_holds(drafts, item, done)
    steps = [_step(name, draft, drafts, today) for name, draft in drafts.items()]
    steps += _searches(items, expiry, today)
    steps += _consultations(lead, conflict, today)
    steps = _mark_critical(steps)
    return sorted(steps, key=lambda s: (not _preserves(s), s.due or date.max, s.kind is None, s.id))


def _preserves(step: PlanStep) -> bool:
    return step.kind is not None and step.kind.phase is Phase.PRESERVE


def _add_route(
    drafts: dict[str, _Draft],
    item: ItemAdvice,
    route: Route,
    expiry: dict[str, date],
    done: set[tuple[ChannelKind, str, str]],
) -> None:
    before: str | None = None
    keeps: int | None = None
    for step in route.steps:
        if (step.kind, item.item, step.state) in done:
            continue
        name = f"{step.kind}-{step.state.lower()}-{step.basis.reason.rule}"
        draft = drafts.setdefault(name, _Draft(step.kind, step.state, step))
        draft.items.append(item.item)
        if step.kind.phase is Phase.INFORM:
            continue
        if before is not None:
            draft.after.add(before)
            draft.follow_up = keeps if draft.follow_up is None else min(draft.follow_up, keeps or draft.follow_up)
        elif item.item in expiry:
            draft.expires.append(expiry[item.item])
        before, keeps = name, step.basis.follow_up_days or step.basis.keeps_days


def _add_holds(drafts: dict[str, _Draft], item: ItemAdvice, done: set[tuple[ChannelKind, str, str]]) -> None:
    """Money is held and followed even while no route to freeze it is open yet."""
    for channel in item.channels:
        moves = channel.kind.phase is Phase.PRESERVE or channel.kind is ChannelKind.FIU_EXCHANGE
        if channel.status == "offered" and moves and (channel.kind, item.item, channel.state) not in done:
            basis = channel.bases[0]
            text = action(channel.kind, channel.state, item.item, basis.through)
            step = RouteStep(kind=channel.kind, state=channel.state, action=text, basis=basis)
            name = f"{step.kind}-{step.state.lower()}-{basis.reason.rule}"
            drafts.setdefault(name, _Draft(step.kind, step.state, step)).items.append(item.item)


def _step(name: str, draft: _Draft, drafts: dict[str, _Draft], today: date) -> PlanStep:
    days = draft.step.basis.days
    due = min(draft.expires, default=None)
    note = ""
    if draft.kind.phase is Phase.PRESERVE:
        final = [d for d in drafts.values() if name in d.after]
        slow = max((d.step.basis.days[1] for d in final if d.step.basis.days), default=None)
        if due is not None:
            lost = f"{listed(draft.items)} {'is' if len(draft.items) == 1 else 'are'} lost on {due}"
            wait = f", before {final[0].kind.explanation} can deliver" if final else ""
            note = f"First: {lost}{wait}" + (f" (up to {slow} days)" if slow is not None else "")
        elif draft.kind in (ChannelKind.STOP_PAYMENT, ChannelKind.VOLUNTARY_FREEZE):
            note = "First: money moves on within hours; the formal request follows at once"
        else:
            note = "First: nobody knows when the data is deleted"
        due = today if due is None or due >= today else due
    elif draft.follow_up is not None:
        due = today + timedelta(days=draft.follow_up)
        note = f"Send within {draft.follow_up} days of the preservation, or it lapses"
    return PlanStep(
        id=name,
        action=action(draft.kind, draft.state, listed(draft.items), draft.step.basis.through),
        kind=draft.kind,
        state=draft.state,
        items=draft.items,
        start=today,
        due=due,
        expected=(today + timedelta(days=days[0]), today + timedelta(days=days[1])) if days else None,
        after=sorted(draft.after),
        today=not draft.after,
        critical=False,
        note=note,
        reasons=[draft.step.basis.reason],
    )


def _searches(items: list[ItemAdvice], expiry: dict[str, date], today: date) -> list[PlanStep]:
    """For an item without any route: find out what is missing."""
    return [
        PlanStep(
            id=f"establish-{item.item}",
            action=_way_out(item),
            kind=None,
            state=None,
            items=[item.item],
            start=today,
            due=expiry.get(item.item),
            expected=None,
            after=[],
            today=True,
            critical=False,
            note="",
            reasons=[*item.direct_access.reasons, *item.direct_access.against][:2],
        )
        for item in items
        if item.sort in ("data", "asset") and not item.routes
    ]


def _way_out(item: ItemAdvice) -> str:
    if not item.addressees:
        return f"Establish where {item.item} is and who holds it: until then no state can be asked"
    states = listed([in_sentence(state) for state in item.addressees])
    return f"Refer {item.item} to counsel: on the facts known no lawful route to {states} is open"


def _consultations(lead: Lead, conflict: Conflict, today: date) -> list[PlanStep]:
    found = []
    for consultation in conflict.consult:
        names = [in_sentence(state) for state in consultation.states]
        found.append(
            PlanStep(
                id="consult-" + "-".join(state.lower() for state in consultation.states),
                action=f"{' and '.join(names)} consult on who prosecutes",
                kind=None,
                state=None,
                items=[],
                start=today,
                due=None,
                expected=None,
                after=[],
                today=False,
                critical=False,
                note=lead.text,
                reasons=consultation.reasons,
            )
        )
    return found


def _mark_critical(steps: list[PlanStep]) -> list[PlanStep]:
    """The chain whose expected end is the latest decides how long the case waits."""
    latest = max((s for s in steps if s.expected), key=lambda s: s.expected or (date.min, date.min), default=None)
    if latest is None:
        return steps
    chain = {latest.id, *latest.after}
    return [s.model_copy(update={"critical": s.id in chain}) for s in steps]
