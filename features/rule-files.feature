Feature: Policy staff change the law in files, not in programs
  Every rule of law is in a file that a lawyer can read and change. A mistake is told with its line, what is wrong and
  what would be right, and all mistakes are told at once. Nothing may be asserted without an authority that exists.

  Scenario: A rule that can be used
    Given a rule file "prevention/victims.yaml" with
      """
      - id: warn-victims-of-fraud
        title: Victims of a fraud are warned
        cites: [mps-2020/initiative-4]
        when:
          - case: {forum: $here}
          - offence: {id: $offence, category: cyber-fraud}
        conclude:
          - prevention: {about: $here, measure: warn-victims}
        because: "others may fall for the same fraud"
      """
    When the rules are checked
    Then no fault is found

  Scenario: The advice follows the file
    Given a rule file "prevention/victims.yaml" with
      """
      - id: warn-victims-of-fraud
        title: Victims of a fraud are warned
        cites: [mps-2020/initiative-4]
        when:
          - case: {forum: $here}
          - offence: {id: $offence, category: cyber-fraud}
        conclude:
          - prevention: {about: $here, measure: call-the-victims-bank}
        because: "others may fall for the same fraud"
      """
    And the police of Kenya investigate cyber fraud committed on 2026-03-01
    When the case is decided under the law of 2026-03-16
    Then call the victims bank is advised as prevention
    And the reason cites "mps-2020/initiative-4"
    And the reason says "others may fall for the same fraud"

  Scenario: All mistakes at once, each with what would be right
    Given a rule file "principles/mistakes.yaml" with
      """
      - id: several-mistakes
        title: Several mistakes
        cites: [untoc/4]
        when:
          - dta: {id: $item}
          - data: {id: $item, storedin: $there}
          - data: {id: $item, category: trafic}
          - data: {id: $item, stored_in: UK}
        rule_out:
          - direct_access: {item: $item}
        because: "nobody would find this"
      """
    When the rules are checked
    Then line 5 is faulted: "did you mean 'data'?"
    And line 6 is faulted: "did you mean 'stored_in'?"
    And line 7 is faulted: "did you mean 'traffic'?"
    And line 8 is faulted: "'UK' is no state"

  Scenario Outline: A rule needs an authority that exists
    Given a rule file "principles/authority.yaml" with
      """
      - id: needs-an-authority
        title: A rule that cites what is not there
        cites: [<cited>]
        when:
          - data: {id: $item, stored_in: $there}
        conclude:
          - abroad: {item: $item, state: $there}
        because: "it says so"
      """
    When the rules are checked
    Then line 3 is faulted: "<message>"

    Examples:
      | cited        | message                       |
      | untok/4      | no such authority             |
      | untoc/4-zz   | has no article '4-zz'         |

  Scenario: No authority at all
    Given a rule file "principles/authority.yaml" with
      """
      - id: no-authority
        title: A rule out of thin air
        when:
          - data: {id: $item, stored_in: $there}
        conclude:
          - abroad: {item: $item, state: $there}
        because: "somebody thought so"
      """
    When the rules are checked
    Then line 1 is faulted: "cites"

  Scenario: Not even YAML
    Given a rule file "principles/broken.yaml" with
      """
      - id: broken
        title: "the quotation mark is never closed
      """
    When the rules are checked
    Then 1 fault is found

  Scenario: A rule that overrides one that does not exist
    Given a rule file "principles/overrides.yaml" with
      """
      - id: overrides-nothing
        title: A rule that gives way to nobody
        cites: [untoc/4]
        overrides: [there-is-no-such-rule]
        when:
          - data: {id: $item, stored_in: $there}
        conclude:
          - abroad: {item: $item, state: $there}
        because: "it says so"
      """
    When the rules are checked
    Then line 4 is faulted: "there is no rule 'there-is-no-such-rule'"

  Scenario: Two rules of one name
    Given a rule file "principles/twice.yaml" with
      """
      - id: twice
        title: The first
        cites: [untoc/4]
        when: [{data: {id: $item, stored_in: $there}}]
        conclude: [{abroad: {item: $item, state: $there}}]
        because: "it says so"
      - id: twice
        title: The second
        cites: [untoc/4]
        when: [{data: {id: $item, stored_in: $there}}]
        conclude: [{abroad: {item: $item, state: $there}}]
        because: "it says so"
      """
    When the rules are checked
    Then line 7 is faulted: "the id 'twice' is taken"

  Scenario: A statute of tomorrow does not decide today
    A rule in effect from a day on has no say before it.
    Given a rule file "prevention/future.yaml" with
      """
      - id: future-duty
        title: A duty of the future
        cites: [mps-2020/initiative-4]
        effective: {from: 2026-08-18}
        when:
          - case: {forum: $here}
        conclude:
          - prevention: {about: $here, measure: future-duty}
        because: "it is law from that day on"
      """
    And the police of Kenya investigate cyber fraud committed on 2026-03-01
    When the case is decided under the law of 2026-08-17
    Then future duty is not advised as prevention
    When the case is decided under the law of 2026-08-18
    Then future duty is advised as prevention

  Scenario: Norms in conflict are shown, never settled in silence
    Given a rule file "principles/conflict.yaml" with
      """
      - id: flag-says-yes
        title: One rule says yes
        cites: [lotus-1927/prescription]
        when: [{involved: {state: $state}}]
        conclude: [{claim: {state: $state, basis: flag}}]
        because: "one rule says so"
      - id: flag-says-no
        title: Another says no
        cites: [lotus-1927/enforcement]
        when: [{involved: {state: $state}}]
        rule_out: [{claim: {state: $state, basis: flag}}]
        because: "another rule denies it"
      """
    And the police of Kenya investigate cyber fraud committed on 2026-03-01
    When the case is decided under the law of 2026-03-16
    Then the claim of Kenya is undecided
    And the reason says "one rule says so"
