"""A rulebook as it was last read: kept in a folder of the user until one of its files, or the program, changes.

To read a rulebook takes half a second, nearly all of it for the place of each word; a decision needs none of these.
What there are thousands of in a rulebook are tuples, or have no slots: other things are slow to bring back.
"""

from __future__ import annotations

import gc
import hashlib
import io
import pickle
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from comity import __version__, kept
from comity.law.rulebook import Rulebook, folders_of, shipped_folder
from comity.logic import rete, terms

KEPT: Final = 6
"""How many rulebooks are kept, the newest."""

_MAY_HOLD: Final = frozenset(
    {
        ("builtins", "set"),
        ("builtins", "frozenset"),
        ("collections", "defaultdict"),
        ("datetime", "date"),
        ("pathlib", "PosixPath"),
        ("pathlib", "WindowsPath"),
    }
)


def rulebook(folder: Path | None = None) -> Rulebook:
    """The rulebook in *folder*, or the shipped one.

    Raises:
        InputError: as :meth:`Rulebook.from_folder`.
    """
    place = shipped_folder() if folder is None else folder
    if kept.folder() is None or not place.is_dir():
        return Rulebook.from_folder(place)
    name = key(place)
    found = known(name)
    if found is None:
        found = Rulebook.from_folder(place)
        _save(name, found)
    return found


def key(folder: Path | None = None) -> str:
    """What a rulebook is kept under: it changes when the content of a file does, or the program that reads it."""
    place = shipped_folder() if folder is None else folder
    digest = hashlib.sha256(f"{__version__} {sys.version} {place.resolve()}".encode())
    for path in sorted(_program()):
        stat = path.stat()
        digest.update(f"{path.name} {stat.st_size} {stat.st_mtime_ns}\0".encode())
    for each in folders_of(place):
        for path in sorted(p for p in each.rglob("*") if p.suffix in (".yaml", ".csv")):
            digest.update(path.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def _program() -> Iterable[Path]:
    engine = Path(__file__).parents[1]
    return (path for layer in ("law", "logic") for path in (engine / layer).rglob("*.py"))


def _path(name: str) -> Path | None:
    folder = kept.folder()
    return None if folder is None else folder / f"{name}.rulebook"


def known(name: str) -> Rulebook | None:
    """The rulebook that is kept under the :func:`key` *name*, if it still is."""
    path = _path(name)
    content = None if path is None else kept.read(path)
    if content is None:
        return None
    collecting = gc.isenabled()
    gc.disable()
    try:
        found = _Unpickler(io.BytesIO(content)).load()
    except Exception:  # whatever is wrong with it, the files themselves are at hand
        return None
    finally:
        if collecting:
            gc.enable()
    return found if isinstance(found, Rulebook) else None


class _Unpickler(pickle.Unpickler):
    """Makes nothing but what a rulebook consists of."""

    def find_class(self, module: str, name: str) -> Any:
        """The class or function of that name.

        Raises:
            pickle.UnpicklingError: a rulebook holds no such thing.
        """
        if (module, name) in _MAY_HOLD:
            return super().find_class(module, name)
        if module.startswith(("comity.law.", "comity.logic.")):
            found = super().find_class(module, name)
            if isinstance(found, type) or found is terms.variable:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _save(name: str, rulebook: Rulebook) -> None:
    path = _path(name)
    if path is not None:
        rete.prepare(rulebook.program)
        kept.write(path, pickle.dumps(rulebook, protocol=pickle.HIGHEST_PROTOCOL), KEPT)
