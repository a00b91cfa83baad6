"""Whether a thing that an expectation names is among those that a decision has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

Told = tuple[str, ...]
"""A thing of a decision: its name, and the words that say more of it."""


def told(*words: object) -> Told:
    """A thing with its name first; what is ``None`` is left out."""
    return tuple(str(word) for word in words if word is not None)


def among(wanted: str, things: Iterable[Told]) -> bool:
    """Whether one of *things* has the name that *wanted* begins with, and all of the words that follow."""
    name, *more = wanted.split()
    return any(thing[0] == name and set(more) <= set(thing[1:]) for thing in things)


def shortfalls(noun: str, wanted: Iterable[str], unwanted: Iterable[str], things: Sequence[Told]) -> Iterator[str]:
    """What is missing of *wanted* among *things*, and what of *unwanted* is there, one sentence each."""
    for name in wanted:
        if not among(name, things):
            there = ", ".join(sorted({" ".join(thing) for thing in things})) or "none"
            yield f"{noun} {name} is expected, there are: {there}"
    yield from (f"{noun} {name} is not expected, but stands" for name in unwanted if among(name, things))
