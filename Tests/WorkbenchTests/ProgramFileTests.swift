import Foundation
import Testing
import Workbench

/// Where pip installed it, the program is one of several behind a launcher; elsewhere it is a file of its own.
@Suite struct ProgramFileTests {
  private let prefix = FileManager.default.temporaryDirectory.path + "/attune-prefix-\(UUID().uuidString)"

  private func place(_ name: String) throws -> String {
    let file = URL(filePath: prefix + "/" + name)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data().write(to: file)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file.path)
    return file.path
  }

  @Test(arguments: ["lib/attune/attune-v1", "lib/attune/attune-v3", "lib/attune/attune-v4"])
  func `a build for one kind of processor is started by the launcher`(name: String) throws {
    let program = try place(name)
    #expect(ProgramFile.path(of: program) == program)
    let launcher = try place("bin/attune")
    #expect(ProgramFile.path(of: program) == launcher)
  }

  @Test(arguments: ["bin/attune", "lib/attune/other", "lib/attune-v4", "attune"])
  func `any other program is started by itself`(name: String) throws {
    _ = try place("bin/attune")
    let program = try place(name)
    #expect(ProgramFile.path(of: program) == program)
  }
}
