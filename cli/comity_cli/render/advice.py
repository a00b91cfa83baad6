"""A decision on a terminal: the advice on one screen, then the details."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from comity.decision.model import Decision, ItemAdvice, PlanStep, Reason
from comity.law.state import in_sentence
from comity_cli.render.console import cited, heading, line

_COLOUR = {
    "permitted": "green",
    "offered": "green",
    "held": "green",
    "refused": "red",
    "barred": "red",
    "undecided": "yellow",
}


def first_screen(decision: Decision, out: Console) -> None:
    """Who leads, what to do today, what must not be done: what fits on one screen."""
    out.print(Text(f"{decision.title or decision.case}", style="bold"))
    out.print(f"Advice for {in_sentence(decision.forum)} under the law of {decision.as_of}", style="dim")
    out.print()
    out.print(heading("Who leads"))
    _item(out, _sentence(decision.lead.text), "bold")
    if decision.conflict.kind in ("positive", "negative", "undecided"):
        _item(out, f"{decision.conflict.kind.capitalize()} conflict: {decision.conflict.text}.")
    out.print()
    out.print(heading("Today"))
    today = [step for step in decision.plan if step.today]
    for step in today[:5]:
        _item(out, _sentence(step.action) + (f" {_sentence(step.note)}" if step.note else ""))
    _rest(out, len(today) - 5, "more under Plan")
    if not today:
        _item(out, "Nothing can be asked for on the facts known.")
    out.print()
    out.print(heading("Not to be done"))
    acts = dict.fromkeys(_sentence(act.text) for item in _items(decision) for act in item.must_not)
    for act in list(acts)[:4]:
        _item(out, act, "red")
    _rest(out, len(acts) - 4, "more under the items")
    if not acts:
        _item(out, "Nothing in particular; what is not offered below is not open.")
    weak = sum(warning.code == "unverified" for warning in decision.warnings)
    if weak or decision.undecided:
        out.print()
        told = [f"{len(decision.undecided)} points are undecided: refer them to counsel"] if decision.undecided else []
        told += [f"{weak} recommendations rest on sources to be verified first"] if weak else []
        _item(out, _sentence("; ".join(told)), "yellow")


def details(decision: Decision, out: Console) -> None:
    """Everything else, part by part."""
    _claims(decision, out)
    for item in _items(decision):
        _item_advice(item, out)
    _plan(decision, out)
    for title, lines in (
        ("Warnings", [f"{w.about}: {w.text} [{w.code}]" for w in decision.warnings]),
        ("Prevention", [f"{m.measure}: {cited(m.reasons[0])}" for m in decision.prevention]),
        ("Undecided, refer to counsel", [f"{u.topic}: {u.text}" for u in decision.undecided]),
    ):
        if lines:
            out.print()
            out.print(heading(title))
            for told in dict.fromkeys(lines):
                _item(out, told)
    out.print()
    digest = decision.digest
    out.print(f"facts {digest.facts[:16]}  rules {digest.rulebook[:16]}  comity {digest.comity}", style="dim")


def _items(decision: Decision) -> list[ItemAdvice]:
    return [*decision.data, *decision.assets, *decision.persons]


def _item(out: Console, text: str, style: str = "") -> None:
    line(out, f"- {text}", 1, style)


def _rest(out: Console, count: int, where: str) -> None:
    if count > 0:
        _item(out, f"{count} {where}", "dim")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def _reasons(out: Console, reasons: list[Reason], lead: str = "") -> None:
    for reason in reasons:
        line(out, f"{lead}{cited(reason)}", 5, "dim")


def _claims(decision: Decision, out: Console) -> None:
    out.print()
    out.print(heading("Claims to jurisdiction"))
    for claim in decision.claims:
        shown = Text(f"- {_sentence(in_sentence(claim.state))[:-1]}: ")
        shown.append(claim.status, _COLOUR.get(claim.status, ""))
        line(out, shown, 1)
        for basis in claim.bases:
            for reason in [*basis.reasons, *(basis.against if basis.status == "undecided" else [])][:2]:
                _reasons(out, [reason], f"{basis.basis} {basis.status}: ")
        _reasons(out, claim.bars, "barred: ")
    for consultation in decision.conflict.consult:
        names = " and ".join(in_sentence(state) for state in consultation.states)
        _item(out, f"{_sentence(names)[:-1]} consult")
        _reasons(out, consultation.reasons)
    if len(decision.lead.candidates) > 1:
        _matrix(decision, out)


def _matrix(decision: Decision, out: Console) -> None:
    table = Table(box=None, pad_edge=False, show_edge=False, header_style="bold")
    table.add_column("factor (weight)")
    candidates = decision.lead.candidates
    for candidate in candidates:
        table.add_column(candidate.state, justify="center")
    for row, factor in enumerate(candidates[0].factors):
        answers = [candidate.factors[row].answer for candidate in candidates]
        marks = [{"yes": "yes", "no": "-", "undecided": "?"}[answer] for answer in answers]
        table.add_row(f"{factor.title} ({factor.weight})", *marks)
    table.add_row("score", *(str(candidate.score) for candidate in candidates), style="bold")
    table.add_row("leads in", *(f"{candidate.share:.0%}" for candidate in candidates), style="dim")
    out.print()
    out.print(Padding(table, (0, 0, 0, 1)))
    note = "'leads in' is the share of all weightings that keep the order of the factors"
    line(out, note, 1, "dim")


def _item_advice(item: ItemAdvice, out: Console) -> None:
    out.print()
    described = f": {item.description}" if item.description else ""
    out.print(heading(item.item), Text(f"{item.sort}{described}", style="dim"))
    if item.sort == "data":
        shown = Text("- direct access: ")
        shown.append(item.direct_access.status, _COLOUR[item.direct_access.status])
        line(out, shown, 1)
        _reasons(out, item.direct_access.reasons)
        _reasons(out, item.direct_access.against, "against: ")
    for number, route in enumerate(item.routes, 1):
        chosen = " (recommended)" if number == 1 else ""
        length = f"{route.days[0]} to {route.days[1]} days" if route.days else "duration unknown"
        time = {"yes": "in time", "if-preserved": "in time if preserved first", "no": "too late", "unknown": ""}
        facts = ", ".join(
            filter(None, [length, time[route.in_time], "" if route.yields == "evidence" else "information only"])
        )
        _item(out, f"route {number}{chosen}: {facts}", "bold" if number == 1 else "")
        for step in route.steps:
            line(out, f"{step.action}", 5)
            _reasons(out, [step.basis.reason], "  ")
        for ground in route.grounds:
            _reasons(out, ground.reasons[:1], f"{ground.effect} be refused ({ground.ground}): ")
        for safeguard in route.safeguards:
            _reasons(out, safeguard.reasons[:1], f"carry ({safeguard.safeguard}): ")
    _other_channels(item, out)


def _other_channels(item: ItemAdvice, out: Console) -> None:
    routed = {(route.kind, route.state) for route in item.routes}
    for status in ("offered", "undecided", "refused"):
        grouped: dict[str, list[str]] = {}
        for channel in item.channels:
            if channel.status == status and (channel.kind, channel.state) not in routed:
                reason = next(iter([*channel.reasons, *channel.against]), None)
                told = (
                    channel.bases[0].reason.text if channel.bases else reason.text if reason else "no reason is given"
                )
                grouped.setdefault(told, []).append(f"{channel.kind} {channel.state}")
        if grouped:
            label = {"offered": "also offered", "undecided": "undecided", "refused": "refused"}[status]
            line(out, f"- {label}", 1, _COLOUR[status])
            for told, names in grouped.items():
                line(out, f"{', '.join(names)}: {told}", 5, "dim")


def _plan(decision: Decision, out: Console) -> None:
    if not decision.plan:
        return
    out.print()
    out.print(heading("Plan"))
    for number, step in enumerate(decision.plan, 1):
        _item_step(number, step, out)


def _item_step(number: int, step: PlanStep, out: Console) -> None:
    times = [f"begin {step.start}"]
    times += [f"by {step.due} at the latest"] if step.due else []
    times += [f"result {step.expected[0]} to {step.expected[1]}"] if step.expected else []
    times += ["critical path"] if step.critical else []
    line(out, f"{number}. {_sentence(step.action)}", 1)
    line(out, "; ".join([*times, *([step.note] if step.note else [])]), 5, "dim")
