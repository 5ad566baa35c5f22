/// Measures the engine, one stage a file.
@main
struct MatcherBench {
  static func main() {
    print("no stage yet")
  }
}
