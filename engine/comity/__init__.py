"""comity: which state leads a cross-border cybercrime case, and how each item of evidence is lawfully obtained.

>>> from comity import Case, Rulebook, decide                      # doctest: +SKIP
>>> decision = decide(Case.from_file("case.yaml"), Rulebook.shipped())  # doctest: +SKIP
>>> decision.lead.state, decision.item("mailbox").recommended      # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from comity.decision.model import Decision
    from comity.decision.opinion import decide
    from comity.law.case import Case
    from comity.law.rulebook import Rulebook

__all__ = ["Case", "Decision", "Rulebook", "__version__", "decide"]

_HOMES = {
    "Case": "comity.law.case",
    "Decision": "comity.decision.model",
    "Rulebook": "comity.law.rulebook",
    "decide": "comity.decision.opinion",
}


def __getattr__(name: str) -> Any:
    """Load the public names on first use, so that a command that needs none of them starts at once."""
    if name in _HOMES:
        import importlib

        return getattr(importlib.import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'comity' has no attribute {name!r}")
