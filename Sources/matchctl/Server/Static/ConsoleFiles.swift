import Foundation
import HTTPTypes
import Hummingbird
import Ledger

/// The console's files, read once. A request is looked up by its whole path and never becomes a path of
/// the file system.
struct ConsoleFiles: Sendable {
  struct File: Sendable {
    let buffer: ByteBuffer
    let type: String
    let tag: String
  }

  private let files: [String: File]

  /// Reads all files below a folder; hidden ones and those of unknown kinds are left out.
  init(_ folder: String) {
    var files: [String: File] = [:]
    let root = URL(fileURLWithPath: folder, isDirectory: true)
    for name in FileManager.default.enumerator(atPath: folder)?.allObjects ?? [] {
      guard let name = name as? String,
        !name.split(separator: "/").contains(where: { $0.hasPrefix(".") }),
        let type = ConsoleFiles.type(name),
        let data = try? Data(contentsOf: root.appendingPathComponent(name))
      else { continue }
      let bytes = [UInt8](data)
      files["/" + name] = File(
        buffer: ByteBuffer(bytes: bytes), type: type, tag: "\"\(SHA256.hex(bytes).prefix(20))\"")
    }
    files["/"] = files["/index.html"]
    self.files = files
  }

  func response(_ request: Request) -> Response? {
    guard request.method == .get || request.method == .head, let file = files[request.uri.path]
    else { return nil }
    var response = Response(status: .ok)
    response.headers[.eTag] = file.tag
    response.headers[.cacheControl] = "no-cache"
    if ETag.matches(request.headers[.ifNoneMatch], file.tag) {
      response.status = .notModified
      return response
    }
    response.headers[.contentType] = file.type
    if request.method == .get { response.body = ResponseBody(byteBuffer: file.buffer) }
    return response
  }

  private static func type(_ name: String) -> String? {
    let types = [
      "html": "text/html; charset=utf-8", "css": "text/css; charset=utf-8",
      "js": "text/javascript; charset=utf-8", "mjs": "text/javascript; charset=utf-8",
      "json": "application/json", "svg": "image/svg+xml", "png": "image/png",
      "ico": "image/x-icon", "txt": "text/plain; charset=utf-8", "woff2": "font/woff2",
      "tsv": "text/tab-separated-values; charset=utf-8",
      "webmanifest": "application/manifest+json",
    ]
    return types[(name as NSString).pathExtension.lowercased()]
  }
}
