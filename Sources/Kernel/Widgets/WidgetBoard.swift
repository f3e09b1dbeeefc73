import Jupyter
import Synchronization

/// The widgets that running cells show, and whether anyone can draw them.
///
/// A front end's widget manager opens a comm of the target `jupyter.widget.control` when it connects, and may close it again;
/// one that comes later, after a reload of the page, asks there for the models that are open. Safe from any thread.
final class WidgetBoard: Sendable {
  static let managerTarget = "jupyter.widget.control"

  private struct State {
    var hasManager = false
    var managers: Set<String> = []
    var models: [String: WidgetModel] = [:]
    var pressed: Set<String> = []
  }
  private let state = Mutex(State())

  /// Whether a widget manager has ever said that it is there.
  var hasManager: Bool { state.withLock { $0.hasManager } }

  func greet(_ comm: String) {
    state.withLock { state in
      state.hasManager = true
      // A client that opens comms without end is not remembered for each.
      if state.managers.count < 1000 { state.managers.insert(comm) }
    }
  }

  func leave(_ comm: String) { _ = state.withLock { $0.managers.remove(comm) } }

  /// The open comms of a target, of all if it is empty, with their targets.
  func comms(of target: String) -> [String: String] {
    state.withLock { state in
      let managers = state.managers.map { ($0, Self.managerTarget) }
      let models = state.models.keys.map { ($0, WidgetModel.target) }
      return Dictionary((managers + models).filter { target.isEmpty || $0.1 == target }) { first, _ in first }
    }
  }

  /// What is to be published for a front end's message.
  func receive(_ message: CommMessage) -> [Message] {
    state.withLock { state in
      switch message.data["method"]?.string {
      case "request_states" where state.managers.contains(message.id):
        let states = JSON.object(state.models.mapValues(\.described))
        return [.comm(message.id, data: ["method": "update_states", "states": states, "buffer_paths": []])]
      case "custom" where message.data["content"]?["event"]?.string == "click" && state.models[message.id] != nil:
        state.pressed.insert(message.id)
        return [state.models[message.id]!.update(["disabled": true])]
      default: return []
      }
    }
  }

  func isPressed(_ model: String) -> Bool { state.withLock { $0.pressed.contains(model) } }

  /// Opens models, each after those that it refers to; the messages say so.
  func open(_ models: [WidgetModel]) -> [Message] {
    state.withLock { state in
      for model in models { state.models[model.id] = model }
      return models.map(\.opening)
    }
  }

  /// nil if the model is not open.
  func update(_ id: String, _ changes: [String: JSON]) -> Message? {
    state.withLock { $0.models[id]?.update(changes) }
  }

  func close(_ ids: [String]) -> [Message] {
    state.withLock { state in
      ids.compactMap { id in
        state.pressed.remove(id)
        return state.models.removeValue(forKey: id).map { .commClose($0.id) }
      }
    }
  }
}
