Feature: A change of rules is read before it is made
  Whoever proposes a change sees what it means before it is law in the office: what the rules say otherwise, which cases
  get other advice, and because of which rule. How a rule is laid out, in which order it stands and how its variables are
  called means nothing.

  Background:
    Given the police of Germany investigate cyber fraud committed on 2026-03-01
    And it is not known where the mailbox, content data, is stored

  Scenario: A rule that goes, and what becomes of a case
    Given the file "changes.yaml" of this agency with
      """
      - disable: location-unknown-warning
        reason: our officers are trained to find out first
      """
    When the rules are compared with the shipped ones under the law of 2026-03-16
    Then the rule location-unknown-warning is removed
    And the advice on this case becomes another because of location-unknown-warning

  Scenario: A change that touches other cases only
    Given the file "changes.yaml" of this agency with
      """
      - disable: asset-location-unknown
        reason: we trace no assets
      """
    When the rules are compared with the shipped ones under the law of 2026-03-16
    Then the rule asset-location-unknown is removed
    And the advice on this case stays the same

  Scenario: The same rule in other words of its author
    Given the file "changes.yaml" of this agency with
      """
      - replace: location-unknown-warning
        reason: written anew for our own readers
      """
    And a rule file "principles/ours.yaml" with
      """
      # Our own layout, our own names.
      - id: location-unknown-warning
        title: The place of storage has to be established first
        because: "establish where {evidence} is stored before anything is done to obtain it; an unknown place is not one's own"
        conclude: [{warning: {code: location-unknown, about: $evidence}}]
        when: [{data: {stored_in: unknown, id: $evidence}}]
        cites: [untoc/4-2]
      """
    When the rules are compared with the shipped ones under the law of 2026-03-16
    Then no rule is changed
    And the advice on this case stays the same

  Scenario: A rule that asks for more
    Given the file "changes.yaml" of this agency with
      """
      - replace: location-unknown-warning
        reason: in routine matters our officers find out by themselves
      """
    And a rule file "principles/ours.yaml" with
      """
      - id: location-unknown-warning
        title: The place of storage has to be established first
        cites: [untoc/4-2]
        when: [{data: {id: $item, stored_in: unknown}}, {case: {urgency: emergency}}]
        conclude: [{warning: {about: $item, code: location-unknown}}]
        because: "establish where {item} is stored before anything is done to obtain it; an unknown place is not one's own"
      """
    When the rules are compared with the shipped ones under the law of 2026-03-16
    Then the rule location-unknown-warning is changed
    And the advice on this case becomes another because of location-unknown-warning
