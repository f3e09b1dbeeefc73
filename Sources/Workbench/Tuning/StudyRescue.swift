import Foundation
import Language
import Storage
import Studies

/// Keeps the finished trials of a study whose file has gone, or that was deleted in it: in a new file beside it, or else in memory.
struct StudyRescue {
  let context: CellContext

  /// The session's study, if it is lost and has trials to keep: what is said of it. Where files do not vanish, nothing is asked.
  func keepLost(at span: Span) -> String? {
    guard let study = context.session.study else { return nil }
    do { try study.storage.checkPresence() } catch let loss as StorageError where loss.isLoss && hasResults(study) {
      return rescue(study, from: loss, at: span).message
    } catch {}
    return nil
  }

  /// The mistake that a command ends with which has found out that something is lost.
  func rescue(from loss: StorageError, at span: Span) -> Diagnostic {
    guard let study = context.session.study, hasResults(study), isLost(study) else {
      return Diagnostic(loss.message, at: span, hint: loss.hint)
    }
    return rescue(study, from: loss, at: span)
  }

  private func hasResults(_ study: Study) -> Bool { study.trials.contains { $0.state == .complete } }

  private func isLost(_ study: Study) -> Bool {
    do { try study.look() } catch { return true }
    return false
  }

  /// The mistake that the command ends with; the study of the new file is then the session's.
  func rescue(_ study: Study, from error: StorageError, at span: Span) -> Diagnostic {
    guard study.storage is SQLiteStorage else {
      return Diagnostic("\(error.message); \(inMemory(study, at: span))", at: span, hint: error.hint)
    }
    do {
      let (storage, file, count) = try copied(study)
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

  /// In a new file. Workers that notice it at the same time each take a name of their own.
  private func copied(_ study: Study) throws -> (SQLiteStorage, name: String, trials: Int) {
    while true {
      let file = freeName(beside: study.storage.place)
      let storage = try SQLiteStorage(path: Files.path(file), calledAs: file)
      do {
        let count = try study.copy(to: storage)
        storage.settle()
        return (storage, file, count)
      } catch let error as StorageError where error.kind == .nameIsTaken {
        // Its file exists now: the next free name is another.
        continue
      }
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
