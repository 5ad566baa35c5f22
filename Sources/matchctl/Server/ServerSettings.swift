import Matcher

/// How a server listens and what it bears. Set by flags, else by the environment, else by a file.
package struct ServerSettings: Sendable {
  package var host = "127.0.0.1"
  /// 0 takes a free one.
  package var port = 8420
  package var certificate: String?
  package var key: String?
  /// Origins besides the server's own that the console may be served under, such as
  /// `https://match.example.cn` behind a proxy.
  package var origins: [String] = []
  /// The folder of the console's files; nil serves none.
  package var console: String?
  /// Where lists that were uploaded wait to be published.
  package var lists: String
  /// Where runs of the night stand; nil: there are none to show.
  package var runs: String?
  /// The program that runs the night; nil: it is not run from here.
  package var program: String?
  package var corpusFolder: String
  /// The day everything is judged on; nil: today in Shanghai.
  package var asOf: CivilDate?
  package var bodyLimit = 1 << 20
  package var listLimit = 50 << 20
  package var bodySeconds = 20
  package var idleSeconds = 30
  /// How long a request is worked on.
  package var workSeconds = 30
  /// How long work is worked on that says how far it is.
  package var longSeconds = 3_600
  package var connections = 2_000
  /// Requests that are worked on at once.
  package var atOnce = 256
  /// Requests a second for each account or address.
  package var perSecond = 200
  /// Whether the address of the peer is taken from the proxy's X-Forwarded-For.
  package var isBehindProxy = false

  package init(lists: String, corpusFolder: String) {
    self.lists = lists
    self.corpusFolder = corpusFolder
  }

  package var isSecure: Bool { certificate != nil }
}
