import Foundation

/// What kind of file system a path lies on: a ledger needs one whose locks and syncs are kept.
package enum FileSystemKind {
  /// Kinds over a network, as Linux names them in its table of mounts.
  private static let network: Set<String> = [
    "nfs", "nfs4", "cifs", "smb", "smb3", "smbfs", "9p", "ceph", "glusterfs", "lustre", "afs",
    "ncpfs", "fuse.sshfs", "fuse.s3fs", "fuse.rclone", "fuse.glusterfs", "fuse.cephfs", "davfs",
    "fuse.davfs2", "ocfs2", "gfs2", "beegfs",
  ]

  /// The kind at a path or at the folder that would hold it; nil where it cannot be told.
  package static func name(of path: String, mounts: String? = nil) -> String? {
    guard let table = mounts ?? (try? String(contentsOfFile: "/proc/self/mounts", encoding: .utf8))
    else { return nil }
    let place = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    var best: (length: Int, kind: String)?
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: " ")
      guard parts.count > 2 else { continue }
      // The table writes a blank as \040.
      let point = String(parts[1]).replacingOccurrences(of: "\\040", with: " ")
      let prefix = point == "/" ? "/" : point + "/"
      guard (place + "/").hasPrefix(prefix), prefix.utf8.count >= best?.length ?? 0 else {
        continue
      }
      best = (prefix.utf8.count, String(parts[2]))
    }
    return best?.kind
  }

  /// Refuses a network file system: two machines would each believe they hold the pen, and a sync may
  /// be no more than a promise.
  package static func check(_ path: String, mounts: String? = nil) throws(LedgerError) {
    guard let kind = name(of: path, mounts: mounts), network.contains(kind) else { return }
    throw LedgerError(
      .networkFileSystem,
      "'\(path)' lies on a network file system (\(kind)), where locks and forced writes cannot be "
        + "relied on and the ledger could lose what it acknowledged; put it on a local disk")
  }
}
