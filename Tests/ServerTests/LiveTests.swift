import Foundation
import Glibc
import HummingbirdTesting
import Matcher
import Testing

@testable import Server

// What this proves, over real connections:
// 1. Keep-alive answers; health and readiness.
// 2. A client that sends its head or its body slowly, or nothing at all, is put off and holds up nobody.

@Suite("Over real connections")
struct LiveTests {
  @Test("slow and half-open clients are put off while others are answered")
  func slow() async throws {
    let server = try TestServer()
    let chen = try server.session("chen")
    try await server.server.application().test(.live) { client in
      let port = try #require(client.port)
      let head = "POST /api/v1/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
      let cookie =
        "Cookie: matchctl_session=\(chen.cookie ?? "")\r\nX-CSRF-Token: \(chen.csrf ?? "")\r\n"
      let starts = [
        "", "GET /healthz HT", head, head + cookie + "Content-Length: 1000\r\n\r\n{\"demand\"",
      ]
      let sockets = try starts.map { try RawSocket(port: port, sending: $0) }
      // Each on a connection of its own: one kept alive could itself idle too long on a busy machine.
      let body = #"{"demand":"D-OPEN"}"#
      let good =
        head + cookie + "Connection: close\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
      for _ in 0..<20 {
        let heard = try await RawSocket.heard(port: port, sending: good)
        #expect(heard.hasPrefix("HTTP/1.1 200 "))
      }
      for path in ["/healthz", "/readyz"] {
        let asked = "GET \(path) HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        let heard = try await RawSocket.heard(port: port, sending: asked)
        #expect(heard.hasPrefix("HTTP/1.1 200 "))
      }
      // Idle and body limits of the test are two seconds.
      for socket in sockets {
        let isClosed = await Task.detached { socket.isClosed(withinSeconds: 60) }.value
        #expect(isClosed)
      }
    }
  }
}

/// A connection that says something and then nothing.
final class RawSocket: Sendable {
  private let descriptor: Int32

  struct Failed: Error {}

  init(port: Int, sending text: String) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = inet_addr("127.0.0.1")
    let size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let connected = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
    }
    guard connected == 0 else { throw Failed() }
    let bytes = Array(text.utf8)
    guard bytes.isEmpty || write(descriptor, bytes, bytes.count) == bytes.count else {
      throw Failed()
    }
  }

  deinit { close(descriptor) }

  /// All that a server says on a connection of its own to one request, until it closes.
  static func heard(port: Int, sending text: String) async throws -> String {
    try await Task.detached {
      let socket = try RawSocket(port: port, sending: text)
      return String(decoding: socket.rest(withinSeconds: 120).bytes, as: UTF8.self)
    }.value
  }

  /// Whether the other side closes the connection, whatever it says before.
  func isClosed(withinSeconds seconds: Int) -> Bool { rest(withinSeconds: seconds).isClosed }

  /// What the other side still says, and whether it then closed; each word within the given time.
  private func rest(withinSeconds seconds: Int) -> (bytes: [UInt8], isClosed: Bool) {
    var limit = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    var heard: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      if count <= 0 { return (heard, count == 0 || errno == ECONNRESET) }
      heard += buffer[..<count]
    }
  }
}
