import Jupyter
import Language
import Testing
import Vocabulary
import Workbench

/// Words of other programs lead to the right word here, everywhere a word can be wrong.
@Suite struct OtherWordTests {
  static let options = Commands.all.flatMap { $0.options + $0.positionals }
  static let inner: [Vocabulary.Option] = {
    var found: [Vocabulary.Option] = []
    var waiting = options
    for _ in 0..<3 {
      waiting = waiting.flatMap { $0.kind.calls.flatMap(\.options) }
      found += waiting
    }
    return found
  }()

  /// What the table names is declared, and none of its words is: it would never be looked up.
  @Test func theTableIsAboutWhatIsDeclared() {
    let parameters = Set((Self.options + Self.inner).map(\.name))
    let session = Set(Commands.byName["set"]?.options.map(\.name) ?? [])
    for entry in OtherName.all {
      switch entry.place {
      case .parameter:
        for name in entry.names { #expect(parameters.union(session).contains(name), "\(name)") }
      case .command: for name in entry.names { #expect(Commands.byName[name] != nil, "\(name)") }
      case .value(let owners) where entry.form == nil:
        let words = (Self.options + Self.inner).filter { owners.contains($0.name) }.flatMap(\.kind.words)
        for name in entry.names { #expect(words.contains(name), "\(name) of \(owners)") }
      case .value: break
      case .function: #expect(entry.form != nil && Builtins.names.isDisjoint(with: entry.words))
      }
    }
  }

  /// Cells, and what must be in the hint; nothing of them is longer than a line or two.
  @Test(arguments: [
    ("train lr=0.1", "learning_rate"), ("space\n    lr in log(1e-4..1)", "learning_rate"),
    ("space\n    n_layers in 1..4", "layers"), ("space\n    units in 8..64", "neurons"),
    ("tune sampler=bayesian", "'tpe' or 'gp'"), ("network activation=swish", "silu"),
    ("network activation=softmax", "network output=softmax"),
    ("train loss=categorical_crossentropy", "cross_entropy"), ("train schedule=cosine_annealing", "cosine"),
    ("network units=64", "neurons"), ("train patience=5", "early_stopping=patience(5)"),
    ("train verbose=0", "set progress=none"), ("tune n_jobs=2", "parallel"), ("tune n_trials=2", "trials"),
    ("tune maximize=val_accuracy", "objective"), ("tune objective=accuracy", "did you mean 'val_accuracy'?"),
    ("tune objective=loss", "did you mean 'val_loss'?"), ("tune objective=auc", "did you mean 'val_auc'?"),
    ("tune objective=[val_loss, accuracy]", "did you mean 'val_accuracy'?"),
    ("train hidden=[64]", "network"), ("train activation=tanh", "network"), ("train layers=2", "network"),
    ("train trials=3", "tune"), ("tune limit=3", "data"), ("train n_trials=3", "tune"),
    ("train early_stopping=5", "patience(5)"), ("train optimizer=adam(learning_rate=0.01)", "learning_rate=0.01"),
    ("train optimizer=adam(lr=0.01)", "learning_rate=0.01"), ("train optimizer=adam(beta_1=0.8)", "beta1"),
    ("data iris test_size=0.3", "test"), ("data iris cv=5", "folds"), ("fit epochs=3", "train"),
    ("optimize n_trials=3", "tune"), ("train random_state=3", "seed"), ("train batchsize=3", "batch_size"),
    ("train optimizer=sgd clipnorm=1.0", "clip_norm"), ("tune direction=max", "maximize"),
    ("train metrics=[roc_auc]", "auc"), ("evaluate val", "validation"),
  ])
  func wordsOfOthers(_ cell: String, _ wanted: String) throws {
    let notebook = try Notebook("data iris")
    let failure = try #require(notebook.execute(cell).failure)
    #expect(failure.message.contains(wanted), "\(failure.message)")
    #expect(!failure.message.contains("'l1'") && failure.message.count < 170, "\(failure.message)")
  }

  /// Names as the classes and functions of other programs have them.
  @Test(arguments: [
    ("tune sampler=CmaEsSampler", "'cmaes'"), ("tune sampler=GPSampler", "'gp'"), ("tune sampler=QMCSampler", "'qmc'"),
    ("tune sampler=NSGAIISampler", "'nsga2'"), ("tune sampler=NSGAIIISampler", "'nsga2'"),
    ("tune sampler=BruteForceSampler", "'grid'"), ("tune sampler=HyperOptSearch", "'tpe'"),
    ("tune sampler=BayesOptSearch", "'tpe' or 'gp'"), ("tune sampler=hyperband", "pruner=hyperband"),
    ("tune pruner=SuccessiveHalvingPruner", "'asha'"), ("tune pruner=WilcoxonPruner", "'wilcoxon'"),
    ("tune pruner=ASHAScheduler", "'asha'"), ("tune pruner=NopPruner", "'none'"),
    ("train optimizer=Adamax", "'adam'"), ("train optimizer=momentum", "optimizer=sgd momentum=0.9"),
    ("train schedule=CosineAnnealingWarmRestarts", "'cosine'"), ("train schedule=MultiStepLR", "'piecewise'"),
    ("train loss=hinge_loss", "'hinge'"), ("train loss=softmax_cross_entropy", "'cross_entropy'"),
    ("train loss=BCEWithLogitsLoss", "'binary_cross_entropy'"), ("train metrics=[roc_auc_score]", "'auc'"),
    ("train metrics=[f1_macro]", "'macro_f1'"), ("tune objective=val_acc", "'val_accuracy'"),
    ("tune objective=train_acc", "'train_accuracy'"), ("tune objective=neg_root_mean_squared_error", "'val_rmse'"),
    ("tune objective=neg_log_loss", "'val_log_loss'"), ("network norm=LayerNorm", "'layer'"),
    ("network activation=celu", "'elu'"), ("network initializer=he_normal_", "'he_normal'"),
    ("network summary", "write network alone"), ("data make_moons", "'moons'"), ("data load_iris", "'iris'"),
    ("plot confusion_matrix", "'confusion'"), ("plot roc_curve", "'roc'"), ("plot optimization_history", "'history'"),
    ("plot learning_curve", "'loss'"), ("plot pr_curve", "'precision_recall'"),
    ("plot param_importances", "'importance'"),
    ("train ema_decay=0.99", "averaging=ema(0.99)"), ("train callbacks=[]", "'early_stopping' or 'checkpoint'"),
    ("tune goal=minimize", "'objective' or 'direction'"), ("tune study_name=\"x\"", "use study new \"name\""),
    ("tune pruner=asha(reduction_factor=3)", "'factor'"), ("tune pruner=median(n_warmup_steps=3)", "'warmup'"),
    ("train warmup_steps=5", "schedule=warmup(epochs=3, then=cosine)"), ("tune refit=true", "use retrain best on=all"),
    ("fit", "use 'train'"), ("optimize", "use 'tune'"), ("learning_rate = loguniform(1e-5, 1)", "log(1e-5..1)"),
    ("space\n    learning_rate in loguniform(1e-5, 1)", "log(1e-5..1)"), ("space\n    neurons in range(3, 5)", "1..4"),
    ("space\n    optimizer in choice([1])", "{a, b}"), ("read_csv(\"a.csv\")", "data \"file.csv\""),
    ("compile(3)", "use 'train optimizer=adam loss=cross_entropy'"),
    ("plot_optimization_history", "use 'plot history'"), ("best_params", "use 'best.params'"),
    ("GridSearchCV", "use 'tune'"), ("seed_everything 3", "use 'set seed=1'"), ("verbose", "use 'set progress=none'"),
  ])
  func namesOfOthers(_ cell: String, _ wanted: String) throws {
    let notebook = try Notebook("data iris")
    let failure = try #require(notebook.execute(cell).failure)
    #expect(failure.message.contains(wanted) && failure.message.count < 170, "\(failure.message)")
  }

  /// A kind of plot that does not exist: all that there are.
  @Test func everyKindOfPlotIsListed() throws {
    let message = try #require(try Notebook("").execute("plot heatmap").failure).message
    for kind in Commands.byName["plot"]?.positionals.first?.kind.words ?? [] { #expect(message.contains(kind)) }
  }

  /// Cells of Python, IPython and shells: one message, of one line, under 170 characters.
  @Test(arguments: [
    ("if x:\n    train\nelse:\n    1", "'if' is Python's"), ("try:\n    train\nexcept:\n    pass", "'try' is Python's"),
    ("import optuna\nstudy = optuna.create_study()\nstudy.optimize(f, n_trials=3)", "'import' is Python's"),
    ("import torch\nx = torch.zeros(3)", "'import' is Python's"), ("from a import b\nb.c()", "'from' is Python's"),
    ("@decorator\ndef f():\n    pass", "'@' is Python's"),
    ("class A:\n    x = 1\n\na = A()\na.y", "'class' is Python's"),
    ("[x for x in y]", "'for' is Python's"), ("1 if 2 else 3", "'if' is Python's"),
    ("f = lambda x: x", "'lambda' is Python's"),
    ("print(f'x {1}')", "does not have Python's f\"...\""), ("%%bash\nls\ncd ..", "IPython's magics"),
    ("%timeit train", "IPython's magics"), ("!ls -l", "shell commands"), ("ls", "shell commands"),
    ("ls -l", "shell commands"),
    ("cd ..", "shell commands"), ("cat file.csv", "shell commands"), ("git status", "shell commands"),
    ("pip install x", "does not install packages"), ("torch.nn.Linear(3, 4)", "Python's 'torch.nn.Linear(...)'"),
    ("x: int = 3", "write x = ..."),
    ("df = pd.read_csv(\"a.csv\")", "Python's 'pd.read_csv(...)'"), ("plt.rcParams.x", "Python's 'plt.rcParams.x'"),
    ("model.fit(x, y)", "use the command 'train'"),
    ("study.optimize(objective, n_trials=3)", "use the command 'tune'"),
    ("m = keras.Sequential()", "Python's 'keras.Sequential(...)'"),
  ])
  func pythonIsAnsweredOnce(_ cell: String, _ wanted: String) throws {
    let failure = try #require(try Notebook("").execute(cell).failure)
    #expect(failure.message.contains(wanted) && failure.message.count < 170, "\(failure.message)")
    #expect(!failure.message.contains("more mistake"), "\(failure.message)")
  }

  /// Mistakes before the Python, and names like a shell's words, are what they are.
  @Test func whatIsOursIsNotTakenForPython() throws {
    let notebook = try Notebook("")
    let failure = try #require(notebook.execute("train lr=0.1\nimport torch\nfoo").failure)
    #expect(failure.message.contains("learning_rate") && failure.message.contains("and 1 more mistake"))
    for cell in ["ls = 3\nls", "cd = 1\ncd + 2", "git = 4\ngit - 1", "match = [1]\nmatch[0]"] {
      #expect(notebook.execute(cell).failure == nil, "\(cell)")
    }
  }

  /// Whatever word of the table is typed as a parameter of train or tune, the hint does not name another meaning.
  @Test func everyForeignParameterIsAnswered() throws {
    let notebook = try Notebook("data iris")
    for entry in OtherName.all where entry.place == .parameter {
      for word in entry.words {
        for command in ["train", "tune", "network", "data iris"] {
          let name = String(command.prefix { $0 != " " })
          guard Commands.byName[name]?.options.contains(where: { $0.name == word }) == false else { continue }
          let message = notebook.execute("\(command) \(word)=1").failure?.message ?? ""
          let wanted = entry.names + [entry.form ?? entry.names[0]]
          #expect(
            wanted.contains { message.contains($0) } || message.contains(word + "' belongs to"),
            "\(command) \(word): \(message)")
        }
      }
    }
  }
}
