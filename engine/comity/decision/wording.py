"""The words of advised steps: one sentence for each kind of channel."""

from __future__ import annotations

from collections.abc import Iterable

from comity.law.state import in_sentence
from comity.law.terms import ChannelKind

_ACTION: dict[ChannelKind, str] = {
    ChannelKind.DOMESTIC_ORDER: "Obtain {item} by an order under the law of {state}",
    ChannelKind.DIRECT_ORDER: "Serve an order for {item} on the custodian in {state}",
    ChannelKind.REMOTE_SEARCH: "Search for {item} in {state} from home",
    ChannelKind.CONSENT_ACCESS: "Receive {item} from the person entitled to disclose it, with written consent",
    ChannelKind.PUBLIC_ACCESS: "Collect {item}, which is public, and record how",
    ChannelKind.VOLUNTARY_DISCLOSURE: "Ask the custodian in {state} to disclose {item} voluntarily",
    ChannelKind.EMERGENCY_DISCLOSURE: "Ask the custodian in {state} for emergency disclosure of {item}",
    ChannelKind.PRODUCTION_ORDER: "Send a production order for {item} to the provider in {state}",
    ChannelKind.EXECUTIVE_AGREEMENT_ORDER: "Send an order for {item} to the provider in {state} under the agreement",
    ChannelKind.EXPEDITED_PRESERVATION: "Ask {state} to preserve {item}",
    ChannelKind.INFORMAL_PRESERVATION: "Ask the police of {state} to have {item} preserved",
    ChannelKind.STOP_PAYMENT: "Ask {state} at once to hold {item}",
    ChannelKind.VOLUNTARY_FREEZE: "Ask the holder of {item} in {state} to hold it voluntarily",
    ChannelKind.EXPEDITED_DISCLOSURE: "Ask {state} for the traffic data of {item} that show the next provider",
    ChannelKind.MLA: "Send a request for mutual legal assistance for {item} to {state}",
    ChannelKind.INVESTIGATION_ORDER: "Send a European Investigation Order for {item} to {state}",
    ChannelKind.FREEZING_ORDER: "Send an order to freeze {item} with its certificate to {state}",
    ChannelKind.LETTERS_ROGATORY: "Send letters rogatory for {item} to {state}",
    ChannelKind.JOINT_INVESTIGATION_TEAM: "Propose a joint investigation team to {state}",
    ChannelKind.POLICE_TO_POLICE: "Ask the police of {state} for information on {item}",
    ChannelKind.SPONTANEOUS_INFORMATION: "Tell {state} what concerns it about {item}",
    ChannelKind.FIU_EXCHANGE: "Have the financial intelligence unit ask that of {state} about {item}",
    ChannelKind.EXTRADITION: "Request the extradition of {item} from {state}",
    ChannelKind.SURRENDER: "Issue an arrest warrant for the surrender of {item} by {state}",
    ChannelKind.TRANSFER_OF_PROCEEDINGS: "Offer {state} to take over the proceedings against {item}",
}


def action(kind: ChannelKind, state: str, item: str, through: str | None = None) -> str:
    """The sentence that advises a step."""
    text = _ACTION[kind].format(item=item, state=in_sentence(state))
    return f"{text}, through {through}" if through else text


def listed(names: Iterable[str]) -> str:
    """Names one after the other, each once, the last after an "and"."""
    unique = list(dict.fromkeys(names))
    return unique[0] if len(unique) == 1 else ", ".join(unique[:-1]) + " and " + unique[-1]
