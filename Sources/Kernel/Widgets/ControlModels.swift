/// The models of a control: its words, and below them a bar and a button side by side.
struct ControlModels {
  let words: WidgetModel
  let bar: WidgetModel
  /// Hides the bar while nobody knows how far things are.
  let barLayout = WidgetModel.layout(["width": "240px", "visibility": "hidden"])
  let button: WidgetModel
  let box: WidgetModel
  /// Each after those that it refers to.
  let all: [WidgetModel]

  init(button text: String) {
    let plain = WidgetModel.layout()
    // As wide as its words.
    let buttonLayout = WidgetModel.layout(["width": "max-content"])
    let styles = [WidgetModel.style("HTML"), .style("Progress"), .style("Button")]
    words = .control("HTML", ["value": "", "layout": plain.reference, "style": styles[0].reference])
    bar = .control(
      "FloatProgress", view: "ProgressView",
      [
        "value": 0.0, "min": 0.0, "max": 1.0, "bar_style": "", "orientation": "horizontal",
        "layout": barLayout.reference, "style": styles[1].reference,
      ])
    button = .control(
      "Button",
      [
        "description": .string(text), "disabled": false, "button_style": "", "layout": buttonLayout.reference,
        "style": styles[2].reference,
      ])
    let row = WidgetModel.control(
      "HBox", ["children": [bar.reference, button.reference], "box_style": "", "layout": plain.reference])
    box = .control("VBox", ["children": [words.reference, row.reference], "box_style": "", "layout": plain.reference])
    all = [plain, barLayout, buttonLayout] + styles + [words, bar, button, row, box]
  }
}
