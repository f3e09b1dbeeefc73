import Drawing
import NeuralNetworks

/// The live line and plot of one training.
struct TrainingView {
  let view: LiveView
  let name: String
  /// Epochs that this training has in all.
  let epochs: Int

  /// As one sees it who does not train: a run that is being trained, by its finished epochs.
  func show(_ run: Run) {
    view.show {
      let done = run.history.epochs
      var fields: [Progress.Field] = []
      if let loss = run.history.trainLoss.last { fields.append(.init("loss", Number.significant(loss, digits: 3))) }
      if let loss = run.history.valLoss.last { fields.append(.init("val", Number.significant(loss, digits: 3))) }
      let left = done > 0 ? run.seconds * Double(epochs - done) / Double(done) : nil
      return LiveFrame(
        progress: Progress(unit: "epoch", done: done, total: epochs, fields: fields, secondsLeft: left),
        picture: done > 0 ? RunReport.lossPicture(run, epochs: epochs) : nil)
    }
  }

  /// `run` makes the state to draw; it is asked only when something is shown.
  func show(_ batch: BatchProgress, _ run: () -> Run) {
    view.show {
      let run = run()
      let within = Double(batch.batch) / Double(max(batch.batches, 1))
      let done = (Double(batch.epoch - 1) + within) / Double(max(batch.epochs, 1))
      var fields = [Progress.Field("loss", Number.significant(batch.trainLoss, digits: 3))]
      if let loss = run.history.valLoss.last { fields.append(.init("val", Number.significant(loss, digits: 3))) }
      if let accuracy = run.history.metrics["val_accuracy"]?.last {
        fields.append(.init("acc", Number.percent(accuracy)))
      }
      if let rate = run.history.learningRate.last { fields.append(.init("lr", Number.significant(rate, digits: 3))) }
      let left = done > 0 ? batch.seconds * (1 - done) / done : nil
      let progress = Progress(
        unit: "epoch", done: batch.epoch - 1, total: batch.epochs, fraction: done, fields: fields, secondsLeft: left)
      let picture = run.history.epochs > 0 ? RunReport.lossPicture(run, epochs: batch.epochs) : nil
      return LiveFrame(progress: progress, picture: picture)
    }
  }
}
