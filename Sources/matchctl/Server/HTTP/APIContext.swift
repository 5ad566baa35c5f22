import Hummingbird
import NIOCore

/// What a request carries besides itself.
struct APIContext: RequestContext {
  typealias Source = ApplicationRequestContextSource

  var coreContext: CoreRequestContextStorage
  let channel: any Channel
  /// The peer's, without its port.
  let address: String

  init(source: Source) {
    coreContext = .init(source: source)
    channel = source.channel
    address = source.channel.remoteAddress?.ipAddress ?? "local"
  }
}
