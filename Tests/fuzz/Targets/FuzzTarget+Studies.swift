import Foundation
import GRDB
import Jupyter
import Workbench

/// Study files: their bytes, and the rows of a whole one.
extension FuzzTarget {
  static let studyFile = FuzzTarget("study", seeds: { [seed] }) { bytes in
    Scratch.with(bytes, as: "s.db") { read($0) }
  }

  /// Four bytes an edit: a column of a row of a table becomes another value.
  static let studyRows = FuzzTarget(
    "rows", inputs: 4, seeds: { (0..<30).map { [UInt8($0), 3, 1, 7, 5, 9, UInt8($0 * 3), 2] } }
  ) { bytes in
    Scratch.with(seed, as: "r.db") { path in
      guard let database = try? DatabaseQueue(path: path) else { return }
      var edits = bytes.prefix(40)[...]
      while edits.count >= 4 {
        edit(database, Array(edits.prefix(4)))
        edits = edits.dropFirst(4)
      }
      try? database.close()
      read(path)
    }
  }

  private static func read(_ path: String) {
    for cell in [
      "reset\nset progress=none\nstudy storage \"\(path)\"", "study list", "study open \"s\"", "trials", "show study",
      "best",
      "importance", "plot history", "plot parallel", "print trials[0]", "data iris\ntune trials=1 epochs=1",
      "study storage none",
    ] { run(cell) }
  }

  private static let seed: [UInt8] = {
    var result: [UInt8] = []
    Scratch.with([], as: "seed.db") { path in
      try? FileManager.default.removeItem(atPath: path)
      run(
        """
        reset
        set progress=none
        data iris
        study storage "\(path)"
        study new "s"
        space
            neurons in {2, 4}
            learning_rate in log(1e-3..1)
            activation in {relu, tanh}
        tune trials=4 epochs=2 sampler=random
        study storage none
        """)
      // What still lies in the log beside the file comes into it.
      if let database = try? DatabaseQueue(path: path) {
        try? database.writeWithoutTransaction {
          try $0.execute(sql: "PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode=DELETE")
        }
        try? database.close()
      }
      result = (try? [UInt8](Data(contentsOf: URL(filePath: path)))) ?? []
    }
    return result
  }()

  private static func edit(_ database: DatabaseQueue, _ choice: [UInt8]) {
    try? database.write { rows in
      let tables = try String.fetchAll(rows, sql: "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
      guard !tables.isEmpty else { return }
      let table = tables[Int(choice[0]) % tables.count]
      let columns = try rows.columns(in: table).map(\.name)
      guard !columns.isEmpty else { return }
      let column = columns[Int(choice[1]) % columns.count]
      let value = odd[Int(choice[3]) % odd.count]
      try rows.execute(
        sql: """
          UPDATE "\(table)" SET "\(column)" = \(value) WHERE rowid = (SELECT rowid FROM "\(table)" ORDER BY rowid
          LIMIT 1 OFFSET \(Int(choice[2]) % 8))
          """)
    }
  }

  /// SQL for what a column of another program may hold.
  private static let odd = [
    "NULL", "''", "'x'", "x'ff00fe'", "-1", "0", "9223372036854775807", "-9223372036854775808", "1e308", "-1e308",
    "9e999", "'NaN'", "'{}'", "'[]'", "'2026-13-45 99:99:99'", "'COMPLETE'", "3.5", "char(27) || '[31m'",
    "printf('%.*c', 100000, 'n')", #"'{"name": "FloatDistribution"}'"#, #"'{"choices": [null, [1], NaN]}'"#,
    #"'{"name": "IntDistribution", "attributes": {"low": -9223372036854775808, "high": 9223372036854775807, "step": 0}}'"#,
  ]
}
