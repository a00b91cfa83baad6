"""``comity why`` and ``comity why-not``: proofs, and what stands in the way of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from comity.decision import agency, topics
from comity.decision.why import Argument, Attempt, Conclusion, Premise
from comity.decision.why import why as explained
from comity.decision.why_not import disabled
from comity.decision.why_not import why_not as attempted
from comity.law.rulebook import Rulebook
from comity.logic.model import Verdict
from comity_cli import inputs
from comity_cli.render.console import console, line, paged, place, sentence, unverified

_VERDICTS = {
    Verdict.HELD: ("yes", "green"),
    Verdict.REFUTED: ("no", "red"),
    Verdict.UNDECIDED: ("undecided", "yellow"),
}
_SIDES = {"for": "for", "against": "against", "unsettles": "leaves open"}
NEAREST = 5
"""How many rules *why-not* shows."""


def why(file: Path, topic: str, as_of: date | None, rules: Path | None, supposed: list[str]) -> int:
    """Print the proofs of what *topic* is about."""
    opinion = inputs.opinion(file, as_of, rules, supposed)
    found = explained(opinion, topics.parse(topic, opinion))
    out = console()
    with paged(out):
        if found.text:
            line(out, sentence(found.text), style="bold")
        if not found.conclusions and not found.text:
            line(out, f"No rule speaks for or against {topic}: 'comity why-not' shows which came nearest.")
        proofs = _Proofs(out, opinion.rulebook)
        for number, conclusion in enumerate(found.conclusions):
            if number or found.text:
                out.print()
            proofs.conclusion(conclusion)
    return 0


class _Proofs:
    """Prints proofs; what an article says is told where it is cited first."""

    def __init__(self, out: Console, rulebook: Rulebook) -> None:
        self.out, self.rulebook = out, rulebook
        self.told: set[str] = set()

    def conclusion(self, conclusion: Conclusion) -> None:
        word, colour = _VERDICTS[conclusion.verdict]
        told = Text(f"{sentence(conclusion.text)[:-1]}? ", style="bold")
        told.append(word, f"bold {colour}")
        line(self.out, told, hang=2)
        for argument in conclusion.arguments:
            self.argument(argument, 2)

    def argument(self, argument: Argument, indent: int) -> None:
        out, inside = self.out, indent + 2
        told = Text(f"{_SIDES[argument.side]}: ", style="bold")
        told.append(argument.text)
        line(out, told, indent, hang=2)
        line(out, f"rule {argument.rule.id}, {place(argument.rule.place)}: {argument.rule.title}", inside, "dim", 2)
        change = self.rulebook.change_of(argument.rule.id)
        if change is not None:
            line(out, f"in the place of the shipped rule, because: {change.reason}", inside, "yellow", 2)
        for citation in argument.citations:
            article = f", {citation.article}" if citation.article else ""
            says = f": {citation.says}" if citation.says and citation.id not in self.told else ""
            self.told.add(citation.id)
            line(out, f"{citation.title}{article}{says}{unverified(citation.verified)}", inside, "dim", 2)
        for premise in argument.premises:
            self.premise(premise, inside)
        if argument.beats:
            line(out, f"prevails over {', '.join(argument.beats)}", inside, hang=2)
        if argument.beaten_by:
            line(out, f"gives way to {', '.join(argument.beaten_by)}", inside, hang=2)

    def premise(self, premise: Premise, indent: int) -> None:
        origin = ""
        match premise.origin:
            case "case":
                origin = " (case file)"
            case "table" if premise.place is not None:
                where = f"{place(premise.place)}, source: {premise.source}"
                origin = f" ({where}){unverified(premise.verified)}"
            case "table":
                origin = " (tables)"
            case "rules":
                origin = ", because:" if premise.because else " (see above)"
        line(self.out, f"- {premise.text}{origin}", indent, hang=2)
        for argument in premise.because.arguments if premise.because else ():
            self.argument(argument, indent + 2)


def why_not(file: Path, topic: str, as_of: date | None, rules: Path | None, supposed: list[str]) -> int:
    """Print the nearest rules to what *topic* is about, and what stopped each."""
    opinion = inputs.opinion(file, as_of, rules, supposed)
    about = topics.parse(topic, opinion)
    found = attempted(opinion, about)
    out = console()
    with paged(out):
        if not found:
            held = about.rule is not None or any(opinion.model.verdict(x) is Verdict.HELD for x in about.literals)
            line(out, f"{topic}: it does hold; 'comity why' tells why." if held else _nothing(topic))
        for attempt in found[:NEAREST]:
            _attempt(attempt, out, 0, str(file))
        for change in disabled(opinion, about):
            line(out, f"{sentence(agency.told(change))} It could have concluded this.", style="yellow", hang=2)
        if len(found) > NEAREST:
            line(out, f"{len(found) - NEAREST} more rules are further away.", style="dim")
    return 0


def _nothing(topic: str) -> str:
    return f"{topic}: no rule of the rulebook concludes this."


def _attempt(attempt: Attempt, out: Console, indent: int, file: str) -> None:
    line(out, f"{sentence(attempt.conclusion)[:-1]}?", indent, "bold", 2)
    line(out, f"rule {attempt.rule.id}, {place(attempt.rule.place)}: {attempt.rule.title}", indent + 2, "dim", 2)
    if not attempt.failures:
        line(out, f"all {attempt.total} conditions are met, but it does not prevail:", indent + 2, hang=2)
        for rule, text in attempt.lost_to:
            line(out, f"against: {text}", indent + 4, hang=2)
            line(out, f"rule {rule.id}, {place(rule.place)}", indent + 6, "dim", 2)
        return
    first, *more = attempt.failures
    line(
        out, f"{attempt.met} of {attempt.total} conditions are met; this one fails ({place(first.place)}):", indent + 2
    )
    line(out, f"wanted: {first.wanted}", indent + 4, hang=2)
    line(out, f"found:  {first.found}", indent + 4, hang=2)
    if first.setting:
        option = f"--as-of {first.setting.removeprefix('as_of=')}" if first.setting.startswith("as_of=") else ""
        hint = f"comity decide {file} {option}" if option else f"comity what-if {file} --set {first.setting}"
        line(out, f"try:    {hint}", indent + 4, "dim", 2)
    for deeper in first.deeper:
        _attempt(deeper, out, indent + 6, file)
    if more:
        line(out, f"then also: {'; '.join(failure.wanted for failure in more)}", indent + 2, "dim", 2)
