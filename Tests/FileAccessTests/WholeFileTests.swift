import FileAccess
import Foundation
import Testing

/// What a file was, it stays; what cannot be written is named by its true cause.
@Suite struct WholeFileTests {
  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "/files-" + UUID().uuidString
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  private func mode(_ name: String) -> mode_t? {
    var status = stat()
    return lstat(folder + "/" + name, &status) == 0 ? status.st_mode & 0o7777 : nil
  }

  private func text(_ name: String) -> String? { try? String(contentsOfFile: folder + "/" + name, encoding: .utf8) }

  private func refusal(_ name: String) -> String? {
    do throws(FileError) {
      try WholeFile.write([1], to: folder + "/" + name, as: name)
      return nil
    } catch { return error.description }
  }

  @Test(arguments: [0o600, 0o640, 0o644, 0o755, 0o4750] as [mode_t]) func `a file keeps its mode and owner`(
    mode: mode_t
  )
    throws
  {
    #expect(FileManager.default.createFile(atPath: folder + "/m", contents: Data("old".utf8)))
    let owner: uid_t = geteuid() == 0 ? 65_534 : geteuid()
    #expect(chown(folder + "/m", owner, getegid()) == 0 && chmod(folder + "/m", mode) == 0)
    try WholeFile.write(Array("new".utf8), to: folder + "/m")
    var status = stat()
    #expect(stat(folder + "/m", &status) == 0 && status.st_uid == owner && status.st_mode & 0o7777 == mode)
    #expect(text("m") == "new")
  }

  @Test func `a new file has the mode that others have`() throws {
    let mask = umask(0)
    umask(mask)
    try WholeFile.write([1, 2], to: folder + "/new")
    #expect(mode("new") == 0o666 & ~mask)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["new"])
  }

  @Test func `a link is written through, one to nowhere is refused`() throws {
    try WholeFile.write(Array("old".utf8), to: folder + "/real")
    #expect(symlink("real", folder + "/link") == 0 && symlink("none", folder + "/dangling") == 0)
    try WholeFile.write(Array("new".utf8), to: folder + "/link")
    #expect(text("real") == "new")
    #expect(try FileManager.default.destinationOfSymbolicLink(atPath: folder + "/link") == "real")
    #expect(refusal("dangling") == "'dangling' cannot be written: it is a link to a file that does not exist")
    #expect(mode("none") == nil)
  }

  @Test func `other names of a file keep its content`() throws {
    try WholeFile.write(Array("old".utf8), to: folder + "/a")
    #expect(link(folder + "/a", folder + "/b") == 0)
    try WholeFile.write(Array("new".utf8), to: folder + "/a")
    #expect(text("b") == "new")
  }

  @Test func `what cannot be a file says why`() throws {
    #expect(mkdir(folder + "/folder", 0o700) == 0 && mkfifo(folder + "/pipe", 0o600) == 0)
    try WholeFile.write([1], to: folder + "/file")
    for (name, reason) in [
      ("folder", "it is a folder"), ("pipe", "it is not a regular file"), ("no/x", "there is no folder 'no/'"),
      ("file/x", "not a directory"), (String(repeating: "n", count: 300), "file name too long"),
    ] {
      #expect(refusal(name) == "'\(name)' cannot be written: \(reason)")
    }
    #expect(throws: FileError("pipe", .read, "it is not a regular file")) {
      try WholeFile.read(folder + "/pipe", as: "pipe")
    }
    #expect(throws: FileError("/dev/zero", .read, "it is not a regular file")) { try WholeFile.read("/dev/zero") }
    #expect(throws: CancellationError.self) { try WholeFile.read(folder + "/file", isCancelled: { true }) }
  }

  @Test func `the system's reasons are clauses`() {
    #expect(FileError.reason(EACCES) == "permission denied")
    #expect(FileError.reason(ENOSPC) == "the disk is full")
    #expect(FileError.reason(EFBIG) == "file too large")
    #expect(FileError("x", .written, errno: EROFS).description == "'x' cannot be written: read-only file system")
  }

  @Test func `home is HOME, else the user database's`() {
    let own = HomeFolder.path([:])
    #expect(HomeFolder.path(["HOME": "/h"]) == "/h" && HomeFolder.path(["HOME": ""]) == own && own.hasPrefix("/"))
    #expect(HomeFolder.expand("~/x") == HomeFolder.path() + "/x" && HomeFolder.expand("~x") == "~x")
  }
}
