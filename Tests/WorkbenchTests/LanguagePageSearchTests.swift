extension PageCell {
  /// The space that the page shows.
  static let tutorial = """
    space
        layers        in 1..4
        neurons       in {64, 128, 256, 512}
        learning_rate in log(1e-5..1)
        batch_size    in {32, 64, 128, 256}
        optimizer     in {sgd, adam}
        momentum      in 0.0..0.99 when optimizer == sgd
        dropout       in 0.0..0.5 step 0.1
        subject to parameters <= 500000
    """
  private static let mine = ["space external\n    kind in {a, b}\n    size in 1..4\n    speed in 0.0..1.0"]

  static let searching: [PageCell] =
    [
      PageCell(tutorial + "\ntune trials=4 sampler=tpe epochs=2 objective=val_loss", after: iris, shows: "momentum"),
      PageCell("space", after: [tutorial], shows: "momentum"),
      PageCell(
        "space\n    layers in 0..2\n    hidden[0] in 4..16 when layers > 0\ntune trials=4 epochs=1", after: iris),
      PageCell(
        "space\n    schedule in {constant, step(factor=0.5, every=2)}\n    hidden in {[8], [8, 4]}\ntune trials=3 epochs=2",
        after: iris),
      PageCell("tune trials=2 epochs=1 objective=val_accuracy", after: iris + [space]),
      PageCell("tune trials=3 epochs=1 objective=[val_loss, parameters]\nplot pareto", after: iris + [space]),
      PageCell("tune trials=2 epochs=1 objective=test_loss", after: iris + [space]),
      PageCell("tune trials=2 epochs=1 objective=seconds direction=minimize", after: iris + [space]),
      PageCell("tune trials=2 epochs=1 layers=1 optimizer=sgd", after: iris + [tutorial]),
      PageCell("tune timeout=1s trials=2 epochs=1", after: iris + [space]),
      PageCell("tune stop=stagnation(2) epochs=1", after: iris + [space], shows: "stagnation"),
      PageCell("tune target=100 epochs=1", after: iris + [space], shows: "target"),
      PageCell(
        "tune trials=3 confirm=2 trial_timeout=2min start=none epochs=1", after: iris + [space], shows: "trained again"),
      PageCell(
        "space\n    neurons in {4, 8}\n    subject to val_accuracy >= 0.1\n    subject to seconds <= 100\ntune trials=2 epochs=1",
        after: iris, shows: "2 complete"),
      PageCell("tune trials=2 repeat=3 epochs=1", after: iris + [space]),
      PageCell("tune trials=2 epochs=1", after: ["data iris folds=3", space]),
      PageCell(
        "enqueue learning_rate=0.01 layers=2\ntune trials=1 epochs=1\ntrials[6].params.layers", after: studied,
        shows: "2"),
      PageCell("trials", after: studied), PageCell("trials top=5", after: studied), PageCell("best", after: studied),
      PageCell("importance", after: studied), PageCell("retrain best epochs=3", after: studied),
      PageCell("compare \"deep\" \"wide\"", after: trained, shows: "wide"),
      PageCell(
        "study new \"name\"\nstudy list\nstudy rename \"new\"\nstudy list\nstudy open \"new\"\nstudy delete \"new\"",
        shows: "new"),
      PageCell("study open \"name\" create=true"),
      PageCell("study storage \"FOLDER/tuning.db\"\nstudy new \"kept\"\nstudy list\nstudy storage none"),
      PageCell("study new \"mine\" sampler=tpe direction=minimize seed=1\nask", after: mine),
      PageCell("study new \"mine\" direction=[minimize, maximize]\nask;\ntell 0 [0.1, 3]", after: mine),
      PageCell("report 7 step=3 value=0.41", after: external), PageCell("tell 7 0.38", after: external),
      PageCell("tell 7 0.38 violates=[0.1]", after: external, shows: "breaks a constraint"),
      PageCell("tell 7 failed", after: external, shows: "failed"),
      PageCell("tell 7 pruned", after: external, shows: "pruned"),
    ]
    + [
      "auto", "grid", "random", "qmc", "tpe", "gp", "cmaes", "evolution", "nsga2", "bohb", "pbt",
      "tpe(startup=10, candidates=24)",
    ].map {
      PageCell(
        "tune trials=3 epochs=1 sampler=\($0)",
        after: iris + ["space\n    neurons in {4, 8, 16}\n    dropout in 0.0..0.4 step 0.2"])
    }
    + ["none", "median", "percentile", "asha", "hyperband", "patient", "threshold(upper=100)", "wilcoxon"].map {
      PageCell("tune trials=3 epochs=2 pruner=\($0) repeat=2", after: iris + [space])
    }

  static let looking: [PageCell] =
    [
      PageCell("plot loss", after: trained), PageCell("plot accuracy", after: trained),
      PageCell("plot learning_rate", after: trained), PageCell("plot confusion", after: trained),
      PageCell("plot schedule step(factor=0.5, every=5) exponential(decay=0.1) epochs=30"),
      PageCell("plot contour learning_rate neurons", after: studied), PageCell("plot network", after: iris),
      PageCell("plot loss \"deep\" \"wide\" to=\"FOLDER/loss.svg\"", after: trained),
      PageCell("plot border x y", after: ["data moons", "train epochs=1"]), PageCell("plot activation relu gelu"),
      PageCell("plot predicted", after: ["data csv(\"FOLDER/houses.csv\", target=\"price\")", "train epochs=1"]),
      PageCell("plot residuals", after: ["data csv(\"FOLDER/houses.csv\", target=\"price\")", "train epochs=1"]),
    ]
    + [
      PageCell("train neurons in {32, 128, 512}", after: iris, shows: "neurons=512"),
      PageCell("watch", after: studied, shows: "6 complete"),
      PageCell("explain", after: studied, shows: "never tried"), PageCell("set output=plain\ntrials", after: studied),
      PageCell("best.interval\nbest.ties\nbest.beats_default", after: studied),
      PageCell("set plots=still\nplot history", after: studied),
      PageCell("compare by=neurons", after: iris + ["train neurons in {4, 8} epochs=1"], shows: "val_loss by neurons"),
    ]
    + ["roc", "precision_recall", "calibration", "errors", "mistakes", "permutation", "weights"].map {
      PageCell("plot \($0)", after: trained, shows: "wide")
    }
    + ["history", "intermediate", "parallel", "slice", "importance", "edf", "rank", "timeline"].map {
      PageCell("plot \($0)", after: studied)
    }

  static let keeping: [PageCell] = [
    PageCell("export best to=\"FOLDER/best.py\"", after: studied),
    PageCell("export run \"deep\" to=\"FOLDER/deep.onnx\"", after: trained),
    PageCell("export run to=\"FOLDER/run.safetensors\"", after: trained),
    PageCell("export run to=\"FOLDER/run.npz\"", after: trained),
    PageCell("export run to=\"FOLDER/run.json\"", after: trained),
    PageCell("export trials to=\"FOLDER/trials.csv\" replace=true", after: studied),
    PageCell("export trials to=\"FOLDER/trials.json\"", after: studied),
    PageCell("export history to=\"FOLDER/run.csv\"", after: trained),
    PageCell("save \"FOLDER/model.attune\"\nload \"FOLDER/model.attune\"\nevaluate test", after: trained),
    PageCell(
      "export run to=\"FOLDER/start.npz\"\nimport weights from=\"FOLDER/start.npz\"\ntrain epochs=1", after: trained),
  ]

  static let session: [PageCell] =
    [
      PageCell("set progress=auto threads=2 seed=0"), PageCell("show", after: studied), PageCell("show"),
      PageCell("reset", after: studied),
      PageCell("help"), PageCell("help train"), PageCell("exit"), PageCell("quit"), PageCell("clear"),
      PageCell("width = 128\nprint \"width is\" width", shows: "width is 128"), PageCell("print \"careful\" to=stderr"),
    ]
    + ["best.value", "best.params", "best.number", "trials[3].state"].map { PageCell($0, after: studied) }
    + ["run.history.val_loss", "run.epochs", "run(\"deep\").seconds", "network.parameters", "data.train.rows"].map {
      PageCell($0, after: trained)
    }
    + [PageCell("evaluate test;\nevaluate.accuracy", after: trained)]
}
