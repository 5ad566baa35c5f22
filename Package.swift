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
    // Pure: no Foundation, no database, no network, no terminal.
    .target(name: "Matcher"),
    .executableTarget(name: "MatcherBench", dependencies: ["Matcher"], exclude: ["README.md"]),
    .executableTarget(
      name: "matchctl",
      dependencies: [
        "Matcher",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ]),
    .target(
      name: "MatcherTestSupport", dependencies: ["Matcher"], path: "Tests/MatcherTestSupport"),
    .testTarget(name: "MatcherTests", dependencies: ["Matcher", "MatcherTestSupport"]),
    .testTarget(name: "GoldenTests", dependencies: ["Matcher", "MatcherTestSupport"]),
    .testTarget(
      name: "MatchctlTests", dependencies: ["matchctl", "Matcher", "MatcherTestSupport"]),
  ]
)
