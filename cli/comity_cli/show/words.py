"""``comity show`` of words: the vocabulary of rules, the categories of offences, the schemas of files."""

from __future__ import annotations

import typer

from comity.editor import workspace
from comity.law.finding import one_of
from comity.law.names import Names
from comity.law.terms import Term
from comity.law.vocabulary import COMPARISONS, RELATIONS, Field, Origin, Relation
from comity_cli.render.console import heading, line
from comity_cli.show import Wanted, unknown

_ORIGINS = {
    Origin.CASE: "Facts of the case",
    Origin.TABLE: "Facts of the tables",
    Origin.COUNTERPART: "What the rules say of the state that asks, as if it asked for advice",
    Origin.RULES: "Conclusions of rules",
}


def offences(wanted: Wanted) -> None:
    """List the categories of offences, with what else an act of each is or may be."""
    tables = wanted.rulebook.tables
    for row in tables.offences.values():
        line(wanted.out, f"{row['offence']}: {row['title']}", hang=2)
        for other in tables.qualifications:
            if other["category"] == row["offence"]:
                condition = f", if {other['condition']}" if other["condition"] else ""
                line(wanted.out, f"also {other['as']}{condition} ({other['citation']})", 2, "dim", 2)


def vocabulary(wanted: Wanted) -> None:
    """Show the relations that rules read and conclude, or one of them, with the comparisons."""
    out = wanted.out
    if wanted.names:
        name = wanted.names[0]
        if name not in RELATIONS:
            raise unknown(f"there is no relation '{name}'", one_of(name, RELATIONS))
        _relation(RELATIONS[name], wanted)
        return
    for origin, title in _ORIGINS.items():
        out.print(heading(title))
        for relation in RELATIONS.values():
            if relation.origin is origin:
                _relation(relation, wanted)
        out.print()
    out.print(heading("Comparisons"))
    for word, (_, meaning) in COMPARISONS.items():
        line(out, f"{word}: {meaning}", 1, hang=2)


def _relation(relation: Relation, wanted: Wanted) -> None:
    line(wanted.out, f"{relation.name}: {relation.doc}", 1, "bold", 2)
    for field in relation.fields:
        line(wanted.out, _field(field), 3, hang=2)
    for field in relation.terms:
        line(wanted.out, f"{_field(field)} (a term: may be left out)", 3, "dim", 2)


def _field(field: Field) -> str:
    type_ = field.type
    values = type_ if isinstance(type_, str) else ", ".join(str(w.value) for w in type_ if isinstance(w, Term))
    unknown_ = ", or unknown" if field.may_be_unknown and "unknown" not in values else ""
    return f"{field.name}: {field.doc} [{values}{unknown_}]"


def schema(wanted: Wanted) -> None:
    """Print the JSON Schema of a decision, or of one of the files that people write."""
    name = wanted.names[0] if wanted.names else "decision"
    if name not in workspace.SCHEMAS:
        raise unknown(f"there is no schema of '{name}'", one_of(name, workspace.SCHEMAS))
    names = Names.of(wanted.rulebook.folders[-1])
    typer.echo(workspace.written(workspace.SCHEMAS[name](names)), nl=False)
