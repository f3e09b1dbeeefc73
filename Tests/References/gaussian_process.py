"""A Gaussian process computed directly: posterior by matrix inverses, likelihood gradients by automatic differentiation.

Writes gaussian_process.json. Needs torch (for its autograd in double precision).
"""
import json
import math
import pathlib

import torch

torch.set_default_dtype(torch.float64)


def kernel(a, b, categorical, relevance, scale):
    difference = (a[:, None, :] - b[None, :, :]) ** 2
    is_set = torch.tensor(categorical)
    difference = torch.where(is_set, (difference > 0).double(), difference)
    squared = difference @ relevance
    r = torch.sqrt(5 * squared + 1e-300)
    return scale * (1 + r + 5 * squared / 3) * torch.exp(-r)


def case(count, categorical, seed):
    generator = torch.Generator().manual_seed(seed)
    d = len(categorical)

    def points(n):
        x = torch.rand(n, d, generator=generator)
        for j, is_set in enumerate(categorical):
            if is_set:
                x[:, j] = torch.floor(x[:, j] * 3)
        return x

    x, at = points(count), points(7)
    y = torch.sin(5 * x[:, 0]) + x.sum(1) / d + 0.1 * torch.randn(count, generator=generator)
    theta = (torch.randn(d + 2, generator=generator) * 0.7 - 0.5).requires_grad_()
    relevance, scale, noise = torch.exp(theta[:d]), torch.exp(theta[d]), torch.exp(theta[d + 1]) + 1e-6
    matrix = kernel(x, x, categorical, relevance, scale) + noise * torch.eye(count)
    loss = 0.5 * (y @ torch.linalg.inv(matrix) @ y + torch.logdet(matrix))
    loss = loss + (0.1 / relevance + 0.1 * relevance).sum() - (torch.log(scale) - scale) - (0.1 * torch.log(noise) - 30 * noise)
    loss.backward()
    with torch.no_grad():
        cross = kernel(at, x, categorical, relevance, scale)
        inverse = torch.linalg.inv(matrix)
        means = cross @ inverse @ y
        variances = scale - (cross @ inverse * cross).sum(1)
    return {
        "categorical": categorical, "x": x.tolist(), "y": y.tolist(), "theta": theta.tolist(), "loss": loss.item(),
        "gradient": theta.grad.tolist(), "at": at.tolist(), "means": means.tolist(), "variances": variances.tolist(),
    }


def log_expected_improvement(z):
    """In 60 digits."""
    import mpmath

    mpmath.mp.dps = 60
    z = mpmath.mpf(z)
    return float(mpmath.log(z * mpmath.ncdf(z) + mpmath.npdf(z)))


cases = [case(2, [False], 1), case(9, [False, True], 2), case(30, [False] * 4 + [True, False], 3)]
zs = [-60.0, -30.0, -25.5, -24.5, -10.0, -3.0, -1.5, -1.0, -0.9, 0.0, 1.0, 6.0, 30.0]
improvement = [[z, log_expected_improvement(z)] for z in zs]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"cases": cases, "log_improvement": improvement}).replace('{"', '\n{"') + "\n")
