"""How a number becomes an input: the program's scales in NumPy, in double precision."""

from typing import Callable, Sequence

import numpy

Scale = Callable[[numpy.ndarray], numpy.ndarray]


def plain(x: numpy.ndarray) -> numpy.ndarray:
    return x


def standard(mean: float, deviation: float) -> Scale:
    return lambda x: (x - mean) / deviation


def robust(median: float, factor: float) -> Scale:
    """Bounded smoothly: within 3 of 0, of slope 1 there."""
    def scale(x):
        z = (x - median) * factor
        return z / numpy.sqrt(1 + (z / 3) ** 2)
    return scale


def quantile(levels: Sequence[float], tolerance: float) -> Scale:
    """The share of training values below x, as a quantile of the normal distribution."""
    known = numpy.array(levels, "f8")
    last = len(known) - 1

    def scale(x):
        below, up_to = numpy.searchsorted(known, x, "left"), numpy.searchsorted(known, x, "right")
        low, high = known[numpy.clip(below - 1, 0, last)], known[numpy.clip(below, 0, last)]
        width = numpy.where(high > low, high - low, 1)
        share = numpy.where(below < up_to, (below + up_to - 1) / 2, below - 1 + (x - low) / width) / last
        share = numpy.where(x + tolerance > known[last], 1.0, numpy.where(x - tolerance < known[0], 0.0, share))
        return normal_quantile(share)
    return scale


_BOUND = 5.19933758
_A = [-3.969683028665376e+01, 2.209460984245205e+02, -2.759285104469687e+02, 1.383577518672690e+02,
      -3.066479806614716e+01, 2.506628277459239e+00]
_B = [-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
      -1.328068155288572e+01, 1.0]
_C = [-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00, -2.549732539343734e+00,
      4.374664141464968e+00, 2.938163982698783e+00]
_D = [7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00, 1.0]


def normal_quantile(p: numpy.ndarray) -> numpy.ndarray:
    """The normal distribution's quantile function by P. Acklam's rational functions, within 5.2 of 0."""
    safe = numpy.clip(p, 1e-7, 1 - 1e-7)
    q = numpy.sqrt(-2 * numpy.log(numpy.minimum(safe, 1 - safe)))
    tail = numpy.polyval(_C, q) / numpy.polyval(_D, q)
    centre = safe - 0.5
    middle = numpy.polyval(_A, centre ** 2) * centre / numpy.polyval(_B, centre ** 2)
    value = numpy.where((p < 0.02425) | (p > 1 - 0.02425), numpy.where(p < 0.5, tail, -tail), middle)
    return numpy.where(p > 1e-7, numpy.where(p < 1 - 1e-7, value, _BOUND), -_BOUND)
