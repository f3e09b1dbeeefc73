import Foundation
import Language
import Storage
import Studies

/// Keeps the finished trials of a study whose file has gone while it was tuned: in a new file beside it, or else in memory.
struct StudyRescue {
  let context: CellContext

  /// The mistake that the command ends with; the study of the new file is then the session's.
  func rescue(_ study: Study, from error: StorageError, at span: Span) -> Diagnostic {
    let file = freeName(beside: study.storage.place)
    do {
      let storage = try SQLiteStorage(path: Files.path(file), calledAs: file)
      let count = try study.copy(to: storage)
      storage.settle()
      _ = try StudyOpening(context: context).open(study.name, in: storage, at: span, loadingData: nil)
      return Diagnostic(
        "\(error.message); its \(count) finished trial\(count == 1 ? " is" : "s are") kept in '\(file)'", at: span,
        hint: "tune goes on there")
    } catch let second {
      let reason = (second as? any Refusal)?.message ?? "\(second)"
      return Diagnostic(
        "\(error.message), and its trials cannot be kept beside it: \(reason); \(inMemory(study, at: span))", at: span,
        hint: "export trials writes them to a file")
    }
  }

  /// Goes on with what is known, in the session's memory: where it is then, in words.
  private func inMemory(_ study: Study, at span: Span) -> String {
    do {
      let storage = MemoryStorage()
      let count = try study.copy(to: storage)
      _ = try StudyOpening(context: context).open(study.name, in: storage, at: span, loadingData: nil)
      return "the \(count) finished trial\(count == 1 ? " is" : "s are") in this session alone"
    } catch {
      return "they are lost"
    }
  }

  /// `tuning-kept.db`, `tuning-kept-2.db`, ...
  private func freeName(beside place: String) -> String {
    let stem = (place as NSString).deletingPathExtension
    let ending = (place as NSString).pathExtension
    let names = (1...10_000).lazy.map { index in
      stem + "-kept" + (index == 1 ? "" : "-\(index)") + (ending.isEmpty ? "" : "." + ending)
    }
    return names.first { !FileManager.default.fileExists(atPath: Files.path($0)) } ?? stem + "-kept."
      + UUID().uuidString
  }
}
