Feature: What policy staff are told before a rule decides a case
  A rule that can be read may still be other than was meant: it contradicts another, it can never apply, it says nothing
  new. All that can be known without a case is told when it is written, with the line, and with what would be right. What
  is meant to be so is said in the rule, with the reason.

  Scenario: A variable that is read nowhere
    Given a rule file "prevention/penalty.yaml" with
      """
      - id: heavy-penalty
        title: A heavy penalty is told
        cites: [untoc/4]
        when:
          - case: {forum: $here}
          - penalty: {offence: $offence, state: $here, years: $years}
          - at_least: [$years, 10]
        conclude:
          - warning: {about: $here, code: heavy-penalty}
        because: "{here} provides {years} years"
      """
    When the rules are checked
    Then no fault is found
    And line 6 is warned of: "$offence is read nowhere"
    When the rules are mended
    Then nothing is warned of
    And the rule file "prevention/penalty.yaml" reads
      """
      - id: heavy-penalty
        title: A heavy penalty is told
        cites: [untoc/4]
        when:
          - case: {forum: $here}
          - penalty: {state: $here, years: $years}
          - at_least: [$years, 10]
        conclude:
          - warning: {about: $here, code: heavy-penalty}
        because: "{here} provides {years} years"
      """

  Scenario: A rule that can never apply
    Given a rule file "prevention/never.yaml" with
      """
      - id: neither-fish-nor-fowl
        title: A penalty that there is none of
        cites: [untoc/4]
        when:
          - case: {forum: $here}
          - penalty: {state: $here, years: $years}
          - at_least: [$years, 10]
          - less_than: [$years, 4]
        conclude:
          - warning: {about: $here, code: heavy-penalty}
        because: "{here} provides {years} years"
      """
    When the rules are checked
    Then line 1 is warned of: "neither-fish-nor-fowl can never apply"

  Scenario: Two rules in conflict
    Where one rule concludes what another rules out, the advice would be undecided.
    Given a rule file "jurisdiction/flag.yaml" with
      """
      - id: flag-says-yes
        title: One rule says yes
        cites: [lotus-1927/prescription]
        when:
          - involved: {state: $state}
        conclude:
          - prevention: {about: $state, measure: seal-the-server}
        because: "one rule says so"

      - id: flag-says-no
        title: Another says no
        cites: [lotus-1927/enforcement]
        when:
          - involved: {state: $state}
        rule_out:
          - prevention: {about: $state, measure: seal-the-server}
        because: "another rule denies it"
      """
    When the rules are checked
    Then line 7 is warned of: "neither goes before the other"

  Scenario: A conflict that one of the rules settles
    Given a rule file "jurisdiction/flag.yaml" with
      """
      - id: flag-says-yes
        title: One rule says yes
        cites: [lotus-1927/prescription]
        when:
          - involved: {state: $state}
        conclude:
          - prevention: {about: $state, measure: seal-the-server}
        overrides: [flag-says-no]
        because: "one rule says so"

      - id: flag-says-no
        title: Another says no
        cites: [lotus-1927/enforcement]
        when:
          - involved: {state: $state}
        rule_out:
          - prevention: {about: $state, measure: seal-the-server}
        because: "another rule denies it"
      """
    When the rules are checked
    Then nothing is warned of

  Scenario: A conflict that is meant, with its reason
    Given a rule file "jurisdiction/flag.yaml" with
      """
      - id: flag-says-yes
        title: One rule says yes
        cites: [lotus-1927/prescription]
        when:
          - involved: {state: $state}
        conclude:
          - prevention: {about: $state, measure: seal-the-server}
        because: "one rule says so"
        accept:
          - {check: X001, with: flag-says-no, reason: courts are divided and no authority decides between them}

      - id: flag-says-no
        title: Another says no
        cites: [lotus-1927/enforcement]
        when:
          - involved: {state: $state}
        rule_out:
          - prevention: {about: $state, measure: seal-the-server}
        because: "another rule denies it"
      """
    When the rules are checked
    Then nothing is warned of

  Scenario: Nothing is accepted without a reason
    Given a rule file "jurisdiction/flag.yaml" with
      """
      - id: flag-says-yes
        title: One rule says yes
        cites: [lotus-1927/prescription]
        when:
          - involved: {state: $state}
        conclude:
          - prevention: {about: $state, measure: seal-the-server}
        because: "one rule says so"
        accept:
          - {check: X001}
      """
    When the rules are checked
    Then line 10 is faulted: "needs its check and a reason"

  Scenario: A rule that adds nothing to another
    Given a rule file "principles/redundant.yaml" with
      """
      - id: fraud-is-told
        title: Fraud is told
        cites: [untoc/4]
        when:
          - offence: {id: $offence, category: cyber-fraud}
        conclude:
          - warning: {about: $offence, code: fraud}
        because: "{offence} is a fraud"

      - id: organised-fraud-is-told
        title: Organised fraud is told
        cites: [untoc/4]
        when:
          - offence: {id: $act, category: cyber-fraud, organised_group: yes}
        conclude:
          - warning: {about: $act, code: fraud}
        because: "{act} is a fraud by a group"
      """
    When the rules are checked
    Then line 10 is warned of: "organised-fraud-is-told adds nothing to fraud-is-told"

  Scenario: A misspelt name is mended where only one is near
    Given a rule file "principles/misspelt.yaml" with
      """
      - id: misspelt
        title: Misspelt
        cites: [untok/4]
        when:
          - data: {id: $item, storedin: $there}  # where it lies
        conclude:
          - warning: {about: $item, code: look}
        because: "{item} is in {there}"
      """
    When the rules are checked
    Then 2 faults are found
    When the rules are mended
    Then no fault is found
    And nothing is warned of
    And the rule file "principles/misspelt.yaml" reads
      """
      - id: misspelt
        title: Misspelt
        cites: [untoc/4]
        when:
          - data: {id: $item, stored_in: $there}  # where it lies
        conclude:
          - warning: {about: $item, code: look}
        because: "{item} is in {there}"
      """

  Scenario: One layout for all, with the comments
    Given a rule file "principles/crooked.yaml" with
      """
      - title: 'Crooked'
        id: crooked   # to be renamed
        when: [{data: {id: $item, stored_in: $there}}]

        # what follows
        conclude: [{warning: {about: $item, code: look}}]
        because: '{item} is in {there}'
        cites:
          - untoc/4
      """
    When the rule file "principles/crooked.yaml" is laid out
    Then the rule file "principles/crooked.yaml" reads
      """
      - id: crooked  # to be renamed
        title: Crooked
        cites: [untoc/4]
        when:
          - data: {id: $item, stored_in: $there}
        # what follows
        conclude:
          - warning: {about: $item, code: look}
        because: "{item} is in {there}"
      """
