import Foundation
import Testing

@Suite struct LanguagePageTests {
  @Test("How a cell reads", arguments: PageCell.reading)
  func reads(_ cell: PageCell) throws { try cell.check(in: PageFolder()) }

  @Test("Data", arguments: PageCell.data)
  func loads(_ cell: PageCell) throws { try cell.check(in: PageFolder()) }

  @Test("Network and training", arguments: PageCell.training)
  func trains(_ cell: PageCell) throws { try cell.check(in: PageFolder()) }

  @Test("Searching", arguments: PageCell.searching)
  func searches(_ cell: PageCell) throws { try cell.check(in: PageFolder()) }

  @Test("Looking", arguments: PageCell.looking)
  func looks(_ cell: PageCell) throws { try cell.check(in: PageFolder()) }

  @Test("Keeping", arguments: PageCell.keeping)
  func keeps(_ cell: PageCell) throws { try cell.check(in: PageFolder()) }

  @Test("The session", arguments: PageCell.session)
  func lives(_ cell: PageCell) throws { try cell.check(in: PageFolder()) }
}

extension PageCell {
  static let reading: [PageCell] = [
    PageCell("train epochs=20 learning_rate=0.1", after: iris),
    PageCell("width = 128"),
    PageCell("best.params.learning_rate", after: studied),
    PageCell("?train"), PageCell("train?"),
    PageCell("trials = 20\ntrials", after: studied, shows: "learning_rate"),
    PageCell("trials = 20\nprint trials + 1", shows: "21"),
    PageCell("width = 128\nprint width + 1", shows: "129"),
    PageCell("tell 7 -0.38", after: external, shows: "-0.38"),
    PageCell("3.0", shows: "3.0"), PageCell("7 / 2", shows: "3.5"), PageCell("2 ** 10", shows: "1024"),
    PageCell("x = {\"a\": 1, 'b': [1, 2.5, True, None],}\nx[\"b\"][1]", shows: "2.5"),
    PageCell("float('nan')", shows: "nan"),
    PageCell("train epochs=1;\nrun.epochs", after: iris, shows: "1"),
    PageCell("train epochs=2 \\\n      optimizer=sgd  # plain\nnetwork hidden=[\n  8,\n  4,\n]", after: iris),
    // What papermill writes for Python.
    PageCell(
      "# Parameters\nepochs_to_train = 3\nrate = 1e-05\nname = \"a \\\"b\\\" \\u00e9\"\nflag = True\nnothing = None\n"
        + "values = [1, 2.0, \"x\"]\noptions = {\"a\": {\"b\": -1}}\nempty = {}\nlimit = float('inf')\n"
        + "train epochs=epochs_to_train shuffle=flag name=name\nrun.epochs + options[\"a\"][\"b\"]", after: iris,
      shows: "2"),
  ]

  static let data: [PageCell] =
    [
      PageCell("data digits", shows: "10 classes"), PageCell("data iris", shows: "setosa"),
      PageCell("data csv(\"FOLDER/houses.csv\", target=\"price\")", shows: "regression"),
      PageCell("data npz(\"FOLDER/set.npz\", x=\"x\", y=\"y\")", shows: "2 classes"),
      PageCell("data spirals(n=1000, noise=0.2, classes=3)"), PageCell("data moons"), PageCell("data circles"),
      PageCell("data blobs"),
      PageCell("data digits validation=100 test=0.1"), PageCell("data digits folds=5"),
      PageCell("data digits standardize=per_feature limit=1000 seed=3"),
      PageCell("data iris standardize=none"), PageCell("data iris standardize=global"),
      PageCell("data iris validation=0"),
      PageCell("data csv(\"FOLDER/houses.csv\", target=\"rooms\") task=regression", shows: "regression"),
      PageCell("data csv(\"FOLDER/houses.csv\", target=\"rooms\") task=classification", shows: "5 classes"),
      PageCell("plot data", after: ["data digits limit=500"]), PageCell("plot data", after: ["data moons"]),
    ] + (FileManager.default.fileExists(atPath: "/usr/share/datasets/fashion-mnist") ? fashion : [])

