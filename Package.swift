// swift-tools-version: 6.2
import PackageDescription

// Tests judge hundreds of thousands of random pairs twice: with these targets optimized in a debug build
// too, all of them take a sixth of the time. Asked for by `.ci/lib.sh`, as nobody can depend on a package
// with unsafe flags. The frontend is told, for the driver's own `-Onone` comes behind a plain `-O`.
let optimized: [SwiftSetting] =
  Context.environment["MATCHER_OPTIMIZED"] == nil
  ? [] : [.unsafeFlags(["-Xfrontend", "-O"], .when(configuration: .debug))]

let package = Package(
  name: "matcher",
  products: [
    .library(name: "Matcher", targets: ["Matcher"]),
    .executable(name: "matchctl", targets: ["matchctl"]),
  ],
  dependencies: [
    // The command line: help, validation and completions from one declaration.
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    // The ledger: SQLite with migrations, pools and snapshots.
    .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
    // The server: HTTP, TLS, routing, graceful stop.
    .package(
      url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1", traits: []),
    .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
    .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
  ],
  targets: [
    // Loops that need a byte shuffle, which Swift cannot ask for; chosen by processor at run time.
    .target(name: "CMatcherKernels"),
    // Columns, bitmaps, postings, best-of lists: fast and without a word of the domain.
    .target(
      name: "MatcherIndex", dependencies: ["CMatcherKernels"], path: "Sources/Matcher/Index",
      swiftSettings: optimized),
    // Pure: no Foundation, no database, no network, no terminal.
    .target(
      name: "Matcher", dependencies: ["MatcherIndex"], exclude: ["Index", "Engine"],
      swiftSettings: optimized),
    // Every pair, exactly, on all cores: lines as columns, demands as plans.
    .target(
      name: "MatcherEngine", dependencies: ["Matcher", "MatcherIndex", "CMatcherKernels"],
      path: "Sources/Matcher/Engine",
      swiftSettings: optimized),
    // zlib, for the containers of .xlsx and .docx.
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // The C library's allocator, which Swift's module of it leaves out: a batch tells it to keep memory.
    .systemLibrary(name: "CMalloc"),
    // OpenSSL's digests: SHA-256 by the processor's own instructions.
    .systemLibrary(
      name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    // libsodium: password hashes (Argon2id), random tokens.
    .systemLibrary(
      name: "CSodium", pkgConfig: "libsodium", providers: [.apt(["libsodium-dev"])]),
    // Files of tables and forms ↔ rows: zip, XML, encodings, workbooks. No Foundation.
    .target(
      name: "TableFiles", dependencies: ["Matcher", "CZlib"], path: "Sources/matchctl/TableFiles"),
    // Paths → lists, profiles, corpus: what commands, the night and the server open.
    .target(
      name: "RecordFiles", dependencies: ["Matcher", "MatcherIndex", "TableFiles"],
      path: "Sources/matchctl/Files"),
    // Every version of every record, decisions, runs: one SQLite file, append-only.
    .target(
      name: "Ledger",
      dependencies: [
        "Matcher", "CCrypto", "CSodium", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Sources/matchctl/Ledger"),
    // Lists and profiles → the ledger; the public list out of it.
    .target(
      name: "Publishing", dependencies: ["Ledger", "Matcher", "RecordFiles", "TableFiles"],
      path: "Sources/matchctl/Publishing"),
    // What brokers do with matches: decisions, answers, the day's list.
    .target(
      name: "Brokerage",
      dependencies: [
        "Ledger", "Matcher", "MatcherEngine", "MatcherIndex", "RecordFiles", "TableFiles",
      ],
      path: "Sources/matchctl/Brokerage"),
    // Everything with everything, and what changed since the run before.
    .target(
      name: "Night",
      dependencies: [
        "Ledger", "Brokerage", "Matcher", "MatcherEngine", "MatcherIndex", "RecordFiles",
        "TableFiles",
      ],
      path: "Sources/matchctl/Night"),
    // HTTP: the API, who may do what, the console's files.
    .target(
      name: "Server",
      dependencies: [
        "Ledger", "Publishing", "Brokerage", "Night", "Matcher", "MatcherEngine", "MatcherIndex",
        "RecordFiles", "TableFiles", "CSodium",
        .product(name: "Hummingbird", package: "hummingbird"),
        .product(name: "HummingbirdTLS", package: "hummingbird"),
        .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
        .product(name: "Logging", package: "swift-log"),
      ],
      path: "Sources/matchctl/Server"),
    .executableTarget(
      name: "MatcherBench",
      dependencies: ["Matcher", "MatcherEngine", "MatcherIndex", "TableFiles", "Ledger"],
      exclude: ["README.md"]),
    .executableTarget(
      name: "matchctl",
      dependencies: [
        "Matcher", "MatcherEngine", "MatcherIndex", "TableFiles", "RecordFiles", "Ledger",
        "Publishing", "Brokerage", "Night", "Server", "CMalloc",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: [
        "TableFiles", "Files", "Ledger", "Publishing", "Brokerage", "Night", "Server", "Console",
      ]),
    .target(
      name: "MatcherTestSupport", dependencies: ["Matcher"], path: "Tests/MatcherTestSupport"),
    .testTarget(name: "MatcherIndexTests", dependencies: ["MatcherIndex"]),
    .testTarget(name: "MatcherTests", dependencies: ["Matcher", "MatcherTestSupport"]),
    .testTarget(
      name: "MatcherEngineTests",
      dependencies: [
        "MatcherEngine", "MatcherIndex", "Matcher", "MatcherTestSupport", "CMatcherKernels",
      ]),
    .testTarget(name: "TableFilesTests", dependencies: ["TableFiles", "Matcher"]),
    // SQLite's writes, recorded step by step, for the test of a loss of power.
    .target(
      name: "CWriteTrace", path: "Tests/CWriteTrace",
      linkerSettings: [.linkedLibrary("sqlite3")]),
    .testTarget(
      name: "LedgerTests",
      dependencies: ["Ledger", "Matcher", "MatcherTestSupport", "CWriteTrace"]),
    .testTarget(
      name: "PublishingTests",
      dependencies: ["Publishing", "Ledger", "Matcher", "MatcherTestSupport", "TableFiles"]),
    .testTarget(
      name: "BrokerageTests",
      dependencies: [
        "Brokerage", "Ledger", "Matcher", "MatcherEngine", "RecordFiles", "MatcherTestSupport",
      ]),
    .testTarget(
      name: "NightTests",
      dependencies: [
        "Night", "Brokerage", "Ledger", "Matcher", "MatcherEngine", "MatcherIndex", "TableFiles",
        "MatcherTestSupport",
      ]),
    .testTarget(
      name: "ServerTests",
      dependencies: [
        "Server", "Ledger", "Matcher", "MatcherTestSupport",
        .product(name: "HummingbirdTesting", package: "hummingbird"),
      ]),
    .testTarget(name: "GoldenTests", dependencies: ["Matcher", "MatcherTestSupport"]),
    .testTarget(
      name: "MatchctlTests",
      dependencies: ["matchctl", "Ledger", "Matcher", "MatcherTestSupport"]),
  ]
)
