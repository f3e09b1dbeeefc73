import Datasets

/// A PyTorch program that rebuilds a network: its layers, its preprocessing, and its weights from a file beside it.
struct TorchProgram {
  let model: TrainedModel
  /// The weights' file name, without its ending.
  let stem: String

  var text: String {
    [heading, constants, TorchProgram.scaling, network, loading, encoding, reading, main].joined(separator: "\n\n\n")
      + "\n"
  }

  /// The weights with the standardiser's numbers, which the program keeps as buffers.
  var tensors: [NamedTensor] {
    let scaling = model.scaling
    guard !scaling.mean.isEmpty else { return model.tensors }
    return model.tensors + [
      NamedTensor(name: "scaling.mean", shape: [scaling.mean.count], values: scaling.mean),
      NamedTensor(name: "scaling.deviation", shape: [scaling.deviation.count], values: scaling.deviation),
    ]
  }

  private var heading: String {
    """
    \"\"\"A network for \(docText(model.dataName)), trained with Attune; its weights lie in \(docText(stem)).safetensors.

        python \(docText(stem)).py              shows the network and what it says of an average row
        python \(docText(stem)).py rows.csv     predicts the rows of a table

    In another program:

        from \(docText(stem)) import load
        network = load()
        network(rows)                  # raw features in, predictions out

    It needs torch and safetensors (pip install torch safetensors).
    \"\"\"

    \(model.encoding == nil ? "" : "import bisect\n")import csv
    \(model.encoding == nil ? "" : "import datetime\nimport io\nimport math\nimport numbers\n")import pathlib
    \(model.encoding == nil ? "" : "import re\nimport statistics\n")import sys\(model.encoding == nil ? "" : "\nfrom typing import Dict, Optional")

    import torch
    from safetensors.torch import load_file
    from torch import nn
    """
  }

  private var constants: String {
    let architecture = model.architecture
    var lines = [
      "WEIGHTS = pathlib.Path(__file__).with_name(\(Python.text(stem + ".safetensors")))",
      "SIZES = \(Python.list(architecture.sizes.map(String.init)))  # inputs, hidden layers, outputs",
      "CLASSES = \(Python.list(model.classNames.map(Python.text)))"
        + (model.classNames.isEmpty ? "  # a number is predicted" : ""),
      "TARGET = \(Python.text(model.targetName))",
      "FEATURES = \(Python.list(model.featureNames.map(Python.text)))",
    ]
    let scale = model.targetUnit
    if scale.kind != .none {
      lines += [
        "# Trained in another unit: \(scale.kind == .log ? "the logarithm, " : "")less this mean, over this deviation.",
        "TARGET_MEAN = \(Self.doubles(scale.mean))",
        "TARGET_DEVIATION = \(Self.doubles(scale.deviation))",
      ]
    }
    if let unit = model.byteUnit, unit != 1 {
      lines.append("BYTE = \(unit)  # what one step of an image's byte counts")
    }
    return lines.joined(separator: "\n")
  }

  private static let scaling = """
    class Scaling(nn.Module):
        \"\"\"Standardises raw features by the training rows' means and deviations.\"\"\"

        def __init__(self, count):
            super().__init__()
            self.register_buffer("mean", torch.zeros(count))
            self.register_buffer("deviation", torch.ones(count))

        def forward(self, x):
            return (x - self.mean) / self.deviation
    """

  private var network: String {
    let architecture = model.architecture
    let norms = architecture.normalization != .none
    let normModule = architecture.batchNormalization ? "nn.BatchNorm1d" : "nn.LayerNorm"
    let hasDropout = architecture.dropout > 0
    var lines = [
      "class Network(nn.Module):",
      "    def __init__(self):",
      "        super().__init__()",
    ]
    if !model.scaling.mean.isEmpty { lines.append("        self.scaling = Scaling(\(model.scaling.mean.count))") }
    lines.append("        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(SIZES, SIZES[1:]))")
    if norms {
      lines.append("        self.norms = nn.ModuleList(\(normModule)(size, eps=1e-5) for size in SIZES[1:-1])")
    }
    lines.append("        self.activation = \(Self.module(architecture.activation))")
    if hasDropout { lines.append("        self.dropout = nn.Dropout(\(architecture.dropout))") }
    lines += [
      "",
      "    def scores(self, x):",
      "        \"\"\"The last layer's sums for rows of raw features: what a loss from logits takes.\"\"\"",
    ]
    if let unit = model.byteUnit, unit != 1 {
      lines += ["        if x.dtype == torch.uint8:", "            x = x * BYTE"]
    }
    lines.append("        x = x.to(self.layers[0].weight.dtype).reshape(-1, SIZES[0])")
    if !model.scaling.mean.isEmpty { lines.append("        x = self.scaling(x)") }
    let normalised = norms ? "self.norms[index](layer(x))" : "layer(x)"
    let activated = "self.activation(\(normalised))"
    lines +=
      [
        "        for index, layer in enumerate(self.layers[:-1]):",
        "            x = " + (hasDropout ? "self.dropout(\(activated))" : activated),
        "        return self.layers[-1](x)",
        "",
        "    def forward(self, x):",
        "        \"\"\"\(outputWords)\"\"\"",
      ] + forward.map { "        " + $0 }
    return lines.joined(separator: "\n")
  }

