"""``comity show rule``: a rule as it is written, what it cites, and what it has to do with other rules."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console

from comity.decision import agency
from comity.decision.why import citations
from comity.law.finding import Place, one_of
from comity.law.rule import LawRule
from comity.law.rulebook import Rulebook
from comity_cli.render.console import line, place, sentence, unverified
from comity_cli.show import Wanted, unknown


def show(wanted: Wanted) -> None:
    """Show the rule of that id; without one, list all rules."""
    rulebook, out = wanted.rulebook, wanted.out
    if not wanted.names:
        for rule in rulebook.rules:
            line(out, f"{rule.id}: {rule.title}{_mark(rule, rulebook)}", hang=2)
        for change in rulebook.changes:
            if change.kind == "disable" and change.shipped:
                line(out, f"{change.target}: {change.shipped.title} (disabled)", style="dim", hang=2)
        return
    name = wanted.names[0]
    changed = rulebook.change_of(name)
    if changed is not None and changed.shipped is not None:
        line(out, sentence(agency.told(changed)), style="bold yellow", hang=2)
        cited = f" [{', '.join(changed.cites)}]" if changed.cites else ""
        line(out, f"{place(changed.place)}{cited}", 2, "dim", 2)
        if changed.kind == "disable":
            out.print()
            _rule(changed.shipped, rulebook, out)
            return
        line(out, f"The rule that comity ships stands in {place(changed.shipped.place)}.", 2, "dim", 2)
        out.print()
    if name not in rulebook.by_id:
        raise unknown(f"there is no rule '{name}'", one_of(name, rulebook.by_id) or "'comity show rule' lists them")
    _rule(rulebook.by_id[name], rulebook, out)


def _mark(rule: LawRule, rulebook: Rulebook) -> str:
    if rule.id not in rulebook.own:
        return ""
    return " (this agency's, in the place of the shipped one)" if rulebook.change_of(rule.id) else " (this agency's)"


def _rule(rule: LawRule, rulebook: Rulebook, out: Console) -> None:
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
