Feature: A slip in a rule is noticed before it is law
  Whoever changes a rule relies on the worked cases to say so when something goes wrong. Whether they would is not taken
  on trust: one small fault at a time is put into the rules, as a slip of the pen or a wrong reading would put it, and all
  worked cases are decided again. A fault that none of them notices is shown, so that the case that is missing gets written.

  Background:
    Given a rule file "prevention/victims.yaml" with
      """
      - id: tell-our-victims
        title: Victims of a fraud who live here are told
        cites: [mps-2020/initiative-4]
        when:
          - case: {forum: $here}
          - offence: {id: $offence, category: cyber-fraud}
          - person: {id: $victim, role: victim, residence: $here}
        conclude:
          - prevention: {about: $victim, measure: tell-our-victims}
        because: "{victim} lives in {here} and may be defrauded again"
      """

  Scenario: A worked case that shows where a rule applies does not show where it stops
    Given a scenario file "victim.yaml" with
      """
      title: A victim at home
      source: "Initiative 4 of 2020"
      kind: hypothetical
      as_of: 2026-03-16
      case:
        case: victim
        forum: CN
        offences: [{id: fraud, category: cyber-fraud}]
        persons: [{id: aunt, role: victim, residence: CN}]
      expect:
        prevention: [tell-our-victims aunt]
      """
    When small faults are put into the rule tell-our-victims
    Then a scenario notices in line 9: "a conclusion is left out"
    And no scenario notices in line 6: "a value that is asked for is left out"
    And no scenario notices in line 7: "a value that is asked for is left out"

  Scenario: Variants of the case show what the rule turns on
    Given a scenario file "victim.yaml" with
      """
      title: A victim at home
      source: "Initiative 4 of 2020"
      kind: hypothetical
      as_of: 2026-03-16
      case:
        case: victim
        forum: CN
        offences: [{id: fraud, category: cyber-fraud}]
        persons: [{id: aunt, role: victim, residence: CN}]
      expect:
        prevention: [tell-our-victims aunt]
      variants:
        - title: another offence
          set: {offences.fraud.category: ransomware}
          expect: {no_prevention: [tell-our-victims]}
        - title: not the victim
          set: {persons.aunt.role: witness}
          expect: {no_prevention: [tell-our-victims]}
        - title: a victim abroad
          set: {persons.aunt.residence: SG}
          expect: {no_prevention: [tell-our-victims]}
      """
    When small faults are put into the rule tell-our-victims
    Then every fault that makes a difference is noticed

  Scenario: A fault that can make no difference is proved to make none
    Every person of a case has one role, so to ask for it twice adds nothing.
    Given a rule file "prevention/suspects.yaml" with
      """
      - id: watch-the-suspect
        title: A suspect at home is watched
        cites: [mps-2020/initiative-4]
        when:
          - case: {forum: $here}
          - person: {id: $suspect, role: suspect, whereabouts: $here}
          - person: {id: $suspect, role: suspect}
        conclude:
          - prevention: {about: $suspect, measure: watch-the-suspect}
        because: "{suspect} is in {here}"
      """
    And a scenario file "suspect.yaml" with
      """
      title: A suspect at home
      source: "Initiative 4 of 2020"
      kind: hypothetical
      as_of: 2026-03-16
      case:
        case: suspect
        forum: CN
        persons: [{id: caller, role: suspect, whereabouts: CN}]
      expect:
        prevention: [watch-the-suspect]
      """
    When small faults are put into the rule watch-the-suspect
    Then it is proved to make no difference in line 7: "a condition is left out"

  Scenario: Rules that never apply to the same thing need not give way to each other
    A witness is no suspect, so it makes no difference which of the two rules goes before the other.
    Given a rule file "prevention/roles.yaml" with
      """
      - id: watch-the-suspect
        title: A suspect at home is watched
        cites: [mps-2020/initiative-4]
        when:
          - case: {forum: $here}
          - person: {id: $person, role: suspect, whereabouts: $here}
        conclude:
          - prevention: {about: $person, measure: watch}
        because: "{person} is in {here}"

      - id: leave-the-witness
        title: A witness is left alone
        cites: [mps-2020/initiative-4]
        when:
          - person: {id: $person, role: witness}
        rule_out:
          - prevention: {about: $person, measure: watch}
        overrides: [watch-the-suspect]
        because: "{person} has only seen it"
      """
    And a scenario file "roles.yaml" with
      """
      title: A suspect and a witness
      source: "Initiative 4 of 2020"
      kind: hypothetical
      as_of: 2026-03-16
      case:
        case: roles
        forum: CN
        persons: [{id: caller, role: suspect, whereabouts: CN}, {id: aunt, role: witness, whereabouts: CN}]
      expect:
        prevention: [watch caller]
        no_prevention: [watch aunt]
      """
    When small faults are put into the rule leave-the-witness
    Then it is proved to make no difference in line 18: "the rule no longer overrides another"
    And it is proved to make no difference in line 18: "the rule gives way to the one that it overrides"

  Scenario: What the worked cases exercise of a rule
    Given a scenario file "victim.yaml" with
      """
      title: A victim abroad
      source: "Initiative 4 of 2020"
      kind: hypothetical
      as_of: 2026-03-16
      case:
        case: victim
        forum: CN
        offences: [{id: fraud, category: cyber-fraud}]
        persons: [{id: aunt, role: victim, residence: SG}]
      expect:
        no_prevention: [tell-our-victims]
      """
    When it is looked at what the scenarios exercise
    Then a scenario meets all conditions of tell-our-victims but line 7
    And no scenario meets all conditions of tell-our-victims but line 6
