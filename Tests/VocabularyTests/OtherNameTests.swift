import Testing
import Vocabulary

/// The table of other programs' words, for itself; the workbench's tests hold it against what is declared.
@Suite struct OtherNameTests {
  @Test func `case, underscores and hyphens do not matter`() {
    for word in ["lr", "LR", "Learning_Rate_Init", "learning-rate-init"] {
      #expect(OtherName.parameter(word)?.names == ["learning_rate"], "\(word)")
    }
    #expect(OtherName.value("CategoricalCrossentropy", of: "loss")?.names == ["cross_entropy"])
    #expect(OtherName.value("swish", of: "loss") == nil)
    #expect(OtherName.parameter("swish") == nil)
  }

  @Test func `what other programs add to a name is taken off`() {
    #expect(OtherName.stems(of: "CmaEsSampler") == ["cmaessampler", "cmaes"])
    #expect(OtherName.stems(of: "neg_roc_auc_score").contains("rocauc"))
    #expect(OtherName.stems(of: "lr") == ["lr"])
    #expect(OtherName.stems(of: String(repeating: "lr", count: 1000)).count <= 22)
  }

  /// No word means two things at one place.
  @Test func `each word has one meaning at its place`() {
    var meanings: [String: [String]] = [:]
    for entry in OtherName.all {
      for word in entry.words {
        let key = "\(entry.place) " + word.lowercased().filter { $0 != "_" && $0 != "-" }
        if let known = meanings[key] { #expect(known == entry.names, "\(word) twice: \(known), \(entry.names)") }
        meanings[key] = entry.names
      }
    }
  }
}
