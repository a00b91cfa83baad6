"""``comity show``: rules, states, instruments, channels, and the words that rules are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from comity.law.finding import Finding, InputError, Place, one_of
from comity.law.rulebook import Rulebook
from comity.law.state import State
from comity_cli import inputs
from comity_cli.render.console import console, paged


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be shown: the names given, under the law of which day, from which rulebook, and where."""

    names: list[str]
    as_of: date
    rulebook: Rulebook
    out: Console


def run(what: str, names: list[str], as_of: date | None, rules: Path | None) -> int:
    """Show one thing of the rulebook.

    Raises:
        InputError: there is no such thing.
    """
    from comity_cli.show import channels, instrument, rule, sources, state, words

    # What can be shown, with how many names at least and at most.
    known: dict[str, tuple[int, int, str, Callable[[Wanted], None]]] = {
        "rule": (0, 1, "show rule ID", rule.show),
        "state": (1, 1, "show state CN", state.show),
        "instrument": (0, 1, "show instrument budapest", instrument.show),
        "channels": (2, 3, "show channels CN US, or show channels CN US OFFENCE", channels.show),
        "sources": (0, 1, "show sources, or show sources CN, or show sources budapest", sources.show),
        "offences": (0, 0, "show offences", words.offences),
        "vocabulary": (0, 1, "show vocabulary", words.vocabulary),
        "schema": (0, 1, "show schema, or show schema rule", words.schema),
    }
    if what not in known:
        raise unknown(f"'{what}' is nothing that can be shown", one_of(what, known))
    fewest, most, usage, function = known[what]
    if not fewest <= len(names) <= most:
        raise unknown(f"'{what}' takes {_count(fewest, most)}", f"comity {usage}")
    out = console()
    wanted = Wanted(names, as_of or date.today(), inputs.rulebook(rules), out)
    if what == "schema":
        function(wanted)
    else:
        with paged(out):
            function(wanted)
    return 0


def _count(fewest: int, most: int) -> str:
    if most == 0:
        return "no name"
    if fewest == 0:
        return "one name, or none for all"
    return "two states" if fewest == 2 else "one name"


def unknown(message: str, hint: str) -> InputError:
    """The error that something cannot be shown."""
    return InputError([Finding(Place("show"), "Q004", message, hint)])


def code(name: str) -> State:
    """The state called *name*.

    Raises:
        InputError: it is no code of a state.
    """
    try:
        return State(name)
    except ValueError as error:
        raise InputError([Finding(Place("show"), "F105", str(error))]) from None
