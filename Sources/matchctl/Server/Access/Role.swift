/// What a person or program is here for.
package enum Role: String, Sendable, CaseIterable {
  case broker
  case parkOperator = "park_operator"
  case platformOperator = "platform_operator"
  case planner
  case administrator
}
