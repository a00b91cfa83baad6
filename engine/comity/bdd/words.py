"""Steps: templates such as ``{item} is stored in {state}``, how they match, and the catalogue of all of them.

In a template ``{field}`` stands for one of :data:`comity.bdd.fields.FIELDS`; ``[...]`` encloses what can be left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from keyword import iskeyword
from typing import Any, Final, Literal

import pytest_bdd
from pytest_bdd.parsers import StepParser

from comity.bdd.fields import FIELDS

Kind = Literal["given", "when", "then"]


@dataclass(frozen=True)
class Step:
    """A step of the catalogue: its template and, in a sentence, what it means."""

    kind: Kind
    template: str
    meaning: str
    words: Words
    function: Callable[..., None]

    def __str__(self) -> str:
        return f"{self.kind.capitalize()} {self.template}"


class Words(StepParser):
    """Matches a step with a template, and reads the words in its places."""

    def __init__(self, template: str) -> None:
        super().__init__(template)
        parts = re.split(r"(\{[a-z_]+\}|\[|\])", template)
        self._pattern = re.compile("".join(map(self._part, parts)))

    @staticmethod
    def _part(part: str) -> str:
        if part in ("[", "]"):
            return {"[": "(?:", "]": ")?"}[part]
        if part.startswith("{"):
            field = FIELDS[part[1:-1]]
            return f"(?P<{part[1:-1]}>{field.shape})" if field.read else f"(?:{field.shape})"
        return re.escape(part)

    def is_matching(self, name: str) -> bool:
        """Whether a step has the shape of the template."""
        return self._pattern.fullmatch(name) is not None

    def parse_arguments(self, name: str) -> dict[str, Any]:
        """What stands in the places, read; an optional place that is left out is ``None``.

        Raises:
            WordError: a word cannot be understood.
        """
        match = self._pattern.fullmatch(name)
        assert match is not None
        found: dict[str, Any] = {}
        for key, text in match.groupdict().items():
            read = FIELDS[key].read
            found[f"{key}_" if iskeyword(key) else key] = read(text) if read and text is not None else None
        return found


CATALOGUE: Final[list[Step]] = []
"""Every step, in the order of definition; filled when :mod:`comity.bdd.steps` is imported."""


def step(kind: Kind, template: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Define a step; the first sentence of the function's docstring says what it means."""

    def define(function: Callable[..., None]) -> Callable[..., None]:
        words = Words(template)
        meaning = " ".join((function.__doc__ or "").split()).split(". ")[0].rstrip(".")
        CATALOGUE.append(Step(kind, template, meaning, words, function))
        return getattr(pytest_bdd, kind)(words, stacklevel=2)(function)  # type: ignore[no-any-return]

    return define


def nearest(text: str, steps: Iterable[Step]) -> list[Step]:
    """The steps that *text* was probably meant to be, best first."""
    wanted = _bag(text)
    scored = [(len(wanted & _bag(s.template)) / (len(wanted | _bag(s.template)) or 1), s) for s in steps]
    return [s for score, s in sorted(scored, key=lambda pair: -pair[0])[:3] if score > 0.15]


def _bag(text: str) -> set[str]:
    return set(re.findall(r"[a-z]+", re.sub(r"\{[a-z_]+\}|\"[^\"]*\"|\b[A-Z]\w+", "", text)))
