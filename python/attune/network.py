"""A network's layers in NumPy."""

from typing import Callable, Dict, List, Tuple

import numpy

from .header import Fields, require

Array = numpy.ndarray


def _sigmoid(x: Array) -> Array:
    # By the sign, so that no exponential overflows.
    small = numpy.exp(-numpy.abs(x))
    return numpy.where(x >= 0, 1 / (1 + small), small / (1 + small))


def _elu(x: Array) -> Array:
    return numpy.where(x > 0, x, numpy.expm1(numpy.minimum(x, 0)))


def _erf(x: Array) -> Array:
    """The error function by a Chebyshev fit of W. Press et al., Numerical Recipes: within 1.2e-7."""
    t = 1 / (1 + 0.5 * numpy.abs(x))
    powers = [0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
              -1.26551223]
    rest = t * numpy.exp(-x * x + numpy.polyval(powers, t))
    return numpy.where(x >= 0, 1 - rest, rest - 1)


ACTIVATIONS: Dict[str, Callable[[Array], Array]] = {
    "relu": lambda x: numpy.maximum(x, 0),
    "leaky_relu": lambda x: numpy.where(x < 0, 0.01 * x, x),
    "elu": _elu,
    "selu": lambda x: 1.0507009873554805 * numpy.where(x > 0, x, 1.6732632423543772 * numpy.expm1(numpy.minimum(x, 0))),
    "gelu": lambda x: x * (1 + _erf(x / numpy.sqrt(2))) / 2,
    "silu": lambda x: x * _sigmoid(x),
    "mish": lambda x: x * numpy.tanh(numpy.logaddexp(x, 0)),
    "tanh": numpy.tanh,
    "sigmoid": _sigmoid,
    "softplus": lambda x: numpy.logaddexp(x, 0),
    "identity": lambda x: x,
}


def _softmax(x: Array) -> Array:
    powers = numpy.exp(x - x.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


OUTPUTS: Dict[str, Callable[[Array], Array]] = {"softmax": _softmax, "sigmoid": _sigmoid, "identity": lambda x: x}


class Network:
    """Layers with their weights; `outputs` takes rows x inputs."""

    def __init__(self, architecture: Fields, parameters: Array, statistics: Array):
        self.inputs, self.outputs = architecture.count("inputs"), architecture.count("outputs")
        self.activation = ACTIVATIONS[architecture.word("activation", list(ACTIVATIONS))]
        self.output_name = architecture.word("output", list(OUTPUTS))
        sizes = self._sizes(architecture)
        # Files of earlier versions say only whether it is batch normalisation.
        if "normalization" in architecture:
            norm = architecture.word("normalization", ["none", "batch", "layer"])
        else:
            norm = "batch" if architecture.flag("batchNormalization") else "none"
        hidden = sum(sizes[1:-1]) if norm != "none" else 0
        wanted = sum(a * b + b for a, b in zip(sizes, sizes[1:])) + 2 * hidden
        require(wanted == len(parameters) == architecture.count("parameterCount"),
                f"it has {len(parameters)} weights, but its layers need {wanted}")
        running = 2 * hidden if norm == "batch" else 0
        require(running == len(statistics) == architecture.count("statisticsCount"), "its statistics do not fit")
        parts, means = _Parts(parameters), _Parts(statistics)
        self.layers: List[Tuple[Array, Array]] = []
        # Scale and shift of each hidden layer's layer normalisation, if there is one.
        self.norms: List[Tuple[Array, Array]] = []
        for size, width in zip(sizes, sizes[1:]):
            weight, bias = parts.take(width * size).reshape(width, size).T, parts.take(width)
            is_hidden = len(self.layers) < len(sizes) - 2
            if norm == "layer" and is_hidden:
                self.norms.append((parts.take(width), parts.take(width)))
            if norm == "batch" and is_hidden:
                # Normalisation with fixed statistics is a scale and a shift: they go into the layer.
                scale, shift, mean, variance = parts.take(width), parts.take(width), means.take(width), means.take(width)
                require(not (variance < 0).any(), "a variance is negative")
                scale = scale / numpy.sqrt(variance + 1e-5)
                weight, bias = weight * scale, (bias - mean) * scale + shift
            self.layers.append((weight, bias))

    @staticmethod
    def _sizes(architecture: Fields) -> List[int]:
        sizes = [architecture.count("inputs")]
        layers = architecture.objects("layers")
        for layer in layers:
            require(layer.count("inputs") == sizes[-1], "its layers do not fit each other")
            sizes.append(layer.count("outputs"))
        require(len(layers) > 0 and sizes[-1] == architecture.count("outputs") and min(sizes) > 0,
                "its layers do not follow from its sizes")
        return sizes

    def run(self, rows: Array) -> Array:
        """What the network says of rows x inputs, in double precision."""
        values = rows.astype("f8")
        # What overflows is infinite, as in the program.
        with numpy.errstate(over="ignore", invalid="ignore"):
            for index, (weight, bias) in enumerate(self.layers):
                values = values @ weight + bias
                if index < len(self.norms):
                    scale, shift = self.norms[index]
                    away = values - values.mean(axis=1, keepdims=True)
                    values = away / numpy.sqrt((away**2).mean(axis=1, keepdims=True) + 1e-5) * scale + shift
                if index < len(self.layers) - 1:
                    values = self.activation(values)
            return OUTPUTS[self.output_name](values)


class _Parts:
    def __init__(self, values: Array):
        # A training that diverged leaves NaN, whose bits NumPy warns of.
        with numpy.errstate(invalid="ignore"):
            self.values, self.place = values.astype("f8"), 0

    def take(self, count: int) -> Array:
        self.place += count
        return self.values[self.place - count:self.place]
