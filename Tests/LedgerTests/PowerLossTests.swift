import CWriteTrace
import Foundation
import Matcher
import MatcherTestSupport
import Testing

@testable import Ledger

// A write that returned survives a loss of power at any later moment.
//
// What SQLite writes is recorded step by step. At each step the disk may hold: everything that was
// forced, and of what was written since any part (none, all, a random choice, each block torn or whole).
// Each such disk is opened: it must be whole, and hold every write that had returned by then.
@Suite(.serialized) struct PowerLossTests {
  /// How many writes are recorded, and disks tried at each forced write.
  private var scale: (writes: Int, disks: Int) {
    let text = ProcessInfo.processInfo.environment["SOAK_WRITES"]
    return text.flatMap { Int($0) }.map { ($0, 6) } ?? (8, 3)
  }

  @Test("what was acknowledged survives a loss of power at every forced write")
  func survives() throws {
    #expect(write_trace_install() == 0)
    let made = try TemporaryLedger()
    let recorded = try Recording(made, writes: scale.writes)
    let work = made.folder + "/disk"
    var random = SeededGenerator(seed: 11)
    var disks = 0
    for cut in recorded.cuts {
      for variant in 0..<scale.disks {
        let disk = recorded.disk(at: cut, variant, &random)
        try disk.write(to: work)
        let expected = recorded.acknowledged(at: cut)
        let opened = try Ledger(opening: work + "/ledger.db")
        let found = try opened.integrity()
        try opened.close()
        #expect(found.problems.isEmpty, "cut \(cut), variant \(variant)")
        #expect(found.entries >= expected, "cut \(cut), variant \(variant)")
        #expect(found.entries <= recorded.writes)
        disks += 1
      }
    }
    print(
      "power: \(disks) disks of \(recorded.cuts.count) cuts, \(recorded.writes) writes: all whole")
    #expect(disks >= recorded.writes * 2)
  }

  @Test("the test itself can fail: without forced writes acknowledged entries are lost")
  func canFail() throws {
    #expect(write_trace_install() == 0)
    let made = try TemporaryLedger()
    var recorded = try Recording(made, writes: 5)
    recorded.steps.removeAll { $0.kind == .sync && $0.path.hasSuffix("-wal") }
    var random = SeededGenerator(seed: 12)
    let disk = recorded.disk(at: recorded.steps.count, 0, &random)
    try disk.write(to: made.folder + "/disk")
    let opened = try? Ledger(opening: made.folder + "/disk/ledger.db")
    let entries = (try? opened?.integrity().entries) ?? 0
    #expect(entries < 5)
  }
}

/// What was written while a ledger took its writes.
private struct Recording {
  enum Kind { case write, truncate, sync, delete }

  struct Step {
    let kind: Kind
    let path: String
    let offset: Int
    let bytes: [UInt8]
  }

  var steps: [Step]
  /// How many steps there were when write N (0…) had returned.
  let returned: [Int]
  /// The files as they stood, all of it forced, when the record began.
  let start: [String: [UInt8]]
  let writes: Int

  init(_ made: TemporaryLedger, writes: Int) throws {
    // What was there before is forced: a copy of the ledger just after it was made.
    let base = made.folder + "/traced"
    try FileManager.default.createDirectory(atPath: base, withIntermediateDirectories: true)
    try made.ledger.backup(to: base + "/ledger.db")
    start = ["ledger.db": [UInt8](try Data(contentsOf: URL(fileURLWithPath: base + "/ledger.db")))]
    base.withCString { write_trace_start($0) }
    var returned: [Int] = []
    let ledger = try Ledger(opening: base + "/ledger.db")
    for step in 0..<writes {
      try ledger.write(by: "li") { writer in
        let text = String(repeating: "碳化硅 \(step) ", count: 300)
        try writer.append(.park, "HP", JSONObject([("text", .string(text))]))
      }
      returned.append(write_trace_count())
      // The log goes back into the file now and then, which is where order matters most.
      if step % 3 == 2 {
        try ledger.pool.writeWithoutTransaction { _ = try $0.checkpoint(.truncate) }
      }
    }
    steps = (0..<write_trace_count()).map { Recording.step(write_trace_step_at($0)) }
    write_trace_start(nil)
    try ledger.close()
    self.returned = returned
    self.writes = writes
  }

  private static func step(_ raw: write_trace_step) -> Step {
    let kinds: [Int32: Kind] = [1: .write, 2: .truncate, 3: .sync, 4: .delete]
    let bytes = raw.bytes.map { Array(UnsafeBufferPointer(start: $0, count: Int(raw.count))) } ?? []
    return Step(
      kind: kinds[raw.kind] ?? .write,
      path: URL(fileURLWithPath: String(cString: raw.path)).lastPathComponent,
      offset: Int(raw.offset), bytes: bytes)
  }

  /// The places where power is lost: before and after each forced write, and at the end.
  var cuts: [Int] {
    let syncs = steps.indices.filter { steps[$0].kind == .sync }
    return syncs.flatMap { [$0, $0 + 1] } + [steps.count]
  }

  /// How many writes had returned when `cut` steps were done.
  func acknowledged(at cut: Int) -> Int {
    returned.prefix { $0 <= cut }.count
  }

  /// A disk that a loss of power after `cut` steps can leave.
  ///
  /// - Parameter variant: 0: nothing of what was not forced; 1: all of it; others: a random choice, by
  ///   blocks of 512 bytes.
  func disk(at cut: Int, _ variant: Int, _ random: inout SeededGenerator) -> Disk {
    var disk = Disk(files: start)
    var forced: [String: Int] = [:]
    for place in 0..<cut where steps[place].kind == .sync { forced[steps[place].path] = place }
    for place in 0..<cut {
      let step = steps[place]
      let isForced = forced[step.path].map { place < $0 } ?? false
      if isForced || variant == 1 {
        disk.apply(step, keeping: { true })
      } else if variant > 1 {
        disk.apply(step, keeping: { random.chance(50) })
      }
    }
    return disk
  }
}

private struct Disk {
  var files: [String: [UInt8]]

  mutating func apply(_ step: Recording.Step, keeping: () -> Bool) {
    switch step.kind {
    case .sync: return
    case .delete: if keeping() { files[step.path] = nil }
    case .truncate:
      guard keeping(), var file = files[step.path] else { return }
      file = Array(file.prefix(step.offset))
      file += [UInt8](repeating: 0, count: max(0, step.offset - file.count))
      files[step.path] = file
    case .write:
      var file = files[step.path] ?? []
      for start in stride(from: 0, to: step.bytes.count, by: 512) where keeping() {
        let end = min(start + 512, step.bytes.count)
        let place = step.offset + start
        let missing = place + end - start - file.count
        if missing > 0 { file += [UInt8](repeating: 0, count: missing) }
        file.replaceSubrange(place..<place + end - start, with: step.bytes[start..<end])
      }
      files[step.path] = file
    }
  }

  func write(to folder: String) throws {
    try? FileManager.default.removeItem(atPath: folder)
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    for (name, bytes) in files where !name.hasSuffix("-shm") {
      try Data(bytes).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
    }
  }
}
