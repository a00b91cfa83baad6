"""A rulebook as it was last read: kept in a folder of the user until one of its files, or the program, changes.

To read a rulebook takes half a second, nearly all of it for the place of each word; a decision needs none of these.
"""

from __future__ import annotations

import gc
import hashlib
import io
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from comity import __version__
from comity.law.rulebook import Rulebook, folders_of, shipped_folder
from comity.logic import rete, terms

FOLDER: Final = "COMITY_CACHE"
"""The variable that names another folder to keep rulebooks in; where it is empty, none is kept."""

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
    kept = _folder()
    if kept is None or not place.is_dir():
        return Rulebook.from_folder(place)
    path = kept / f"{_key(place)}.rulebook"
    found = _load(path)
    if found is None:
        found = Rulebook.from_folder(place)
        _save(path, found)
    return found


def _folder() -> Path | None:
    named = os.environ.get(FOLDER)
    if named is not None:
        return Path(named) if named else None
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "comity"
    known = os.environ.get("XDG_CACHE_HOME", "")
    return (Path(known) if Path(known).is_absolute() else Path.home() / ".cache") / "comity"


def _key(folder: Path) -> str:
    """What changes when the content of a file does, or the program that reads it."""
    digest = hashlib.sha256(f"{__version__} {sys.version} {folder.resolve()}".encode())
    for path in sorted(_program()):
        known = path.stat()
        digest.update(f"{path.name} {known.st_size} {known.st_mtime_ns}\0".encode())
    for each in folders_of(folder):
        for path in sorted(p for p in each.rglob("*") if p.suffix in (".yaml", ".csv")):
            digest.update(path.as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()[:32]


def _program() -> Iterable[Path]:
    engine = Path(__file__).parents[1]
    return (path for layer in ("law", "logic") for path in (engine / layer).glob("*.py"))


def _load(path: Path) -> Rulebook | None:
    """What is kept at *path*, if it is ours and nobody else can have written it."""
    try:
        with path.open("rb") as file:
            known = os.fstat(file.fileno())
            if hasattr(os, "getuid") and (known.st_uid != os.getuid() or stat.S_IMODE(known.st_mode) & 0o022):
                return None
            content = file.read()
        collecting = gc.isenabled()
        gc.disable()
        try:
            found = _Unpickler(io.BytesIO(content)).load()
        finally:
            if collecting:
                gc.enable()
    except Exception:  # whatever is wrong with it, the files themselves are at hand
        return None
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


def _save(path: Path, rulebook: Rulebook) -> None:
    with suppress(OSError):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            rete.prepare(rulebook.program)
            file.write(pickle.dumps(rulebook, protocol=pickle.HIGHEST_PROTOCOL))
        Path(name).replace(path)
        aged = sorted(path.parent.glob("*.rulebook"), key=lambda kept: kept.stat().st_mtime, reverse=True)
        for old in aged[KEPT:]:
            old.unlink()
