import Storage

extension Study {
  /// Writes the study with all that is known of it to another storage, under the same name; returns how many trials are finished.
  ///
  /// Trials that run or wait are written as waiting: there they can be run again. Numbers stay.
  package func copy(to other: any StudyStorage) throws -> Int {
    let (name, settings, records, foreign) = gate.withLock { ($0.name, $0.settings, $0.records, $0.foreign) }
    let id = try other.createStudy(
      named: name, directions: settings.directions.map(\.stored), attributes: try settings.stored())
    for record in records {
      let isFinished = record.state != .running && record.state != .waiting
      var attributes = record.endAttributes
      if !record.violations.isEmpty { attributes.system["constraints"] = StoredJSON.list(record.violations) }
      if let parent = record.parent { attributes.user["parent"] = String(parent) }
      if !isFinished { attributes.system["fixed_params"] = StoredJSON.object(record.point) }
      let parameters = record.params.compactMap { parameter in
        settings.space[parameter.name].map {
          StoredParameter(parameter.name, parameter.value, in: $0.domain, foreign: foreign[parameter.name])
        }
      }
      let end = record.start.flatMap { start in record.seconds.map { start.addingTimeInterval($0) } }
      let added = try other.add(
        NewTrial(
          state: isFinished ? record.state.stored : .waiting, parameters: isFinished ? parameters : [],
          values: record.values, attributes: attributes, start: isFinished ? record.start : nil, end: end), to: id)
      for report in record.reports where isFinished { try other.report(report.value, at: report.step, of: added.id) }
    }
    return records.count { $0.state != .running && $0.state != .waiting }
  }
}
