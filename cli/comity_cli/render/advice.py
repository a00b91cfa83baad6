"""The advice on one screen: who leads or what is replied, what to do today, what must not be done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from rich.console import Console
from rich.text import Text

from comity.decision.agency import PERMITTED_ANEW
from comity.decision.model import Decision, Departure, ItemAdvice, PlanStep, RequestReply
from comity.decision.wording import listed
from comity.law.state import in_sentence
from comity.law.terms import Reply
from comity_cli.render.console import clean, heading, line, sentence

LOWEST = 24
"""The lines of the smallest terminal for which the screen is made, and of a page that is no terminal."""
NAMED = 6
"""How many items a line of the screen names."""
FOOT = "Details below. Reasons: comity why FILE TOPIC"
_INDENT, _HANG = 1, 3
REPLY_COLOUR: dict[Reply | None, str] = {
    Reply.REFUSE: "red",
    Reply.REDIRECT: "red",
    Reply.ASK_FOR_MORE: "yellow",
    Reply.COMPLY_IN_PART: "green",
    Reply.COMPLY: "green",
    None: "yellow",
}


@dataclass
class _Section:
    """A part of the screen: entries from the most important down, and where those are that do not fit.

    Of the entries as many as possible of the first ``urgent`` are shown before any other section gets a second one.
    """

    title: str
    entries: list[tuple[str, str]]
    rest: str
    urgent: int = 1
    shown: int = 0


def items(decision: Decision) -> list[ItemAdvice]:
    """All that is advised on: data, assets and persons."""
    return [*decision.data, *decision.assets, *decision.persons]


def first_screen(decision: Decision, out: Console) -> None:
    """Print the essence, in as many lines as the terminal has; what does not fit is counted, and told below."""
    sections = [section for section in _sections(decision) if section.entries]
    alarms, supposed = list(_alarms(decision)), list(_supposed(decision))
    head = [sentence(decision.title or decision.case)[:-1], _for_whom(decision), *alarms, *supposed]
    lines = (max(LOWEST, out.height) if out.is_terminal else LOWEST) - 2
    used = sum(_height(text, out, 0) for text in (*head, FOOT)) + len(sections)
    spacious = _fits(sections, out, lines - used - len(sections) - 1)
    if not spacious:
        _fits(sections, out, lines - used)
    line(out, head[0], style="bold")
    line(out, head[1], style="dim")
    for text in alarms:
        line(out, text, style="bold red")
    for text in supposed:
        line(out, text, style="bold yellow")
    for section in sections:
        if spacious:
            out.print()
        out.print(heading(section.title))
        for text, style in section.entries[: section.shown]:
            line(out, f"- {text}", _INDENT, style, _HANG - 1)
        if section.shown < len(section.entries):
            line(out, f"- {len(section.entries) - section.shown} more {section.rest}", _INDENT, "dim", _HANG - 1)
    if spacious:
        out.print()
    line(out, FOOT, style="dim")


def _supposed(decision: Decision) -> list[str]:
    """What the advice supposes, so that nobody takes it for law."""
    return [f"SUPPOSED, NOT LAW: {text}." for text in decision.suppositions]


def _sections(decision: Decision) -> list[_Section]:
    forbidden = list(_forbidden(decision)) or [("Nothing is ruled out in particular.", "")]
    not_to_be_done = _Section("Not to be done", forbidden, "under the items", urgent=len(forbidden))
    mind = _Section("Mind", list(_notes(decision)), "under Warnings")
    if decision.replies:
        answered = list(_replies(decision))
        return [
            _Section("Reply", answered, "under Requests", urgent=len(answered)),
            _Section("By when", list(_time_limits(decision)), "under Requests"),
            not_to_be_done,
            mind,
        ]
    today = list(_today(decision)) or [("Nothing can be asked for on the facts known.", "")]
    return [
        _Section("Who leads", list(_lead(decision)), "under Claims"),
        _Section("Today", today, "under Plan", urgent=sum(step.today for step in decision.plan)),
        not_to_be_done,
        mind,
    ]


def _replies(decision: Decision) -> Iterator[tuple[str, str]]:
    for reply in decision.replies:
        yield f"{reply.item}: {answer(reply)}", REPLY_COLOUR[reply.reply]
        for label, elements in (("It lacks", reply.missing), ("Check whether it states", reply.unchecked)):
            if elements:
                yield f"{label}: {', '.join(element.element.explanation for element in elements)}.", ""
        if reply.ways:
            yield f"Open instead: {', '.join(way.kind.explanation for way in reply.ways)}.", ""
        if reply.grounds and reply.reply not in (Reply.REFUSE, Reply.REDIRECT):
            yield f"May be refused for: {', '.join(ground.ground for ground in reply.grounds)}.", ""


def answer(reply: RequestReply) -> str:
    """The reply to a request on an item in one sentence, with its first reason."""
    word = str(reply.reply or "undecided, refer to counsel").replace("-", " ")
    return f"{word}. {sentence(reply.reasons[0].text)}" if reply.reasons else f"{word}."


def _time_limits(decision: Decision) -> Iterator[tuple[str, str]]:
    for reply in decision.replies:
        for limit in reply.time_limits:
            due = f"{limit.due}: " if limit.due else ""
            yield f"{due}{sentence(limit.reasons[0].text)}", ""


def _fits(sections: list[_Section], out: Console, room: int) -> bool:
    """Choose what is shown in *room* lines: one entry of each section at least; whether that is everything."""
    for section in sections:
        section.shown = 0
    order = [*sections]
    order += [s for s in sections for _ in s.entries[1 : s.urgent]]
    order += [s for s in sections for _ in s.entries[max(1, s.urgent) :]]
    full: set[str] = set()
    for section in order:
        if section.title in full:
            continue
        before = _lines(section, section.shown, out)
        more = _lines(section, section.shown + 1, out) - before
        if section.shown and more > room:
            full.add(section.title)
            continue
        section.shown += 1
        room -= more
    return not full


def _lines(section: _Section, shown: int, out: Console) -> int:
    """The lines of a section with that many entries, the line that counts the others included."""
    if not shown:
        return 0
    entries = sum(_height(f"- {text}", out, _INDENT + _HANG - 1) for text, _ in section.entries[:shown])
    return entries + (shown < len(section.entries))


def _height(text: str, out: Console, indent: int) -> int:
    width = out.width if out.is_terminal else 80
    return len(Text(clean(text)).wrap(out, max(16, width - indent)))


def _for_whom(decision: Decision) -> str:
    own = ", with rules of this agency's own" if decision.departures else ""
    return f"Advice for {in_sentence(decision.forum)} under the law of {decision.as_of}{own}"


def _alarms(decision: Decision) -> Iterator[str]:
    """What an agency's own rules do to the sovereignty of others."""
    for warning in decision.warnings:
        if warning.code == PERMITTED_ANEW:
            yield sentence(warning.text)
    for departure in decision.departures:
        if departure.sovereignty:
            yield sentence(departure.text)


