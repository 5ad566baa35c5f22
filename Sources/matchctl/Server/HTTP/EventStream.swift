import Hummingbird
import Logging
import Matcher

/// Long work as server-sent events: `progress` while it goes on, `done` with the answer or `error` at its
/// end. The work goes on to its end when the reader leaves.
enum EventStream {
  static func body(
    _ work: @escaping @Sendable (Progress) async throws -> JSONValue, _ logger: Logger
  ) -> ResponseBody {
    ResponseBody { writer in
      let (steps, feed) = AsyncStream.makeStream(
        of: String.self, bufferingPolicy: .bufferingNewest(16))
      let task = Task {
        let progress = Progress { phase, done, of in
          feed.yield(progressEvent(phase, done, of))
        }
        let last: String
        do {
          last = event("done", try await work(progress))
        } catch {
          last = event("error", ErrorAnswer.error(error, logger).json)
        }
        feed.yield(last)
        feed.finish()
      }
      for await step in steps { try await writer.write(ByteBuffer(string: step)) }
      await task.value
      try await writer.finish(nil)
    }
  }

  private static func progressEvent(_ phase: String, _ done: Int, _ of: Int) -> String {
    event(
      "progress",
      .object(
        JSONObject([
          ("phase", .string(phase)), ("done", .integer(done)), ("of", .integer(of)),
        ])))
  }

  private static func event(_ name: String, _ value: JSONValue) -> String {
    "event: \(name)\ndata: \(JSONWriter.line(value))\n\n"
  }
}