  private static let fashion = [
    PageCell("data fashion_mnist limit=2000", shows: "10 classes"),
    PageCell("data idx(\"/usr/share/datasets/fashion-mnist\") limit=2000", shows: "784"),
  ]

  static let training: [PageCell] =
    [
      PageCell("network hidden=[256, 128] activation=relu initializer=he_uniform dropout=0.1", shows: "256"),
      PageCell("network layers=2 neurons=128", shows: "128"),
      PageCell("train epochs=20 batch_size=64 optimizer=adam learning_rate=1e-3", after: iris),
      PageCell("train epochs=200 batch_size=all optimizer=sgd learning_rate=0.5", after: iris),
      PageCell("train epochs=3 batch_size=1 optimizer=sgd learning_rate=0.01", after: iris),
      PageCell(
        "train epochs=50 optimizer=sgd momentum=0.9 nesterov=true learning_rate=0.1 \\\n"
          + "      schedule=step(factor=0.5, every=10) early_stopping=patience(5, min_delta=1e-4) \\\n"
          + "      weight_decay=1e-4 clip_norm=1.0 loss=cross_entropy seed=3 name=\"deep\"", after: iris, shows: "deep"),
      PageCell("train resume=true epochs=10", after: trained),
      PageCell("evaluate test", after: trained, shows: "accuracy"),
      PageCell("predict csv(\"FOLDER/new.csv\") to=\"FOLDER/predictions.csv\"", after: trained),
      PageCell("find_learning_rate", after: iris), PageCell("bench seconds=0.02", after: iris, shows: "GFLOP"),
      PageCell(
        "train epochs=2 l1=1e-5 weight_decay=1e-4 dropout=0.2 batch_norm=true max_norm=3 noise=0.1 class_weight=balanced "
          + "accumulate=2 metrics=[f1] shuffle=false clip_norm=1", after: iris),
      PageCell("train epochs=1 loss=mae", after: ["data csv(\"FOLDER/houses.csv\", target=\"price\")"]),
      PageCell("train epochs=1 loss=huber(delta=1)", after: ["data csv(\"FOLDER/houses.csv\", target=\"price\")"]),
      PageCell("train epochs=1 loss=hinge", after: iris),
      PageCell("train epochs=1 loss=label_smoothing(0.1)", after: iris),
      PageCell("train epochs=1", after: ["data moons"]),
    ]
    + ["relu", "leaky_relu", "elu", "selu", "gelu", "silu", "tanh", "sigmoid", "softplus", "identity"].map {
      PageCell("network hidden=[8] activation=\($0)\ntrain epochs=1", after: iris)
    }
    + [
      "glorot_uniform", "glorot_normal", "he_uniform", "he_normal", "lecun_uniform", "lecun_normal", "torch",
      "uniform(-0.1, 0.1)", "normal(0.1)", "zeros",
    ].map { PageCell("network hidden=[8] initializer=\($0)\ntrain epochs=1", after: iris) }
    + ["sgd", "adagrad", "rmsprop", "adam", "adamw", "nadam", "adadelta"].map {
      PageCell("train epochs=1 optimizer=\($0)", after: iris)
    }
    + schedules.map { PageCell("train epochs=5 schedule=\($0)", after: iris) }

  static let schedules = [
    "constant", "time_decay(decay=0.01)", "step(factor=0.5, every=10)", "exponential(decay=0.1)",
    "power(steps=10, c=1)",
    "plateau(factor=0.5, patience=5)", "one_cycle(max=0.1)", "cosine(min=0)", "linear(end=0)", "polynomial(p=2, end=0)",
    "piecewise([10, 20], [0.1, 0.01, 0.001])", "warmup(epochs=3, then=cosine)",
    "time_decay", "step", "exponential", "power", "plateau", "one_cycle", "cosine", "linear", "polynomial", "warmup",
  ]
}
