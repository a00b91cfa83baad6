"""The pages of the site as files for Sphinx: which there are, and the templates that fill them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from comity_cli.render.console import sentence
from comity_cli.site import markup


@dataclass(frozen=True)
class Page:
    """A page called *name*, below the root of the site, made from a template with *values*."""

    name: str
    template: str
    values: dict[str, Any]


def environment() -> Environment:
    """Templates in which everything that is put in is escaped, unless it is marked as MyST."""
    made = Environment(
        loader=PackageLoader("comity_cli.site"),
        finalize=markup.escaped,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,
    )
    made.globals |= {
        "named": lambda kind, name: markup.Marked(f"```{{named}} {kind} {name}\n```"),
        "rule_link": lambda rule: markup.ref("rule", rule.id, rule.title),
        "code": lambda text: markup.Marked(f"`{text}`"),
    }
    made.filters |= {
        name: getattr(markup, name) for name in ("verified", "linked", "reason", "joined", "source_link", "span", "day")
    }
    made.filters |= {"sentence": sentence, "capital": lambda text: text[:1].upper() + text[1:]}
    made.filters |= {"ref": lambda text, role, target: markup.ref(role, target, text), "marked": markup.Marked}
    return made
