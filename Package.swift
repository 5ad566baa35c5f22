// swift-tools-version: 6.2
import PackageDescription

let package = Package(
  name: "matcher",
  products: [
    .library(name: "Matcher", targets: ["Matcher"]),
    .executable(name: "matchctl", targets: ["matchctl"]),
  ],
  dependencies: [
    // The command line: help, validation and completions from one declaration.
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2")
  ],
  targets: [
    // Loops that need a byte shuffle, which Swift cannot ask for; chosen by processor at run time.
    .target(name: "CMatcherKernels"),
    // Columns, bitmaps, postings, best-of lists: fast and without a word of the domain.
    .target(
      name: "MatcherIndex", dependencies: ["CMatcherKernels"], path: "Sources/Matcher/Index"),
    // Pure: no Foundation, no database, no network, no terminal.
    .target(name: "Matcher", dependencies: ["MatcherIndex"], exclude: ["Index", "Engine"]),
    // Every pair, exactly, on all cores: lines as columns, demands as plans.
    .target(
      name: "MatcherEngine", dependencies: ["Matcher", "MatcherIndex"],
      path: "Sources/Matcher/Engine"),
    // zlib, for the containers of .xlsx and .docx.
    .systemLibrary(
      name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    // Files of tables and forms ↔ rows: zip, XML, encodings, workbooks. No Foundation.
    .target(
      name: "TableFiles", dependencies: ["Matcher", "CZlib"], path: "Sources/matchctl/TableFiles"),
    .executableTarget(
      name: "MatcherBench",
      dependencies: ["Matcher", "MatcherEngine", "MatcherIndex", "TableFiles"],
      exclude: ["README.md"]),
    .executableTarget(
      name: "matchctl",
      dependencies: [
        "Matcher",
        "MatcherEngine",
        "MatcherIndex",
        "TableFiles",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      exclude: ["TableFiles"]),
    .target(
      name: "MatcherTestSupport", dependencies: ["Matcher"], path: "Tests/MatcherTestSupport"),
    .testTarget(name: "MatcherIndexTests", dependencies: ["MatcherIndex"]),
    .testTarget(name: "MatcherTests", dependencies: ["Matcher", "MatcherTestSupport"]),
    .testTarget(
      name: "MatcherEngineTests",
      dependencies: ["MatcherEngine", "MatcherIndex", "Matcher", "MatcherTestSupport"]),
    .testTarget(name: "TableFilesTests", dependencies: ["TableFiles", "Matcher"]),
    .testTarget(name: "GoldenTests", dependencies: ["Matcher", "MatcherTestSupport"]),
    .testTarget(
      name: "MatchctlTests", dependencies: ["matchctl", "Matcher", "MatcherTestSupport"]),
  ]
)
