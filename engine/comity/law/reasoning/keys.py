"""What identifies a row: facts that hold of every case, for whoever reasons about rules without one."""

from __future__ import annotations

from typing import Final

KEYS: Final[dict[str, tuple[str, ...]]] = {
    "case": (),
    "offence": ("id",),
    "penalty": ("offence", "state"),
    "punishable": ("offence", "state"),
    "person": ("id",),
    "system": ("id",),
    "custodian": ("id",),
    "data": ("id",),
    "expires": ("item",),
    "account_of": ("item",),
    "asset": ("id",),
    "proceedings": ("id",),
    "request": ("id",),
    "contains": ("request", "element"),
    "open_to_asker": ("request", "item", "kind"),
    "profile_first": ("state", "attribute"),
    "kept_by_law": ("item",),
    "offence_kind": ("category",),
    "qualification": ("category", "as"),
    "statute": ("state", "category"),
}
"""For a relation the fields that determine all others; the relation ``case`` has a single row."""

PARTS: Final[dict[tuple[str, str], str]] = {
    ("offence", "id"): "offence",
    ("conduct", "offence"): "offence",
    ("effect", "offence"): "offence",
    ("flag", "offence"): "offence",
    ("penalty", "offence"): "offence",
    ("punishable", "offence"): "offence",
    ("person", "id"): "person",
    ("nationality", "person"): "person",
    ("account_of", "person"): "person",
    ("proceedings", "person"): "person",
    ("system", "id"): "system",
    ("custodian", "id"): "custodian",
    ("established", "custodian"): "custodian",
    ("offers_services", "custodian"): "custodian",
    ("data", "custodian"): "custodian",
    ("asset", "custodian"): "custodian",
    ("data", "id"): "data item",
    ("expires", "item"): "data item",
    ("account_of", "item"): "data item",
    ("kept_by_law", "item"): "data item",
    ("asset", "id"): "asset",
    ("proceedings", "id"): "proceedings",
    ("request", "id"): "request",
    ("request_item", "request"): "request",
    ("contains", "request"): "request",
    ("open_to_asker", "request"): "request",
    ("may_refuse", "request"): "request",
    ("withheld", "request"): "request",
}
"""Which part of a case the id in a field names; no id names two parts, and only a named part is listed."""
