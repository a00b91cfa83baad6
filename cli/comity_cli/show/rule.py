"""``comity show rule``: a rule as it is written, what it cites, and what it has to do with other rules."""

from __future__ import annotations

from pathlib import Path

from comity.decision.why import citations
from comity.law.finding import Place, one_of
from comity_cli.render.console import line, place, unverified
from comity_cli.show import Wanted, unknown


def show(wanted: Wanted) -> None:
    """Show the rule of that id; without one, list all rules."""
    rulebook, out = wanted.rulebook, wanted.out
    if not wanted.names:
        for rule in rulebook.rules:
            line(out, f"{rule.id}: {rule.title}", hang=2)
        return
    name = wanted.names[0]
    if name not in rulebook.by_id:
        raise unknown(f"there is no rule '{name}'", one_of(name, rulebook.by_id) or "'comity show rule' lists them")
    rule = rulebook.by_id[name]
    line(out, f"{rule.id}: {rule.title}", style="bold", hang=2)
    line(out, place(rule.place), style="dim")
    out.print()
    for text in _written(rule.place):
        line(out, text, 2, hang=len(text) - len(text.lstrip()) + 2)
    out.print()
    for citation in citations(rule, rulebook):
        authority = rulebook.authorities[citation.id.partition("/")[0]]
        article = f", {citation.article}" if citation.article else ""
        line(out, f"{citation.id}: {authority.title}{article} ({authority.citation})", hang=2)
        line(out, f"{citation.says or 'as a whole'}{unverified(citation.verified)}", 2, "dim", 2)
    over = [other for other, _ in rule.overrides]
    under = [other.id for other in rulebook.rules if any(id_ == rule.id for id_, _ in other.overrides)]
    if over:
        line(out, f"Prevails over {', '.join(over)}.", hang=2)
    if under:
        line(out, f"Gives way to {', '.join(under)}.", hang=2)
    if rule.default:
        line(out, "Gives way, by default, to every rule that says the opposite.", hang=2)


def _written(start: Place) -> list[str]:
    lines = Path(start.file).read_text(encoding="utf-8").splitlines()[start.line - 1 :]
    end = next((n for n, text in enumerate(lines) if n and text.startswith(("-", "#"))), len(lines))
    return "\n".join(lines[:end]).rstrip().splitlines()
