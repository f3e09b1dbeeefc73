import Drawing
import Studies

extension Study {
  /// Whether the trials were trained here: the names of the objectives then mean this program's metrics.
  private var isTrainedHere: Bool { !settings.isForeign && settings.attributes["data"] != nil }

  /// Whether an objective is shown as a percentage. What another program measured keeps its own unit, whatever its name.
  func isShare(_ objective: Int) -> Bool {
    isTrainedHere && metrics.indices.contains(objective) && MetricNames.isShare(metrics[objective])
  }

  /// A value of an objective as tables show it.
  func text(_ value: Double, _ objective: Int) -> String {
    isShare(objective) ? Number.percent(value, decimals: 2) : Number.significant(value, digits: 4)
  }

  /// `, positive class 'fraud'` if an objective is about one of two classes.
  var positiveNote: String {
    isTrainedHere ? RunReport.positiveNote(metrics, settings.attributes["positive"]) : ""
  }
}
