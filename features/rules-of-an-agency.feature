Feature: An agency keeps rules of its own, and says where it departs from the shipped ones
  An agency may add to the rules that comity ships, replace them, and switch them off; its lawyers answer for that.
  Nothing is replaced or switched off in silence: each such change has a reason, which is demanded when the rules are
  checked and told in the advice wherever it makes a difference. The sovereignty of other states is lifted by no agency
  alone, so what it permits itself stands out as its own word.

  Scenario: An agency adds a rule
    Given a rule file "safeguards/ours.yaml" with
      """
      - id: our-duty-lawyer
        title: The lawyer on duty is told
        cites: [our-handbook/1]
        when: [{case: {urgency: emergency}}, {data: {id: $item}}]
        conclude: [{warning: {about: $item, code: tell-the-lawyer-on-duty}}]
        because: "tell the lawyer on duty of {item}"
      """
    And the file "authorities.yaml" of this agency with
      """
      our-handbook:
        title: Our handbook
        citation: invented for this feature
        kind: guideline
        source: invented for this feature
        articles: {'1': {says: the lawyer on duty is told, verified: no}}
      """
    And the file "changes.yaml" of this agency with
      """
      # nothing is changed, only added
      """
    And the police of Germany investigate cyber fraud committed on 2026-03-01
    And the mailbox, content data, is stored in Ireland
    And the matter is an emergency
    When the case is decided under the law of 2026-03-16
    Then the officer is warned of tell the lawyer on duty
    And the reason cites "our-handbook/1"
    And the advice says that this agency has added our-duty-lawyer

  Scenario: An agency replaces a rule
    A rule is replaced by one of the same id, so that all that other rules say of it goes on.
    Given a rule file "principles/ours.yaml" with
      """
      - id: location-unknown-warning
        title: The place of storage is asked of the central desk
        cites: [untoc/4-2]
        when: [{data: {id: $item, stored_in: unknown}}]
        conclude: [{warning: {about: $item, code: ask-the-central-desk}}]
        because: "the central desk finds out where {item} is stored"
      """
    And the file "changes.yaml" of this agency with
      """
      - replace: location-unknown-warning
        reason: with us the central desk finds out where data are stored
      """
    And the police of Germany investigate cyber fraud committed on 2026-03-01
    And it is not known where the mailbox, content data, is stored
    When the case is decided under the law of 2026-03-16
    Then the officer is warned of ask the central desk
    And the officer is not warned of location unknown
    And the advice says that this agency has replaced location-unknown-warning because "the central desk"

  Scenario: An agency switches a rule off
    Given the file "changes.yaml" of this agency with
      """
      - disable: location-unknown-warning
        reason: our officers are trained to find out first
      """
    And the police of Germany investigate cyber fraud committed on 2026-03-01
    And it is not known where the mailbox, content data, is stored
    When the case is decided under the law of 2026-03-16
    Then the officer is not warned of location unknown
    And the advice says that this agency has disabled location-unknown-warning because "trained"

  Scenario: A rule that would not apply is not spoken of
    Given the file "changes.yaml" of this agency with
      """
      - disable: location-unknown-warning
        reason: our officers are trained to find out first
      """
    And the police of Germany investigate cyber fraud committed on 2026-03-01
    And the mailbox, content data, is stored in Germany
    When the case is decided under the law of 2026-03-16
    Then the advice says of no departure from the shipped rules

  Scenario: What protects the sovereignty of others is never lifted in silence
    Given the file "changes.yaml" of this agency with
      """
      - disable: sovereignty-1
        reason: an order from above
      """
    And the police of the United States investigate cyber fraud committed on 2026-03-01
    And the mailbox, content data, is stored in Ireland
    When the case is decided under the law of 2026-03-16
    Then the advice says that this agency has disabled sovereignty-1 because "an order from above"
    And the officer is warned of agency permits direct access

  Scenario: A change without a reason is refused
    Given the file "changes.yaml" of this agency with
      """
      - disable: location-unknown-warning
      """
    When the rules are checked
    Then line 1 is faulted: "the reason is missing"

  Scenario: A change of a rule that does not exist is refused, and the nearest one offered
    Given the file "changes.yaml" of this agency with
      """
      - disable: location-unknown-waring
        reason: our officers are trained to find out first
      """
    When the rules are checked
    Then line 1 is faulted: "did you mean 'location-unknown-warning'?"

  Scenario: A rule is not replaced by accident
    Given a rule file "principles/ours.yaml" with
      """
      - id: location-unknown-warning
        title: The same id by accident
        cites: [untoc/4-2]
        when: [{data: {id: $item, stored_in: unknown}}]
        conclude: [{warning: {about: $item, code: ask-the-central-desk}}]
        because: "the central desk finds out where {item} is stored"
      """
    When the rules are checked
    Then line 1 is faulted: "comity ships a rule 'location-unknown-warning' already"

  Scenario: A row of a table is the agency's own only where it says so
    Given the file "tables/parties/budapest.csv" of this agency with
      """
      state,status,signed,bound,in_force,until,verified,source,as_of
      DE,not-bound,,,,,no,invented for this feature,
      """
    When the rules are checked
    Then line 2 is faulted: "has a row 'DE' already"
