"""``comity why`` and ``comity why-not``: proofs, and what stands in the way of one."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.console import Console
from rich.text import Text

from comity.decision import topics
from comity.decision.why import Argument, Explanation
from comity.decision.why import why as explanation
from comity.decision.why import why_not as attempts
from comity.logic.model import Verdict
from comity_cli import inputs
from comity_cli.render.console import console, line

_WORDS = {Verdict.HELD: "stands", Verdict.REFUTED: "does not stand", Verdict.UNDECIDED: "is undecided"}


def why(file: Path, topic: str, as_of: date | None, rules: Path | None) -> int:
    """Print the proofs of what *topic* is about."""
    opinion = inputs.opinion(file, as_of, rules)
    out = console()
    found = topics.parse(topic, opinion)
    shown = [explanation(opinion, literal) for literal in found.literals]
    spoken = [e for e in shown if e.support or e.against] or shown
    if topic == "lead":
        out.print(Text(opinion.decision.lead.text, style="bold"))
    for told in spoken:
        _explanation(told, out, 0)
    return 0


def why_not(file: Path, topic: str, as_of: date | None, rules: Path | None) -> int:
    """Print the nearest rules to what *topic* is about, and what stopped each."""
    opinion = inputs.opinion(file, as_of, rules)
    out = console()
    for literal in topics.parse(topic, opinion).literals:
        told = explanation(opinion, literal, depth=0)
        out.print(Text(f"{told.says} {_WORDS[told.verdict]}", style="bold"))
        if told.verdict is Verdict.HELD:
            continue
        for argument in told.against:
            line(out, f"against it: {argument.reason} [{argument.rule}]", 2)
        found = attempts(opinion, literal)
        for attempt in found[:3]:
            near = (
                f"nearest rule {attempt.rule.id} ({attempt.met} of {attempt.of} conditions met): {attempt.rule.title}"
            )
            line(out, near, 2)
            line(out, f"stopped by: {attempt.obstacle}", 4)
            line(out, f"{attempt.place}", 4, "dim")
        if not found:
            line(out, "no rule of the rulebook can conclude this", 2)
    return 0


def _explanation(told: Explanation, out: Console, indent: int) -> None:
    line(out, f"{told.says} {_WORDS[told.verdict]}", indent, "bold")
    for label, arguments in (("for", told.support), ("against", told.against)):
        for argument in arguments:
            _argument(label, argument, out, indent + 2)


def _argument(label: str, argument: Argument, out: Console, indent: int) -> None:
    inside = indent + 2
    line(out, f"{label} it: {argument.reason}", indent)
    line(out, f"rule {argument.rule}: {argument.title} ({argument.place})", inside, "dim")
    for citation in argument.citations:
        mark = "" if citation.verified == "yes" else f" (verified: {citation.verified})"
        line(out, f"{citation.cite}: {citation.title}{mark}", inside)
        if citation.says:
            line(out, citation.says, inside + 2, "dim")
    for fact in argument.facts:
        line(out, f"fact: {fact}", inside)
    if argument.beats:
        line(out, f"overrides {', '.join(argument.beats)}", inside)
    if argument.beaten_by:
        line(out, f"gives way to {', '.join(argument.beaten_by)}", inside)
    for premise in argument.premises:
        _explanation(premise, out, inside)
