/// The commands as `help` alone shows them: by what they are for.
enum HelpGroups {
  private static let groups: [(title: String, names: [String])] = [
    ("data", ["data", "describe", "predict"]),
    (
      "networks and training", ["network", "train", "evaluate", "find_learning_rate", "bench", "calibrate", "ensemble"]
    ),
    (
      "search",
      [
        "space", "tune", "trials", "best", "importance", "retrain", "study", "enqueue", "ask", "report", "tell",
        "explain", "watch",
      ]
    ),
    ("looking", ["plot", "compare", "show"]), ("keeping", ["save", "load", "export", "import"]),
    ("session", ["set", "reset", "print", "clear", "help", "exit", "quit"]),
  ]

  /// Each group with the commands that there are; those of no group come last.
  static let all: [(title: String, commands: [Command])] = {
    var found = groups.map { group in (group.title, group.names.compactMap { Commands.byName[$0] }) }
    let named = Set(groups.flatMap(\.names))
    let others = Commands.all.filter { !named.contains($0.name) }
    if !others.isEmpty { found.append(("more", others)) }
    return found
  }()
}
