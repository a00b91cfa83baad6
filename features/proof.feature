Feature: What holds of every possible case
  A worked case shows what the rules say of one matter. A policy desk has to know what they say of all: any number of
  persons, items and states, whatever is known of them and whatever treaties are in force. That is proved, not sampled;
  and where it does not hold, the smallest case that breaks it is shown, for the officer to decide and to read.

  Scenario Outline: Sovereignty, whatever the case
    The first restriction of international law on a state is that it may not exercise its power in the territory of
    another (The Lotus, 1927). Nothing abroad is taken directly unless the state where it lies is bound, on the day of
    decision, by an instrument in force for both states that provides that very act. An unknown place is not "here".
    When the property "<property>" is put to the proof
    Then it is proved

    Examples:
      | property                  |
      | sovereignty-data          |
      | sovereignty-assets        |
      | sovereignty-persons       |
      | unknown-is-not-here       |
      | no-way-around-sovereignty |

  Scenario: Nothing is left with neither a route nor a reason
    When the property "every-channel-is-answered" is put to the proof
    Then it is proved

  Scenario: No two steps contradict each other
    Surrender on a warrant takes the place of extradition: one of them is advised, not both.
    When the property "surrendered-or-extradited" is put to the proof
    Then it is proved

  Scenario: What only other tables could break
    A member state of the Union that had an agreement on access to data would have to be thought of anew; there is none.
    When the property "forbidden-to-ask" is put to the proof
    Then it is proved for these tables

  Scenario: A domestic power that would lift the prohibition is found out
    Since 23 March 2018 18 USC 2713 orders providers to disclose data wherever they lie. No other state has agreed to it.
    A rule that let it override sovereignty breaks the property, with a case that an officer can read.
    Given a rule file "domestic/us-new.yaml" with
      """
      - id: us-orders-reach
        title: An order reaches what a provider at home controls
        cites: [us-sca/2713]
        effective: {from: 2018-03-23}
        when:
          - case: {forum: US}
          - abroad: {item: $item, state: $there}
          - data: {id: $item, custodian: $holder}
          - custodian: {id: $holder, kind: provider, seat: US}
        conclude:
          - direct_access: {item: $item}
        overrides: [sovereignty-1]
        because: "the law of the United States obliges {holder} to produce {item}"
      """
    When the property "sovereignty-data" is put to the proof
    Then it fails: "no instrument in force for the United States"
    When the case that breaks it is decided
    Then direct access to the item is permitted
    And the reason cites "us-sca/2713"

  Scenario: Policy staff claim something of their own, and learn what they forgot
    They hold that access on consent rests on the Convention on Cybercrime alone. The Arab convention has it too.
    Given a rule file "properties/own.yaml" with
      """
      - id: consent-needs-a-treaty
        title: Access on consent rests on a convention in force for both states
        cites: [budapest/32-b]
        never:
          - case: {forum: $here}
          - channel: {item: $item, state: $there, kind: consent-access}
        unless:
          - title: Between parties to the Convention on Cybercrime
            cites: [budapest/32-b]
            when:
              - party: {instrument: budapest, state: $here}
              - party: {instrument: budapest, state: $there}
        because: "{item} is to be had from {there} on consent, outside the Convention on Cybercrime"
      """
    When the property "consent-needs-a-treaty" is put to the proof
    Then it fails: "on consent, outside the Convention on Cybercrime"
    When the case that breaks it is decided
    Then direct access to the item is permitted
    And the reason cites "arab-it-offences/40"

  Scenario: What they forgot is added
    Given a rule file "properties/own.yaml" with
      """
      - id: consent-needs-a-treaty
        title: Access on consent rests on a convention in force for both states
        cites: [budapest/32-b, arab-it-offences/40]
        never:
          - case: {forum: $here}
          - channel: {item: $item, state: $there, kind: consent-access}
        unless:
          - title: Between parties to the Convention on Cybercrime
            cites: [budapest/32-b]
            when:
              - party: {instrument: budapest, state: $here}
              - party: {instrument: budapest, state: $there}
          - title: Between parties to the Arab convention
            cites: [arab-it-offences/40]
            when:
              - party: {instrument: arab-it-offences, state: $here}
              - party: {instrument: arab-it-offences, state: $there}
        because: "{item} is to be had from {there} on consent, outside both conventions"
      """
    When the property "consent-needs-a-treaty" is put to the proof
    Then it is proved

  Scenario: A claim is read as strictly as a rule
    Given a rule file "properties/own.yaml" with
      """
      - id: mistakes
        title: Several mistakes
        cites: [untok/4]
        nevr:
          - data: {id: $item}
        because: "no reader would find this"
      """
    When the rules are checked
    Then line 3 is faulted: "no such authority"
    And line 4 is faulted: "did you mean 'never'?"
