import Jupyter
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
