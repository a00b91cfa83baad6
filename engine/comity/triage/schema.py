"""The tables of a caseload: what a column of each field of a case holds, and the columns of decisions.

The columns of cases follow from :class:`comity.law.case.Case`; nothing is listed here that the case file does not have.
A missing value is what a case file leaves out.
"""

from __future__ import annotations

import types
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Annotated, Any, Final, Union, get_args, get_origin

import pyarrow as pa
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from comity.law.case import Case, Part, Unknown
from comity.law.state import State
from comity.law.terms import UNKNOWN


class Kind(Enum):
    """What a column holds."""

    TEXT = "a text"
    DAY = "a day"
    TEXTS = "a list of texts"
    NUMBERS = "a whole number by state"
    ANSWERS = "an answer by state"
    PARTS = "a list of parts"


@dataclass(frozen=True, slots=True)
class Column:
    """A field of a case, or of one of its parts, as a column.

    ``default`` is what a missing value means, as JSON has it; ``required`` says that there is none. ``words`` is the
    closed list of a field that has one, ``is_id`` tells ids and ``is_state`` states (of what is told by state the key),
    and ``parts`` are the columns of a list of parts.
    """

    name: str
    kind: Kind
    required: bool
    default: Any
    words: tuple[str, ...] = ()
    is_id: bool = False
    is_state: bool = False
    parts: tuple[Column, ...] = ()

    @property
    def arrow(self) -> pa.DataType:
        """The Arrow type that is written; what is read may also be text for a day."""
        match self.kind:
            case Kind.TEXT:
                return pa.string()
            case Kind.DAY:
                return pa.date32()
            case Kind.TEXTS:
                return pa.list_(pa.string())
            case Kind.NUMBERS:
                return pa.map_(pa.string(), pa.int32())
            case Kind.ANSWERS:
                return pa.map_(pa.string(), pa.string())
            case Kind.PARTS:
                return pa.list_(pa.struct([pa.field(c.name, c.arrow, not c.required) for c in self.parts]))

    @property
    def told_arrow(self) -> pa.DataType:
        """The Arrow type in which it is read."""
        match self.kind:
            case Kind.TEXT | Kind.DAY:
                return pa.string()
            case Kind.NUMBERS:
                return pa.map_(pa.string(), pa.int64())
            case Kind.PARTS:
                return pa.list_(pa.struct([(c.name, c.told_arrow) for c in self.parts]))
            case _:
                return self.arrow

    @property
    def told(self) -> str:
        """The SQL type in which it is read: days are text, so that none is lost that is no day."""
        match self.kind:
            case Kind.TEXT | Kind.DAY:
                return "VARCHAR"
            case Kind.TEXTS:
                return "VARCHAR[]"
            case Kind.NUMBERS:
                return "MAP(VARCHAR, BIGINT)"
            case Kind.ANSWERS:
                return "MAP(VARCHAR, VARCHAR)"
            case Kind.PARTS:
                return f"STRUCT({', '.join(f'{quoted(c.name)} {c.told}' for c in self.parts)})[]"


def quoted(name: str) -> str:
    """A name as SQL writes it."""
    return '"' + name.replace('"', '""') + '"'


def text(value: str) -> str:
    """A text as SQL writes it."""
    return "'" + value.replace("'", "''") + "'"


def _columns(model: type[BaseModel]) -> tuple[Column, ...]:
    return tuple(_column(name, field) for name, field in model.model_fields.items())


def _column(name: str, field: FieldInfo) -> Column:
    kind, inner, is_id = _kind(field.annotation, bool(field.metadata))
    known = field.default is not PydanticUndefined
    default = _plain(field.default) if known else None
    words = tuple(str(w.value) for w in inner) if isinstance(inner, type) and issubclass(inner, Enum) else ()
    parts = _columns(inner) if kind is Kind.PARTS else ()
    if words and default == UNKNOWN and UNKNOWN not in words:
        words = (*words, UNKNOWN)
    return Column(name, kind, not known, default, words, is_id, inner is State, parts)


