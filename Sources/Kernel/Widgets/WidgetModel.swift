import Glibc
import Jupyter

/// The state of one widget as ipywidgets' front end keeps it (the models of `@jupyter-widgets/base` and `/controls` 2.0.0).
struct WidgetModel: Sendable {
  static let target = "jupyter.widget"
  /// Of the messages, which `ipywidgets` documents as the widget messaging protocol.
  private static let protocolVersion = "2.1.0"
  private static let version = "2.0.0"
  private static let base = "@jupyter-widgets/base"
  private static let controls = "@jupyter-widgets/controls"

  let id: String
  private(set) var state: [String: JSON]

  private init(_ module: String, _ name: String, view: String, in viewModule: String, _ state: [String: JSON]) {
    id = Self.newID()
    let common: [String: JSON] = [
      "_model_module": .string(module), "_model_module_version": .string(Self.version), "_model_name": .string(name),
      "_view_module": .string(viewModule), "_view_module_version": .string(Self.version), "_view_name": .string(view),
    ]
    self.state = common.merging(state) { $1 }
  }

  /// Where and how large a widget is.
  static func layout(_ state: [String: JSON] = [:]) -> WidgetModel {
    WidgetModel(base, "LayoutModel", view: "LayoutView", in: base, state)
  }

  /// How a control looks. Styles have the view of the base module, which their own does not have.
  static func style(_ control: String, _ state: [String: JSON] = [:]) -> WidgetModel {
    WidgetModel(controls, control + "StyleModel", view: "StyleView", in: base, state)
  }

  /// A control by its name, such as Button.
  static func control(_ name: String, view: String? = nil, _ state: [String: JSON]) -> WidgetModel {
    WidgetModel(controls, name + "Model", view: view ?? name + "View", in: controls, state)
  }

  /// How another model's state names this one.
  var reference: JSON { .string("IPY_MODEL_" + id) }

  var opening: Message {
    .commOpen(
      id, target: Self.target, data: ["state": .object(state), "buffer_paths": []], version: Self.protocolVersion)
  }

  /// As a manager that asks for all states is told.
  var described: JSON {
    [
      "model_name": state["_model_name"]!, "model_module": state["_model_module"]!,
      "model_module_version": state["_model_module_version"]!, "state": .object(state),
    ]
  }

  /// What a display carries that shows the widget.
  var view: [String: JSON] {
    [
      "application/vnd.jupyter.widget-view+json": [
        "version_major": 2, "version_minor": 0, "model_id": .string(id),
      ]
    ]
  }

  mutating func update(_ changes: [String: JSON]) -> Message {
    state.merge(changes) { $1 }
    return .comm(id, data: ["method": "update", "state": .object(changes), "buffer_paths": []])
  }

  private static func newID() -> String {
    var random = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let digits = String(random.next() as UInt64, radix: 16)
      return String(repeating: "0", count: 16 - digits.count) + digits
    }.joined()
  }
}
