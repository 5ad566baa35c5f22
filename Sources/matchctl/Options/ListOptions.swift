import ArgumentParser
import Foundation
import Matcher
import RecordFiles

/// How park lists are to be read.
struct ListOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "A column and the field it holds, such as --map '拟投入=budget'; an empty field keeps the column unread.",
      valueName: "heading=field"))
  var map: [String] = []
  @Option(help: ArgumentHelp("How this park's lists are read, a JSON file.", valueName: "file"))
  var profile: String?
  @OptionGroup var encoding: EncodingOptions

  /// The reader's options, with the profile and the corrections of the command line.
  func options(_ corpus: Corpus, asOf: CivilDate) throws -> ListReader.Options {
    var options = ListReader.Options(asOf: asOf)
    var issues: [RecordIssue] = []
    if let profile {
      let bytes = try FileSource.whole(profile)
      do {
        options.profile = ListProfile(try JSONParser.parse(bytes), file: profile, issues: &issues)
      } catch {
        throw CommandError.input(
          "\(profile), byte \(error.offset + 1): got \(error.got), expected \(error.expected)")
      }
    }
    for rule in map {
      guard let cut = rule.lastIndex(of: "=") else {
        throw CommandError.usage("--map: got '\(rule)', expected heading=field")
      }
      options.profile.map(
        String(rule[..<cut]), to: String(rule[rule.index(after: cut)...]), file: "--map",
        issues: &issues)
    }
    if let first = issues.first { throw CommandError.input(first.description) }
    return options
  }
}
