"""The navigation beside a page: open where the reader is, and short, however many pages there are."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Final

from sphinx import addnodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

MANY: Final = 25
"""Pages of one kind beyond which only the one that is read is named: the others are in the index above it."""


def tree(app: Sphinx, page: str) -> str:
    """The navigation for *page*, as the theme expects it."""
    env = app.env
    path = _path(env, page)
    parts = []
    for listed in env.tocs[env.config.root_doc].findall(addnodes.toctree):
        if listed["caption"]:
            shown = f'<span class="caption-text">{escape(listed["caption"])}</span>'
            parts.append(f'<p class="caption" role="heading">{shown}</p>')
        parts.append(_list(app, page, path, [name for _, name in listed["entries"]], 1))
    return "".join(parts)


def _path(env: BuildEnvironment, page: str) -> list[str]:
    """The pages from the first one down to *page*."""
    above = {child: parent for parent, children in env.toctree_includes.items() for child in children}
    path = [page]
    while path[0] in above:
        path.insert(0, above[path[0]])
    return path


def _list(app: Sphinx, page: str, path: list[str], names: list[str], level: int) -> str:
    shown = names if len(names) <= MANY else [name for name in names if name in path]
    return f"<ul>{''.join(_entries(app, page, path, shown, level))}</ul>" if shown else ""


def _entries(app: Sphinx, page: str, path: list[str], names: list[str], level: int) -> Iterator[str]:
    for name in names:
        children = app.env.toctree_includes.get(name, [])
        is_open = name in path
        link = app.builder.get_relative_uri(page, name)
        current = " current" if is_open else ""
        title = escape(app.env.titles[name].astext())
        below = _list(app, page, path, children, level + 1) if is_open else ""
        anchor = f'<a class="reference internal{current}" href="{link}">{title}</a>'
        yield f'<li class="toctree-l{level}{current}">{anchor}{below}</li>'