def _plain(value: object) -> Any:
    return str(value.value) if isinstance(value, Enum) else value


def _kind(annotation: Any, constrained: bool = False) -> tuple[Kind, Any, bool]:
    """The kind of column, the type that it holds, and whether that is an id."""
    origin = get_origin(annotation)
    if origin is Annotated:
        kind, inner, _ = _kind(get_args(annotation)[0])
        return kind, inner, inner is str
    if origin in (Union, types.UnionType):
        wanted = [a for a in get_args(annotation) if a not in (Unknown, types.NoneType)]
        return _kind(wanted[0], constrained)
    if origin is list:
        (inner,) = get_args(annotation)
        if isinstance(inner, type) and issubclass(inner, Part):
            return Kind.PARTS, inner, False
        return Kind.TEXTS, *_kind(inner)[1:]
    if origin is dict:
        key, value = get_args(annotation)
        return (Kind.NUMBERS if _kind(value)[1] is int else Kind.ANSWERS), key, False
    return (Kind.DAY if annotation is date else Kind.TEXT), annotation, constrained and annotation is str


CASE: Final = _columns(Case)
"""The columns of a caseload, in the order of a case file."""

PARTS: Final = tuple(column for column in CASE if column.kind is Kind.PARTS)
"""The columns that hold parts of a case."""

cases: Final = pa.schema([pa.field(c.name, c.arrow, not c.required) for c in CASE])
"""The Arrow schema of a caseload."""

NUMBERED: Final = {b"comity": b"numbered"}
"""The mark of a file of our own that says in its column ``row`` which row each case is."""

told: Final = pa.schema([("row", pa.int64()), *((c.name, c.told_arrow) for c in CASE)])
"""The Arrow schema in which a caseload is read, whatever its files are: all but numbers is text."""


def _list(*fields: tuple[str, pa.DataType]) -> pa.DataType:
    return pa.list_(pa.struct(list(fields)))


_S, _RULES = pa.string(), pa.list_(pa.string())

ROUTE: Final = pa.struct(
    [
        ("kind", _S),
        ("state", _S),
        ("rule", _S),
        ("in_time", _S),
        ("first", _RULES),
    ]
)
"""A recommended route: ``first`` are the kinds of channel that have to go before it."""

_ITEM: Final = (
    ("item", _S),
    ("sort", _S),
    ("direct_access", _S),
    ("recommended", ROUTE),
    ("grounds", _list(("ground", _S), ("effect", _S), ("rules", _RULES))),
    ("refused", _list(("state", _S), ("kind", _S), ("rules", _RULES))),
    ("must_not", _list(("act", _S), ("rules", _RULES))),
)

_REPLY: Final = (("request", _S), ("item", _S), ("reply", _S), ("rules", _RULES))

decisions: Final = pa.schema(
    [
        pa.field("row", pa.int64(), False),
        pa.field("case", _S, False),
        pa.field("as_of", pa.date32(), False),
        pa.field("forum", _S, False),
        pa.field("lead", _S),
        pa.field("conflict", _S),
        pa.field("claims", _list(("state", _S), ("status", _S), ("bases", _RULES))),
        pa.field("items", _list(*_ITEM)),
        pa.field("replies", _list(*_REPLY)),
        pa.field("warnings", _list(("about", _S), ("code", _S), ("rules", _RULES))),
        pa.field("undecided", _RULES),
        pa.field("rules", _RULES),
        pa.field("facts", _S),
        pa.field("rulebook", _S),
        pa.field("comity", _S),
    ]
)
"""The Arrow schema of decisions, one row for each case; docs/triage.md says what each column means."""

refused: Final = pa.schema([("row", pa.int64()), ("case", _S), ("reason", _S)])
"""The Arrow schema of rows that are no case."""
