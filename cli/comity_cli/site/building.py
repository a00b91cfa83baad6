"""Sphinx, run on the pages: with its progress, its warnings as errors, and nothing half-built left behind."""

from __future__ import annotations

import os
import re
import shutil
import signal
import tempfile
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from io import StringIO
from pathlib import Path
from typing import Any, Final

from comity import __version__
from comity.law.finding import Finding, InputError, Place
from comity_cli.site.book import Progress
from comity_cli.site.pages import Page, environment

NEEDED: Final = ("sphinx", "furo", "myst_parser")

_STATIC: Final = Path(__file__).parent / "static"


class SiteFault(Exception):
    """The pages do not make a site; the message says what Sphinx found wrong."""


def check_installed() -> None:
    """Say what to install where the tools for the site are missing.

    Raises:
        InputError: they are.
    """
    if any(find_spec(name) is None for name in NEEDED):
        message = "the site is made with Sphinx, MyST and Furo, which are not installed here"
        raise InputError([Finding(Place("docs"), "Q008", message, "pip install 'comity[site]'")])


def build(pages: Iterable[Page], title: str, out: Path, progress: Progress) -> int:
    """Build *pages* into the folder *out*, which is replaced as a whole; return how many there are.

    Raises:
        SiteFault: a link leads nowhere, or the markup of a page is wrong.
        OSError: the folder cannot be written.
    """
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".comity-docs-", dir=out.parent) as work:
        source, made = Path(work) / "source", Path(work) / "made"
        written = list(pages)
        _write(written, source, progress)
        _sphinx(source, made, Path(work) / "doctrees", title, progress)
        old = Path(work) / "old"
        if out.exists():
            os.replace(out, old)
        os.replace(made, out)
    return len(written)


def _write(pages: Sequence[Page], source: Path, progress: Progress) -> None:
    templates = environment()
    for number, page in enumerate(pages, 1):
        path = source / f"{page.name}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(templates.get_template(page.template).render(page.values), encoding="utf-8")
        progress("preparing pages", number, len(pages))


def _sphinx(source: Path, made: Path, doctrees: Path, title: str, progress: Progress) -> None:
    from sphinx.application import Sphinx
    from sphinx.errors import SphinxError

    faults = StringIO()
    _end_quietly_when_interrupted()
    try:
        app = Sphinx(
            str(source),
            confdir=None,
            outdir=str(made),
            doctreedir=str(doctrees),
            buildername="html",
            confoverrides=_settings(title),
            status=_Status(progress),
            warning=faults,
            parallel=min(4, os.cpu_count() or 1),
        )
        app.build()
    except SphinxError as error:
        raise SiteFault(f"{error}\n{_plain(faults.getvalue())}".strip()) from None
    if told := _plain(faults.getvalue()):
        raise SiteFault(told)
    for name in (".buildinfo", "objects.inv", ".doctrees"):
        path = made / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)


@cache
def _end_quietly_when_interrupted() -> None:
    """Let the processes that Sphinx works with end without a word when the reader interrupts all of them."""
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))


def _settings(title: str) -> dict[str, Any]:
    return {
        "project": title,
        "version": __version__,
        "extensions": ["myst_parser", "comity_cli.site.extension"],
        "html_theme": "furo",
        "html_title": title,
        "html_static_path": [str(_STATIC)],
        "html_css_files": ["comity.css"],
        "html_copy_source": False,
        "html_show_copyright": False,
        "html_use_index": False,
        "html_domain_indices": False,
        "html_permalinks_icon": "#",
        "myst_enable_extensions": ["attrs_block", "attrs_inline"],
        "myst_heading_anchors": 0,
        "nitpicky": True,
        "smartquotes": False,
        "language": "en",
    }


def _plain(text: str) -> str:
    """*text* without what colours a terminal."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text).strip()


class _Status(StringIO):
    """What Sphinx says of its progress, told on: ``reading sources... [ 12%] …``."""

    _LINE: Final = re.compile(r"(reading|writing|copying)[^\[]*\[ *(\d+)%\]")

    def __init__(self, progress: Progress) -> None:
        super().__init__()
        self.progress = progress

    def write(self, text: str) -> int:
        """Take what Sphinx says."""
        found = self._LINE.search(_plain(text))
        if found:
            self.progress(f"{found[1]} pages", int(found[2]), 100)
        return len(text)
