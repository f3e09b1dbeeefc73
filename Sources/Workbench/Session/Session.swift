import Datasets
import Language
import NeuralNetworks
import Storage
import Studies
import Vocabulary

/// Everything a person has said and made so far: one current dataset, network, space and study, every finished run by
/// name, and variables. A value: a subshell and the completer look at a copy.
package struct Session: Sendable {
  package var settings = SessionSettings()
  package var data: LoadedData?
  package var network = NetworkSetting()
  package var space: SpaceDescription?
  package var study: Study?
  package var runs = RunList()
  package var variables = VariableList()
  /// Where new studies are kept; memory unless `study storage` says a file.
  package var storage: any StudyStorage = MemoryStorage()
  /// What `evaluate` measured last.
  package var evaluation: EvaluationObject?

  package init() {}
}

package struct SessionSettings: Sendable {
  package var progress = ProgressMode.auto
  /// nil: all cores.
  package var threads: Int?
  package var seed: UInt64 = 0
  package var plots = PlotMode.live
  package var output = OutputMode.full
}

/// Whether pictures answer to the pointer where scripts may run.
package enum PlotMode: String, Sendable, CaseIterable {
  case live, still
}

/// The current dataset with the words that made it.
package struct LoadedData: Sendable {
  package var dataset: Dataset
  package var source: Call
  package var preparation: Preparation
  /// As typed, for studies and `show`.
  package var text: String
  /// What was said beside the source, for studies.
  package var options: [Call.Named] = []
}

/// The current network as said: settings over the defaults or a recipe's, and weights that were imported.
package struct NetworkSetting: Sendable {
  /// The word that was said for many settings.
  package var recipe: String?
  package var said: [String: Argument] = [:]
  package var imported: ImportedWeights?
}

package struct VariableList: Sendable {
  private(set) var names: [String] = []
  private var values: [String: Value] = [:]

  package subscript(name: String) -> Value? {
    get { values[name] }
    set {
      if values[name] == nil && newValue != nil { names.append(name) }
      if newValue == nil { names.removeAll { $0 == name } }
      values[name] = newValue
    }
  }
}
