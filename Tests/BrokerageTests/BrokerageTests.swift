import Testing

@testable import Brokerage
