import CPostgreSQL
import Glibc

/// PostgreSQL's client library, libpq. It is loaded when an address first needs it: who keeps studies in files need not have it.
package enum DatabaseLibrary {
  /// Where it is looked for: where the system looks, then beside the program, as in an environment of conda.
  package static let places = ["libpq.so.5", besideProgram].compactMap { $0 }

  /// What `load()` answers, worked out once a process.
  private static let outcome = Result { () throws(StorageError) in try load(from: places) }

  /// Throws a sentence that says what to install if it is not there. Safe on any thread.
  package static func load() throws(StorageError) { try outcome.get() }

  /// Loads it from the first of some files that has it.
  package static func load(from places: [String]) throws(StorageError) {
    for place in places where attune_load_libpq(place) == nil { return }
    throw StorageError(
      .cannotOpen, "PostgreSQL's client library, libpq 14 or newer, is not installed",
      hint:
        "run 'apt install libpq5', 'dnf install libpq' or 'conda install libpq', or use a file such as \"studies.db\"")
  }

  /// `lib/libpq.so.5` of the folder whose `bin` or `lib/attune` the program is in.
  private static let besideProgram: String? = {
    guard let program = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(program) }
    let folders = String(cString: program).split(separator: "/").dropLast()
    let prefix = folders.suffix(2) == ["lib", "attune"] ? folders.dropLast(2) : folders.dropLast()
    return "/" + (prefix + ["lib", "libpq.so.5"]).joined(separator: "/")
  }()
}
