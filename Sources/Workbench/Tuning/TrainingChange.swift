import NeuralNetworks
import Studies
import Vocabulary

/// What a study's next trials are trained with that its earlier ones were not: a value of those says nothing of these.
struct TrainingChange {
  let text: String

  /// nil where the trials of a configuration go on being what they were.
  init?(of study: Study, to request: TuneRequest) {
    // A study of another program has no settings that could have changed.
    guard let first = study.trials.first, study.settings.attributes["data"] != nil else { return nil }
    let kept = FixedSettings(study)
    let (fixed, network) = (kept.arguments("fixed"), kept.arguments("network"))
    let said = study.settings.attributes["repeat"] ?? "1"
    var changes: [String] = []
    func note(_ name: String, _ old: String?, _ new: String?) {
      if old != new { changes.append("\(name) was \(old ?? "the default") and is now \(new ?? "the default")") }
    }
    for name in Set(fixed.keys).union(request.fixed.keys).sorted() where !NetworkSettings.isName(name) {
      note(name, fixed[name]?.description, request.fixed[name]?.description)
    }
    note("repeat", said, "\(request.repeats)")
    // The session's network may have changed in what the space decides anyway.
    let point = ParameterReader.arguments(first.point)
    if NetworkSettings.description([network, point, fixed]) != request.networkDescription(first.point) {
      let (old, new) = (network.merging(fixed) { $1 }, request.network.merging(request.fixed) { $1 })
      for name in Set(old.keys).union(new.keys).sorted() where NetworkSettings.isName(name) {
        note(name, old[name]?.description, new[name]?.description)
      }
    }
    if changes.isEmpty { return nil }
    text = changes.joined(separator: ", ") + "; the \(study.trials.count) trials so far keep their values"
  }
}
