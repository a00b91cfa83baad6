"""Every relation that rules may read or conclude: the one place that says what words a rule file has.

Fact relations come from the case and from the tables; conclusion relations come from rules. A field of type
``state`` holds an ISO 3166 alpha-2 code, a ``date`` an ISO 8601 day, a ``number`` a whole number, an ``id`` the id of
a part of the case, a ``word`` free text from a table; a field that names an enumeration holds one of its words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final

from comity.law import terms


class Origin(Enum):
    """Where the rows of a relation come from."""

    CASE = "case"
    TABLE = "table"
    COUNTERPART = "counterpart"
    RULES = "rules"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a relation; an ``unknown`` value matches no variable, only the word ``unknown`` itself."""

    name: str
    type: str | type[StrEnum]
    doc: str
    may_be_unknown: bool = False


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation with its typed fields; ``terms`` are what a rule may add to a conclusion without arguing it.

    Terms (for example ``days``) are taken from the rule that carries the conclusion and are not part of what is
    contested.
    """

    name: str
    origin: Origin
    doc: str
    fields: tuple[Field, ...]
    terms: tuple[Field, ...] = ()

    def field(self, name: str) -> Field | None:
        """The field of that name, or ``None``."""
        return next((f for f in self.fields if f.name == name), None)


def _case(name: str, doc: str, *fields: Field) -> Relation:
    return Relation(name, Origin.CASE, doc, fields)


def _table(name: str, doc: str, *fields: Field) -> Relation:
    return Relation(name, Origin.TABLE, doc, fields)


def _counterpart(name: str, doc: str, *fields: Field) -> Relation:
    return Relation(name, Origin.COUNTERPART, doc, fields)


def _rules(name: str, doc: str, *fields: Field, terms: tuple[Field, ...] = ()) -> Relation:
    return Relation(name, Origin.RULES, doc, fields, terms)


def _id(doc: str = "its id", name: str = "id") -> Field:
    return Field(name, "id", doc)


def _state(name: str, doc: str, maybe: bool = False) -> Field:
    return Field(name, "state", doc, maybe)


_ITEM = Field("item", "id", "a data item, an asset or a person of the case")
_STATE = _state("state", "the state")
_OTHER = _state("other", "the other state")
_KIND = Field("kind", terms.ChannelKind, "the kind of channel")
_REQUEST = Field("request", "id", "a request from abroad")
_ELEMENT = Field("element", terms.RequestElement, "what a request states")
_AS = Field("as", "offence", "the other qualification, a row of tables/offences.csv")
_HELP = Field("help", "help", "evidence or persons")

RELATIONS: Final[dict[str, Relation]] = {
    relation.name: relation
    for relation in (
        _case(
            "case",
            "the case itself; one row",
            _state("forum", "the state whose authority asks for advice"),
            Field("authority", terms.Authority, "that authority", True),
            Field("direction", terms.Direction, "who asks whom"),
            Field("stage", terms.Stage, "how far the forum's proceedings have come", True),
            Field("urgency", terms.Urgency, "how fast evidence is needed", True),
            Field("as_of", "date", "the day whose law is applied"),
        ),
        _case(
            "involved",
            "a state that the case names anywhere, the forum included",
            _STATE,
        ),
        _case(
            "offence",
            "an offence under investigation",
            _id(),
            Field("category", "offence", "its category, a row of tables/offences.csv"),
            Field("committed_on", "date", "the day of the act (the last day of a continuing act)", True),
            Field("organised_group", terms.Answer, "was an organised criminal group involved", True),
            Field("group_elsewhere", terms.Answer, "does that group commit crimes in more than one state", True),
            Field(
                "directed_elsewhere",
                terms.Answer,
                "was a substantial part of its preparation or direction in another state than the act",
                True,
            ),
            Field("political", terms.Answer, "is it a political offence, or connected with one", True),
        ),
        _case(
            "conduct",
            "a state where the offender acted",
            _id("the offence", "offence"),
            _state("state", "where", True),
        ),
        _case(
            "effect",
            "a state where the offence took effect",
            _id("the offence", "offence"),
            _state("state", "where", True),
        ),
        _case(
            "flag",
            "the offence was committed on board of a ship or aircraft of the state",
            _id("the offence", "offence"),
            _STATE,
        ),
        _case(
            "penalty",
            "the longest prison sentence that a state's law provides for the offence",
            _id("the offence", "offence"),
            _STATE,
            Field("years", "number", "in whole years"),
        ),
        _case(
            "punishable",
            "what the case file says on whether the act was punishable in a state on the day of the act",
            _id("the offence", "offence"),
            _STATE,
            Field("answer", terms.Answer, "was it", True),
        ),
        _case(
            "person",
            "a person of the case",
            _id(),
            Field("role", terms.Role, "what the person is in the case"),
            _state("residence", "where the person lives", True),
            _state("whereabouts", "where the person is now", True),
        ),
        _case(
            "nationality", "a nationality of a person", _id("the person", "person"), _state("state", "of which", True)
        ),
        _case(
            "system",
            "a computer system of the case",
            _id(),
            Field("role", terms.SystemRole, "what it is in the case", True),
            _state("located_in", "where it stands", True),
        ),
        _case(
            "custodian",
            "who holds data or assets",
            _id(),
            Field("kind", terms.CustodianKind, "what it is", True),
            _state("seat", "where it has its seat", True),
        ),
        _case(
            "established",
            "a custodian has an establishment, such as its seat, in a state",
            _id("the custodian", "custodian"),
            _STATE,
        ),
        _case(
            "offers_services", "a custodian offers its services in a state", _id("the custodian", "custodian"), _STATE
        ),
        _case(
            "data",
            "an item of data wanted as evidence",
            _id(),
            Field("category", terms.DataCategory, "its category", True),
            _state("stored_in", "where it is stored", True),
            Field("custodian", "id", "who holds it", True),
            Field("timing", terms.Timing, "whether it exists already"),
            Field("public", terms.Answer, "is it open to the public", True),
            Field(
                "consent",
                terms.Answer,
                "does the person lawfully entitled to disclose it consent, lawfully and freely",
                True,
            ),
            Field("preserved", terms.Answer, "is it preserved already", True),
        ),
        _case(
            "expires",
            "days from the date of decision until an item is deleted; negative when it is past",
            _id("the data item", "item"),
            Field("days", "number", "days left", True),
        ),
        _case(
            "account_of",
            "whose account a data item is",
            _id("the data item", "item"),
            Field("person", "id", "whose", True),
        ),
        _case(
            "asset",
            "an asset to be traced or frozen",
            _id(),
            Field("kind", terms.AssetKind, "what it is"),
            _state("located_in", "where it is", True),
            Field("custodian", "id", "who holds it", True),
        ),
        _case(
            "proceedings",
            "proceedings in a state on the facts of this case",
            _id(),
            _STATE,
            Field("stage", terms.Stage, "how far they have come", True),
            Field("outcome", terms.Outcome, "how they ended", True),
            Field("person", "id", "against whom", True),
            Field("same_facts", terms.Answer, "do they concern the same acts", True),
            Field("enforced", terms.Answer, "has a sentence been served, is it being served, or has it lapsed", True),
        ),
        _case("step_taken", "a step already taken", _KIND, _ITEM, _STATE),
        _case(
            "request",
            "a request that a foreign authority makes",
            _id(),
            _state("asked_by", "the state that asks", True),
            Field("authority", terms.Authority, "its authority that asks", True),
            Field("kind", terms.ChannelKind, "what sort of request it is", True),
            Field("instrument", "instrument", "the instrument that it names", True),
            Field("addressed_to", "id", "a custodian, a person, or the word authority", True),
            Field("days", "number", "days since it was received", True),
        ),
        _case("request_item", "an item that a request asks for", _REQUEST, _ITEM),
        _case(
            "contains",
            "whether a request states something",
            _REQUEST,
            _ELEMENT,
            Field("answer", terms.Answer, "does it", True),
        ),
        _counterpart(
            "open_to_asker",
            "whether a channel of that kind to the forum is open to the state that asks",
            _REQUEST,
            _ITEM,
            _KIND,
            Field("answer", terms.Answer, "is it", True),
        ),
        _counterpart(
            "may_refuse",
            "a ground on which the forum may or must refuse what a request asks for",
            _REQUEST,
            _ITEM,
            Field("ground", "word", "the ground"),
            Field("effect", "effect", "may or must"),
        ),
        _counterpart(
            "withheld",
            "a law of the forum forbids its custodians to hand the item over on a direct demand of the state that asks",
            _REQUEST,
            _ITEM,
        ),
        _table(
            "party",
            "a multilateral instrument is in force for the state on the date of decision",
            Field("instrument", "instrument", "the instrument"),
            _STATE,
        ),
        _table(
            "party_since",
            "the day since when a multilateral instrument is in force for the state, if that day has come",
            Field("instrument", "instrument", "the instrument"),
            _STATE,
            Field("since", "date", "the day"),
        ),
        _table(
            "not_in_force",
            "the state has signed or ratified, but on the date of decision the instrument is not in force for it",
            Field("instrument", "instrument", "the instrument"),
            _STATE,
        ),
        _table(
            "status_unclear",
            "no source establishes on which date the instrument is in force for the state",
            Field("instrument", "instrument", "the instrument"),
            _STATE,
        ),
        _table(
            "reservation",
            "a reservation or declaration of a party",
            Field("instrument", "instrument", "the instrument"),
            _STATE,
            Field("article", "word", "the article concerned"),
        ),
        _table(
            "bilateral",
            "a bilateral treaty is in force between two states on the date of decision (both orders)",
            Field("kind", "treaty-kind", "mlat, extradition, cloud-act or agreement"),
            _STATE,
            _OTHER,
        ),
        _table(
            "bilateral_unclear",
            "a bilateral treaty is reported, but no source establishes since when it is in force (both orders)",
            Field("kind", "treaty-kind", "mlat, extradition, cloud-act or agreement"),
            _STATE,
            _OTHER,
        ),
        _table(
            "member",
            "the state's authority belongs to a network that is no treaty",
            Field("network", "network", "a network of tables/networks.csv"),
            _STATE,
        ),
        _table(
            "profile",
            "a fact about a state's law from tables/states.csv, in effect on the date of decision",
            _STATE,
            Field("attribute", "attribute", "which fact"),
            Field("value", "word", "its value"),
        ),
        _table(
            "profile_first",
            "the earliest day since when tables/states.csv knows a fact of that kind, whether or not that day has come",
            _STATE,
            Field("attribute", "attribute", "which fact"),
            Field("since", "date", "the day"),
            Field("verified", "verified", "how well the earliest row is sourced"),
        ),
        _table(
            "period",
            "a period of tables/states.csv (an attribute that ends in _days) in effect on the date of decision",
            _STATE,
            Field("attribute", "attribute", "which period"),
            Field("days", "number", "in days"),
            Field("law", "word", "the law or report, as tables/states.csv cites it"),
            Field("verified", "verified", "how well it is sourced"),
        ),
        _table(
            "kept_by_law",
            "how long the law of the state where a data item is stored makes providers keep logs, and the day on which "
            "logs of the day of the act may be deleted; no row where the tables know no period",
            _id("the data item", "item"),
            _STATE,
            Field("days", "number", "the shortest period in days; 0 where no law makes providers keep logs"),
            Field("until", "date", "the day of the act and the days added", True),
            Field("law", "word", "the law, as tables/states.csv cites it"),
            Field("verified", "verified", "how well the period is sourced"),
        ),
        _table(
            "offence_kind",
            "a row of tables/offences.csv for a category of the case",
            Field("category", "offence", "the category"),
            Field("family", "word", "its family"),
            Field("cyber_dependent", terms.Answer, "can it be committed only with a computer"),
            Field(
                "initiative", terms.Answer, "is it named by the initiative on crimes that use the internet as a tool"
            ),
            Field("untoc", "word", "convention-offence, serious-crime-by-penalty or no"),
        ),
        _table(
            "covered",
            "an instrument obliges its parties to criminalise the category",
            Field("category", "offence", "the category"),
            Field("instrument", "instrument", "the instrument"),
            Field("article", "word", "the article that says so"),
        ),
        _table(
            "qualification",
            "another offence that the conduct of a category of the case is, or may be, as well",
            Field("category", "offence", "the category"),
            Field("as", "offence", "the other offence"),
            Field("fit", "fit", "included where every such act is one, if-shown where the facts have to show it"),
        ),
        _table(
            "statute",
            "the law of a state is known to punish acts of a category; silence of the table says nothing",
            _STATE,
            Field("category", "offence", "the category"),
            Field("since", "date", "since when at the latest"),
        ),
        _rules("addressee", "a state that may be asked for an item or a person", _ITEM, _STATE),
        _rules("here", "an item that lies in the forum state", _ITEM),
        _rules("abroad", "an item that lies in another state", _ITEM, _STATE),
        _rules(
            "within_reach",
            "a foreign state's own authorities can reach the data: it is stored there, or nobody knows where",
            _ITEM,
            _STATE,
        ),
        _rules(
            "bound",
            "two states are both bound by an instrument",
            Field("instrument", "instrument", "it"),
            _STATE,
            _OTHER,
        ),
        _rules(
            "permitted_order",
            "an agreement in force lets an order for the item go straight to a provider",
            _ITEM,
            _STATE,
            Field("under", "word", "the agreement, in one word of the rule's own"),
        ),
        _rules("target_unknown", "it is unknown whether an agreement protects the person whose data it is", _ITEM),
        _rules("treaty_for_mla", "a treaty on mutual legal assistance links two states", _STATE, _OTHER),
        _rules("treaty_unclear", "a treaty on mutual legal assistance may link two states", _STATE, _OTHER),
        _rules(
            "serious_crime", "an offence that reaches the threshold of serious crime", _id("the offence", "offence")
        ),
        _rules("transnational", "an offence that touches more than one state", _id("the offence", "offence")),
        _rules(
            "suspected_transnational",
            "there is reason to suspect that an offence is transnational, where a state is asked for data",
            _id("the offence", "offence"),
            _id("the data", "item"),
            _STATE,
        ),
        _rules(
            "criminal_in",
            "the act was an offence in the state on the day it was done",
            _id("the offence", "offence"),
            _STATE,
        ),
        _rules("dual_criminality", "an offence in both states", _id("the offence", "offence"), _STATE, _OTHER),
        _rules(
            "dual_criminality_open",
            "nobody knows whether it is an offence in both states",
            _id("the offence", "offence"),
            _STATE,
            _OTHER,
        ),
        _rules(
            "punished",
            "on the day of the act the state punished acts of another qualification",
            _id("the offence", "offence"),
            _STATE,
            _AS,
        ),
        _rules(
            "criminal_as",
            "the act was an offence in the state under another qualification, which every such act has",
            _id("the offence", "offence"),
            _STATE,
            _AS,
        ),
        _rules(
            "criminal_conduct",
            "what was done was an offence in the state, whatever its name there",
            _id("the offence", "offence"),
            _STATE,
        ),
        _rules(
            "conduct_test",
            "for requests of a state to another dual criminality is judged by the conduct, not by the name",
            _state("state", "the state that asks"),
            _state("other", "the state that is asked"),
            _HELP,
        ),
        _rules(
            "dual_criminality_as",
            "what was done is an offence in both states, in one of them under another qualification",
            _id("the offence", "offence"),
            _state("state", "the state that asks"),
            _state("other", "the state that is asked"),
            _AS,
            _HELP,
        ),
        _rules(
            "arguable_as",
            "both states punish another qualification, which the request may argue if the facts bear it out",
            _id("the offence", "offence"),
            _state("state", "the state that asks"),
            _state("other", "the state that is asked"),
            _AS,
        ),
        _rules(
            "claim",
            "a state may claim jurisdiction",
            _STATE,
            Field("basis", terms.Basis, "on which basis"),
        ),
        _rules(
            "barred",
            "a state may not, or no longer, prosecute",
            _STATE,
            Field("ground", "word", "why, in one word of the rule's own"),
        ),
        _rules("consult", "two states have to consult on who prosecutes", _STATE, _OTHER),
        _rules(
            "factor",
            "a factor for the choice of the lead speaks for a state",
            _STATE,
            Field("factor", "factor", "a factor of preferences/lead.yaml"),
        ),
        _rules("direct_access", "the forum may take the item directly, without the state where it lies acting", _ITEM),
        _rules(
            "blocked",
            "a law of the state forbids its custodians to hand the item over on a direct foreign demand",
            _ITEM,
            _STATE,
        ),
        _rules(
            "channel",
            "a channel of that kind is open for the item to the state",
            _ITEM,
            _STATE,
            _KIND,
            terms=(
                Field("days", "range", "expected duration [shortest, longest] in days"),
                Field("urgent_hours", "number", "answer in an emergency, in hours"),
                Field("keeps_days", "number", "how long data stays preserved, in days"),
                Field("follow_up_days", "number", "within how many days the next request must follow"),
                Field("through", "word", "through whom the request goes"),
                Field("yields", "yield", "evidence or information"),
            ),
        ),
        _rules(
            "without_dual_criminality",
            "a channel that is open although dual criminality is not established",
            _ITEM,
            _STATE,
            _KIND,
        ),
        _rules(
            "refusal_ground",
            "a ground on which the addressee may or must refuse",
            _ITEM,
            _STATE,
            Field("ground", "word", "the ground, in one word of the rule's own"),
            terms=(Field("effect", "effect", "may or must"),),
        ),
        _rules(
            "safeguard",
            "a condition that the request must carry",
            _ITEM,
            _STATE,
            Field("safeguard", "word", "the condition, in one word of the rule's own"),
        ),
        _rules(
            "must_not",
            "something that must not be done",
            _ITEM,
            Field("act", "word", "what, in one word of the rule's own"),
        ),
        _rules(
            "under",
            "an instrument in force between both states, under which a request is to be read",
            _REQUEST,
            Field("instrument", "instrument", "it"),
        ),
        _rules("direct_demand", "a request that goes to a custodian or a person, past the authorities", _REQUEST),
        _rules("requires", "something that a request has to state", _REQUEST, _ELEMENT),
        _rules("missing", "something that a request has to state, and does not", _REQUEST, _ELEMENT),
        _rules("unchecked", "something that a request has to state; whether it does is unknown", _REQUEST, _ELEMENT),
        _rules(
            "reply",
            "what a request for an item is answered",
            _REQUEST,
            _ITEM,
            Field("reply", terms.Reply, "the reply"),
        ),
        _rules(
            "proper_way",
            "a way that is open to the state that asks, instead of the one it took",
            _REQUEST,
            _ITEM,
            _KIND,
        ),
        _rules(
            "time_limit",
            "a time within which something has to be done about a request",
            _REQUEST,
            _ITEM,
            Field("step", "word", "what has to be done, in one word of the rule's own"),
            terms=(
                Field("days", "number", "within how many days of receipt"),
                Field("hours", "number", "within how many hours of receipt"),
            ),
        ),
        _rules(
            "warning",
            "something the officer must know",
            Field("about", "id-or-state", "whom or what it concerns"),
            Field("code", "word", "which warning"),
        ),
        _rules(
            "prevention",
            "a preventive measure that the law offers",
            Field("about", "id-or-state", "whom or what it concerns"),
            Field("measure", "word", "which measure"),
        ),
    )
}

COMPARISONS: Final[dict[str, tuple[str, str]]] = {
    "same": ("==", "both are the same"),
    "different": ("!=", "they differ"),
    "less_than": ("<", "the first is less than the second"),
    "at_most": ("<=", "the first is at most the second"),
    "more_than": (">", "the first is more than the second"),
    "at_least": (">=", "the first is at least the second"),
    "before": ("<", "the first day is before the second"),
    "not_before": (">=", "the first day is the second or later"),
    "one_of": ("in", "the first is one of the others"),
    "none_of": ("not in", "the first is none of the others"),
}
"""The comparisons of the rule language: word, operator of the kernel, meaning."""

WORD_LISTS: Final[dict[str, tuple[str, ...]]] = {
    "yield": ("evidence", "information"),
    "effect": ("may", "must"),
    "verified": ("yes", "partly", "no"),
    "fit": ("included", "if-shown"),
    "help": ("evidence", "persons"),
    "treaty-kind": ("mlat", "extradition", "cloud-act", "agreement"),
}
"""Closed lists of small importance that are no enumeration of their own."""

READ_BY_DECISION: Final = frozenset(
    {
        "addressee",
        "arguable_as",
        "barred",
        "blocked",
        "channel",
        "claim",
        "consult",
        "criminal_conduct",
        "criminal_in",
        "direct_access",
        "dual_criminality",
        "dual_criminality_as",
        "factor",
        "missing",
        "must_not",
        "prevention",
        "proper_way",
        "punished",
        "refusal_ground",
        "reply",
        "requires",
        "safeguard",
        "time_limit",
        "unchecked",
        "warning",
        "without_dual_criminality",
    }
)
"""The conclusions that advice is made of; all others matter only to rules that read them."""
