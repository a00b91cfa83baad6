"""What comity adds to Sphinx: links to rules, states and the like by their names, and a navigation that stays short."""

from __future__ import annotations

import re
from typing import Any, Final

from docutils import nodes
from pygments.lexers.special import TextLexer
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from comity import __version__
from comity_cli.site import navigation

KINDS: Final = ("rule", "state", "instrument", "authority", "scenario", "offence", "network", "relation")
"""What can be linked to by its name, with a role that is called the same; the search finds it by that name."""


class Named(SphinxDirective):
    """``named rule sovereignty-1``: what follows is that rule."""

    required_arguments = 2

    def run(self) -> list[nodes.Node]:
        """Put a target in the text and tell the index of it."""
        kind, name = self.arguments
        anchor = re.sub(r"[^A-Za-z0-9-]", "_", f"{kind}-{name}")
        target = nodes.target("", "", ids=[anchor])
        self.state.document.note_explicit_target(target)
        self.env.domains.standard_domain.note_object(kind, name, anchor, location=target)
        return [target]


def _navigate(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """Give the theme our own navigation: that of Sphinx would list every page on every other one."""
    context["toctree"] = lambda **_: navigation.tree(app, page)


def setup(app: Sphinx) -> dict[str, Any]:
    """Register with Sphinx."""
    for kind in KINDS:
        app.add_object_type(kind, kind, ref_nodeclass=nodes.inline)
        # Who searches for a name finds what bears it before what mentions it.
        app.registry.domain_object_types["std"][kind].attrs["searchprio"] = 0
    app.add_directive("named", Named)
    app.add_lexer("csv", TextLexer)
    app.connect("html-page-context", _navigate, priority=100)
    return {"version": __version__, "parallel_read_safe": True, "parallel_write_safe": True}
