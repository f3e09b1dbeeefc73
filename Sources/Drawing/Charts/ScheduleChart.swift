/// Schedules side by side before anything is trained.
package struct ScheduleChart: Chart {
  package static let name = "schedule"
  package static let help = "learning-rate schedules over epochs, compared before training"

  /// The rate of each epoch.
  package var schedules: [NamedCurve]

  package init(schedules: [NamedCurve]) { self.schedules = schedules }

  package func draw() -> Picture {
    RatesPlot(title: schedules.count == 1 ? "Schedule \(schedules[0].name)" : "Schedules", curves: schedules).plot
      .draw()
  }
}
