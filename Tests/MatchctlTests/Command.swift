import Foundation

/// Runs the built `matchctl` from outside, as a person or a script would.
struct Command {
  let status: Int32
  let stdout: String
  let stderr: String

  /// The package's folder.
  static let root = URL(fileURLWithPath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The binary beside the test bundle, else the debug build of this package.
  static let program: String = {
    var folder = Bundle.main.executableURL?.resolvingSymlinksInPath().deletingLastPathComponent()
    for _ in 0..<5 {
      guard let current = folder else { break }
      let candidate = current.appendingPathComponent("matchctl").path
      if FileManager.default.isExecutableFile(atPath: candidate) { return candidate }
      folder = current.deletingLastPathComponent()
    }
    return root.appendingPathComponent(".build/debug/matchctl").path
  }()

  static func corpus(_ path: String) -> String {
    root.appendingPathComponent("Corpus/\(path)").path
  }

  static func run(
    _ arguments: [String], stdin: String = "", environment: [String: String] = [:]
  ) throws -> Command {
    try start(program, arguments, stdin: stdin, environment: environment)
  }

  /// A line for `/bin/sh`, in which `$M` is the program.
  static func shell(_ script: String) throws -> Command {
    try start("/bin/sh", ["-c", script], stdin: "", environment: ["M": program])
  }

  static func start(
    _ path: String, _ arguments: [String], stdin: String, environment: [String: String]
  ) throws -> Command {
    let folder = try Scratch()
    let input = try FileHandle(forReadingFrom: URL(fileURLWithPath: folder.file("in", stdin)))
    let outputs = try ["out", "err"].map {
      try FileHandle(forWritingTo: URL(fileURLWithPath: folder.file($0, "")))
    }
    let process = Process()
    process.executableURL = URL(fileURLWithPath: path)
    process.arguments = arguments
    process.environment = [
      "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "HOME": "/tmp",
      "LANG": "C.UTF-8",
    ].merging(environment) { $1 }
    process.standardInput = input
    process.standardOutput = outputs[0]
    process.standardError = outputs[1]
    try process.run()
    process.waitUntilExit()
    return Command(
      status: process.terminationStatus, stdout: try folder.text("out"),
      stderr: try folder.text("err"))
  }

  var lines: [String] {
    stdout.split(separator: "\n", omittingEmptySubsequences: false).map(String.init).dropLast()
  }

  /// The objects of JSON Lines, each line one.
  func objects() throws -> [JSON] {
    try lines.map { try JSON($0) }
  }

  /// The objects of type `match`.
  func matches() throws -> [JSON] {
    try objects().filter { $0["type"].string == "match" }
  }
}

/// A folder for one test, removed with the last reference to it.
final class Scratch: Sendable {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("matchctl-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  /// Writes a file and returns its path.
  func file(_ name: String, _ text: String) throws -> String {
    let path = url.appendingPathComponent(name)
    try Data(text.utf8).write(to: path)
    return path.path
  }

  func text(_ name: String) throws -> String {
    String(decoding: try Data(contentsOf: url.appendingPathComponent(name)), as: UTF8.self)
  }
}
