import Foundation
import Jupyter
import Testing
import Workbench

/// Words for many settings: what they set, what takes their place, and where they go on.
@Suite struct RecipeTests {
  private static let loading = "data blobs(n=200, classes=3)\n"

  @Test(arguments: Recipes.all.map(\.name))
  func `a recipe trains, is explained, and can be tuned`(name: String) {
    let session = KeepingSession()
    session.run(Self.loading + "network \(name) hidden=[8]\ntrain epochs=2 name=\"a\"\nevaluate test")
    #expect(session.value("run.epochs") == 2)
    #expect(session.value("network.hidden") == [8])
    let help = session.run("help network \(name)")
    #expect(help.contains("network \(name)"))
    session.run("space\n    learning_rate in log(1e-3..1e-2)\ntune trials=2 epochs=2\nretrain best epochs=2")
    #expect(session.value("run.epochs") == 2)
  }

  @Test func `plain is what is said without a recipe`() {
    let plain = KeepingSession()
    plain.run(Self.loading + "network plain\ntrain epochs=2")
    let bare = KeepingSession()
    bare.run(Self.loading + "train epochs=2")
    #expect(plain.value("run.history.train_loss") == bare.value("run.history.train_loss"))
  }

  @Test func `what is said, and what is searched, takes a recipe's place`() {
    let session = KeepingSession()
    session.run(Self.loading + "network best dropout=0.4 layers=2 neurons=6\ntrain epochs=3 optimizer=sgd name=\"a\"")
    #expect(session.value("run.settings.optimizer") == "sgd")
    #expect(session.value("run.settings.dropout") == 0.4)
    #expect(session.value("run.settings.hidden") == [6, 6])
    // The rate was that of the recipe's optimizer.
    #expect(session.value("run.settings.learning_rate") == 0.001)
    session.run("space\n    optimizer in {adam}\n    activation in {tanh}\ntune trials=1 epochs=1")
    #expect(session.value("run.settings.activation") == "tanh")
    #expect(session.value("run.settings.learning_rate") == 0.001)
    // A network that is described anew leaves the recipe.
    session.run("network hidden=[4]\ntrain name=\"b\"")
    #expect(session.value("run.epochs") == 10)
  }

  @Test func `a recipe follows the data, and its settings are the run's own`() {
    let session = KeepingSession()
    session.run("network best hidden=[6]\n" + Self.loading + "train epochs=1")
    let classes = session.value("run.settings.activation")
    session.put("n.csv", "x,y\n" + (0..<60).map { "\($0),\(Double($0) * 0.5 + 0.25)\n" }.joined())
    session.run("data csv(\"@/n.csv\", target=\"y\")\ntrain epochs=1 name=\"n\"")
    #expect(classes == "relu" && session.value("run.settings.activation") == "mish")
    #expect(session.value("run.settings.learning_rate") == 0.003)
    // Without validation rows nothing is stopped early.
    session.run("data csv(\"@/n.csv\", target=\"y\") validation=0\ntrain epochs=2")
    #expect(session.value("run.epochs") == 2)
  }

  @Test func `calibrated probabilities go with the network`() {
    let session = KeepingSession()
    session.run(
      "data moons(n=400, noise=0.4)\ntrain epochs=40 learning_rate=0.01 name=\"a\"\ncalibrate\nevaluate validation")
    #expect(session.value("run.name") == "a calibrated")
    let loss = session.value("evaluate.loss")
    session.run("save \"@/m.attune\"\nload \"@/m.attune\"\nevaluate validation")
    #expect(session.value("evaluate.loss") == loss)
    session.run("evaluate validation run=\"a\"")
    guard case .double(let before)? = session.value("evaluate.loss"), case .double(let after)? = loss else {
      return #expect(Bool(false))
    }
    #expect(after <= before)
    #expect(
      session.failure("data moons(n=400) validation=0\ntrain epochs=1\ncalibrate")?.message.contains(
        "no validation part") == true)
  }
}
