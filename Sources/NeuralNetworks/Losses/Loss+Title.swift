extension Loss {
  /// As axes and notes call it. Losses of different titles are different quantities.
  package var title: String {
    switch self {
    case .crossEntropy(let smoothing): smoothing == 0 ? "cross entropy" : "label_smoothing(\(smoothing))"
    case .binaryCrossEntropy: "binary cross entropy"
    case .meanSquaredError: "squared error"
    case .meanAbsoluteError: "absolute error"
    case .huber(let delta): "huber(delta=\(delta))"
    case .hinge: "hinge"
    }
  }
}