def _lead(decision: Decision) -> Iterator[tuple[str, str]]:
    yield sentence(decision.lead.text), "bold"
    if decision.conflict.kind == "none":
        return
    yield sentence(f"{decision.conflict.kind} conflict: {decision.conflict.text}"), ""
    for consultation in decision.conflict.consult:
        names = " and ".join(in_sentence(state) for state in consultation.states)
        yield sentence(f"{names} have to consult"), ""


def _today(decision: Decision) -> Iterator[tuple[str, str]]:
    for step in decision.plan:
        if step.today:
            yield _step(step, decision), ""
    for step in decision.plan:
        if not step.today and step.kind is not None:
            yield f"Then: {_step(step, decision)}", ""


def _step(step: PlanStep, decision: Decision) -> str:
    due = f" By {step.due}." if step.due and step.due != decision.as_of and str(step.due) not in step.note else ""
    expected = f" Answer {step.expected[0]} to {step.expected[1]}." if step.expected else ""
    note = f" {sentence(_in_short(step.note, step))}" if step.note else ""
    return f"{sentence(_in_short(step.action, step))}{due}{expected}{note}"


def _in_short(text: str, step: PlanStep) -> str:
    """What is said of many items, with the first of them named; the plan below names all."""
    names = list(dict.fromkeys(step.items))
    if len(names) <= NAMED:
        return text
    return text.replace(listed(names), listed([*names[: NAMED - 1], f"{len(names) - NAMED + 1} more"]))


def _forbidden(decision: Decision) -> Iterator[tuple[str, str]]:
    for text in dict.fromkeys(sentence(act.text) for item in items(decision) for act in item.must_not):
        yield text, "red"


def _notes(decision: Decision) -> Iterator[tuple[str, str]]:
    weak = [warning.about for warning in decision.warnings if warning.code == "unverified"]
    if weak:
        yield f"The advice on {', '.join(weak)} rests on a source that has to be verified first.", "yellow"
    if decision.undecided:
        count = "1 point is" if len(decision.undecided) == 1 else f"{len(decision.undecided)} points are"
        yield f"{count} undecided and for counsel, such as {decision.undecided[0].topic}.", "yellow"
    forbidden = {act.text for reply in decision.replies for act in reply.must_not}
    for departure in decision.departures:
        if departure.change != "added" and departure.applies and not departure.sovereignty:
            yield departing(departure), "yellow"
    yield from _ways_out(decision)
    for warning in decision.warnings:
        if warning.code not in ("unverified", PERMITTED_ANEW) and warning.text not in forbidden:
            yield sentence(warning.text), ""


def departing(departure: Departure) -> str:
    """Where the agency departs from the shipped rules, and whether that makes itself felt here."""
    if departure.change == "added":
        return sentence(departure.text)
    felt = {"disabled": "It would apply here.", "replaced": "That makes itself felt here."}[departure.change]
    return f"{sentence(departure.text)}{f' {felt}' if departure.applies else ''}"


def _ways_out(decision: Decision) -> Iterator[tuple[str, str]]:
    """One line, only where dual criminality fails; that it is not known is told below."""
    failing = [found for found in decision.ways_out if found.dual_criminality in ("missing", "undecided")]
    if failing:
        first = next((found for found in failing if found.ways), failing[0])
        way = f"a way out: {first.ways[0].text}" if first.ways else "no way out is found"
        yield sentence(f"{first.text}; {way}"), "yellow"
