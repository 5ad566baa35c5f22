import Hummingbird

/// Which operations there are under a path: for answers to a wrong method, and for names in logs and
/// metrics, which must not hold ids.
struct RouteTable: Sendable {
  private let routes: [(segments: [Substring?], method: String, name: String)]

  init(_ operations: [Operation]) {
    routes = operations.map { operation in
      let path = APIDocument.root + operation.path
      let segments = path.split(separator: "/").map { $0.hasPrefix("{") ? nil : $0 }
      return (segments, operation.method, operation.id)
    }
  }

  /// The methods of a path, in the document's order.
  func methods(_ path: String) -> [String] {
    let parts = path.split(separator: "/")
    return routes.filter { RouteTable.fits($0.segments, parts) }.map(\.method)
  }

  /// The operation's id; `other` for what is none.
  func name(_ method: HTTPRequest.Method, _ path: String) -> String {
    let parts = path.split(separator: "/")
    let route = routes.first { $0.method == method.rawValue && RouteTable.fits($0.segments, parts) }
    return route?.name ?? "other"
  }

  private static func fits(_ segments: [Substring?], _ parts: [Substring]) -> Bool {
    segments.count == parts.count
      && zip(segments, parts).allSatisfy { segment, part in
        segment.map { $0 == part } ?? !part.isEmpty
      }
  }
}
