import Hummingbird
import Matcher
import NIOCore

/// Reads a request's body within limits of size, time and nesting.
struct BodyReader: Sendable {
  let limit: Int
  let seconds: Int

  /// - Throws: `APIError` `tooLarge`, or `timeout`, after which the connection is closed: whoever sends
  ///   this slowly does not hold it.
  func read(_ request: Request, _ context: APIContext) async throws -> [UInt8] {
    if let stated = request.headers[.contentLength].flatMap({ Int($0) }), stated > limit {
      throw tooLarge
    }
    return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
      group.addTask { try await collect(request.body) }
      group.addTask {
        try await Task.sleep(for: .seconds(seconds))
        return nil
      }
      defer { group.cancelAll() }
      guard let first = try await group.next(), let bytes = first else {
        context.channel.close(promise: nil)
        throw APIError(
          .timeout, "the body did not arrive within \(seconds) s", hint: "send it again at once")
      }
      return bytes
    }
  }

  private func collect(_ body: RequestBody) async throws -> [UInt8] {
    var bytes: [UInt8] = []
    for try await buffer in body {
      guard bytes.count + buffer.readableBytes <= limit else { throw tooLarge }
      bytes.append(contentsOf: buffer.readableBytesView)
    }
    return bytes
  }

  private var tooLarge: APIError {
    APIError(
      .tooLarge, "the body is larger than \(limit >> 10) KiB",
      hint: "split the list, or ask the administrator for a higher limit")
  }

  /// Parses JSON that is nested at most `depth` levels deep.
  static func json(_ bytes: [UInt8], depth: Int = 32) throws(APIError) -> JSONValue {
    var level = 0
    var isText = false
    var isEscaped = false
    for byte in bytes {
      if isText {
        if isEscaped {
          isEscaped = false
        } else if byte == UInt8(ascii: "\\") {
          isEscaped = true
        } else if byte == UInt8(ascii: "\"") {
          isText = false
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""): isText = true
      case UInt8(ascii: "{"), UInt8(ascii: "["): level += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): level -= 1
      default: break
      }
      guard level <= depth else {
        throw .invalid("body: got more than \(depth) levels of nesting, expected fewer")
      }
    }
    do {
      return try JSONParser.parse(bytes)
    } catch {
      throw .invalid("body, byte \(error.offset + 1): got \(error.got), expected \(error.expected)")
    }
  }
}
