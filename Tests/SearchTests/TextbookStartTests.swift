import Search
import Testing
import Vocabulary

/// The first trials of `auto`: what usual names mean, and that rules, ranges and conditions hold.
@Suite struct TextbookStartTests {
  private func request(_ space: Space, _ number: Int, attempt: Int = 0) -> SamplingRequest {
    SamplingRequest(number: number, space: space, directions: [.minimize], history: [], seed: 3, attempt: attempt)
  }

  private func points(_ space: Space) -> [Point] {
    (0..<TextbookStart.count).compactMap { TextbookStart(space)?.point(request(space, $0)) }
  }

  @Test(arguments: [
    ("lr", "batch_size"), ("mlp__learning_rate_init", "mlp__alpha"), ("optimizer.lr", "optimizer.weight_decay"),
    ("Learning-Rate", "DROPOUT"), ("n_units_l0", "n_units_l1"), ("hidden[0]", "hidden[1]"), ("l2", "units3"),
    ("dropout_1", "dropout_2"), ("model/width", "model/depth"),
  ])
  func knowsTheFieldsNames(_ names: (String, String)) {
    let space = Space([
      Parameter(names.0, in: .float(low: 0, high: 1)), Parameter(names.1, in: .float(low: 0, high: 1)),
      Parameter("chi", in: .float(low: 0, high: 1)),
    ])
    #expect(TextbookStart(space)?.names == [names.0, names.1])
  }

  @Test(arguments: [
    "x", "alphabet", "rate", "layer_norm", "batches_per_day", "lrx", "1", "[0]", "__", "momentums", "épaisseur",
  ])
  func leavesOtherNamesAlone(_ name: String) {
    let space = Space([
      Parameter(name, in: .float(low: 0, high: 1)), Parameter("lr", in: .float(low: 1e-4, high: 1, log: true)),
    ])
    #expect(TextbookStart(space) == nil)
  }

  @Test func takesTheNearestValueOfARange() {
    let space = Space([
      Parameter("lr", in: .float(low: 1e-5, high: 1, log: true)),
      Parameter("batch_size", in: .categorical([.int(16), .int(48), .int(500)], ordered: true)),
      Parameter("layers", in: .int(low: 3, high: 9)),
      Parameter("units", in: .int(low: 10, high: 100, step: 20)),
      Parameter("activation", in: .categorical([.text("tanh"), .text("ReLU")], ordered: false)),
    ])
    #expect(
      points(space) == [
        [
          "lr": .float(0.001), "batch_size": .int(48), "layers": .int(3), "units": .int(90),
          "activation": .text("ReLU"),
        ],
        [
          "lr": .float(0.003), "batch_size": .int(48), "layers": .int(3), "units": .int(90),
          "activation": .text("ReLU"),
        ],
        [
          "lr": .float(0.0003), "batch_size": .int(48), "layers": .int(3), "units": .int(90),
          "activation": .text("ReLU"),
        ],
      ])
  }

  @Test func rateGoesWithTheOptimizer() {
    let rate = Parameter("lr", in: .float(low: 1e-5, high: 10, log: true))
    let momentum = Parameter("momentum", in: .float(low: 0, high: 0.99))
    func first(_ optimizers: [String], _ more: [Parameter] = []) -> ParameterValue? {
      let choices = optimizers.map(ParameterValue.text)
      let space = Space([Parameter("optimizer", in: .categorical(choices, ordered: false)), rate] + more)
      return points(space).first?["lr"]
    }
    #expect(first(["sgd", "adam"]) == .float(0.001))
    #expect(first(["sgd"]) == .float(0.1))
    #expect(first(["sgd"], [momentum]) == .float(0.01))
    #expect(points(Space([rate, momentum])).first?["lr"] == .float(0.01))
    let fixed = Space([rate, Parameter("dropout", in: .float(low: 0, high: 0.5))], fixed: ["optimizer": .text("sgd")])
    #expect(points(fixed).first?["lr"] == .float(0.1))
  }

  @Test func keepsRulesAndConditions() {
    let parameters = [
      Parameter("layers", in: .int(low: 0, high: 4)),
      Parameter("neurons", in: .int(low: 1, high: 1000), when: .compare("layers", .greater, .int(2))),
    ]
    #expect(points(Space(parameters)).map { $0["neurons"] } == [nil, .int(512), nil])
    let small = Space(parameters, subjectTo: [Constraint("neurons <= 100") { ($0["neurons"]?.number ?? 0) - 100 }])
    #expect(points(small).count == 2)
    for number in 0..<6 {
      let suggestion = try? AutoSampler().feasibleSuggestion(request(small, number))
      #expect(suggestion.map { small.isFeasible($0.point) && small.contains($0.point) } == true)
    }
  }

  @Test func isAutosFirstTrialsUnlessToldOtherwise() throws {
    let space = Space([
      Parameter("lr", in: .float(low: 1e-4, high: 1, log: true)), Parameter("units", in: .int(low: 8, high: 600)),
      Parameter("chi", in: .float(low: 0, high: 1)),
    ])
    let auto = try Samplers.make(Call("auto"))
    let none = try Samplers.make(Call("auto", [.init("start", .text("none"))]))
    for number in 0..<TextbookStart.count {
      #expect(auto.suggest(request(space, number))?.point == points(space)[number])
      #expect(none.suggest(request(space, number))?.point == GPSampler().suggest(request(space, number))?.point)
      #expect(auto.suggest(request(space, number, attempt: 1))?.point != points(space)[number])
    }
    #expect(points(space)[0]["chi"] == .float(0.5))
    #expect(auto.suggest(request(space, 3))?.point == GPSampler().suggest(request(space, 3))?.point)
  }
}