  private var outputWords: String {
    switch (model.task, model.architecture.output) {
    case (.regression, _): "The predictions, rows x \(model.architecture.outputs), in the target's own unit."
    case (.classification, .identity): "A score for each class, in the order of CLASSES."
    case (.classification, _): "A probability for each class, in the order of CLASSES."
    }
  }

  private var forward: [String] {
    switch model.architecture.output {
    case .softmax: ["return torch.softmax(self.scores(x), dim=1)"]
    case .identity: targets
    case .sigmoid where model.task == .classification && model.architecture.outputs == 1:
      ["second = torch.sigmoid(self.scores(x))", "return torch.cat([1 - second, second], dim=1)"]
    case .sigmoid: ["return torch.sigmoid(self.scores(x))"]
    }
  }

  /// From the network's unit to the targets' own, in double precision.
  private var targets: [String] {
    let unit = model.targetUnit
    guard unit.kind != .none else { return ["return self.scores(x)"] }
    let scaled = "self.scores(x).double() * TARGET_DEVIATION + TARGET_MEAN"
    return [unit.kind == .log ? "return torch.exp(\(scaled)) - \(unit.offset)" : "return \(scaled)"]
  }

  private static func doubles(_ values: [Double]) -> String {
    "torch.tensor(\(Python.list(values.map { "\($0)" })), dtype=torch.float64)"
  }

  private var hasOneTarget: Bool { model.targetNames.count == 1 }

  private static func module(_ activation: Activation) -> String {
    switch activation {
    case .relu: "nn.ReLU()"
    case .leakyRelu: "nn.LeakyReLU(0.01)"
    case .elu: "nn.ELU(1.0)"
    case .selu: "nn.SELU()"
    case .gelu: "nn.GELU()"
    case .silu: "nn.SiLU()"
    case .mish: "nn.Mish()"
    case .tanh: "nn.Tanh()"
    case .sigmoid: "nn.Sigmoid()"
    case .softplus: "nn.Softplus()"
    case .identity: "nn.Identity()"
    }
  }

  private var loading: String {
    """
    def load(weights=WEIGHTS):
        \"\"\"The trained network, ready to predict.\"\"\"
        network = Network()
        state = network.state_dict()
        state.update(load_file(weights))
        network.load_state_dict(state)
        return network.eval()
    """
  }

  private var main: String {
    """
    def predict(network, rows):
        \"\"\"A list of predictions for rows of raw features: class names, or numbers.\"\"\"
        with torch.no_grad():
            answers = network(rows)
        if CLASSES:
            return [CLASSES[index] for index in answers.argmax(dim=1).tolist()]
        return \(hasOneTarget ? "answers[:, 0].tolist()" : "answers.tolist()")


    def main():
        network = load()
        if len(sys.argv) > 1:
            print(TARGET)
            for answer in predict(network, read(sys.argv[1])):
                print(\(hasOneTarget ? "answer" : "*answer, sep=\", \""))
            return
        print(network)
        print(sum(parameter.numel() for parameter in network.parameters()), "parameters")
        row = \(model.scaling.mean.isEmpty ? "torch.zeros(1, SIZES[0])" : "network.scaling.mean.expand(SIZES[0]).reshape(1, -1)")
        with torch.no_grad():
            answers = network(row)[0].tolist()
        if CLASSES:
            for name, answer in zip(CLASSES, answers):
                print(f"{name:>20}  {answer:.6f}")
        else:
            print(f"{TARGET:>20} ", *(f"{answer:.6g}" for answer in answers))


    if __name__ == "__main__":
        main()
    """
  }
}

extension ModelFormat {
  static let torch = ModelFormat(
    "py", "a PyTorch program, with its weights in a .safetensors file beside it", needs: "torch and safetensors"
  ) { model, stem in
    let program = TorchProgram(model: model, stem: stem)
    return [
      File(name: "\(stem).safetensors", bytes: try Safetensors.bytes(program.tensors, metadata: model.formatMetadata)),
      File(name: "\(stem).py", bytes: Array(program.text.utf8)),
    ]
  }
}
