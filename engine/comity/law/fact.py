"""One ground literal, with its fields in the order of the vocabulary."""

from __future__ import annotations

from datetime import date
from enum import Enum

from comity.law.case import Unknown
from comity.law.terms import UNKNOWN
from comity.law.vocabulary import RELATIONS
from comity.logic.terms import Literal, Value


def fact(relation: str, **values: object) -> Literal:
    """A ground literal with its fields in the order of the vocabulary; what is unknown becomes ``unknown``.

    Raises:
        KeyError: the relation, or one of its fields, is not given.
    """
    return Literal(relation, tuple(_value(values[field.name]) for field in RELATIONS[relation].fields))


def _value(value: object) -> Value:
    if value is Unknown.UNKNOWN or value is None:
        return UNKNOWN
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int):
        return value
    return str(value)
