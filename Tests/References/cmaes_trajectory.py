"""The cmaes package's trajectory when it is told given points. Writes cmaes_trajectory.json."""
import json
import pathlib
import random

import numpy as np
from cmaes import CMA


def trajectory(dimensions, population, generations, seed):
    draw = random.Random(seed)
    cma = CMA(mean=np.full(dimensions, 0.5), sigma=1 / 6, population_size=population, seed=seed)
    steps = []
    for _ in range(generations):
        z = [[draw.gauss(0, 1) for _ in range(dimensions)] for _ in range(cma.population_size)]
        root = np.linalg.cholesky(cma._C)
        points = [cma.mean + cma._sigma * root @ np.array(row) for row in z]
        values = [float(np.sum((p - 0.3) ** 2 * np.arange(1, dimensions + 1) ** 2)) for p in points]
        order = sorted(range(len(points)), key=lambda i: values[i])
        cma.tell([(points[i], values[i]) for i in range(len(points))])
        steps.append({
            "sorted": [points[i].tolist() for i in order], "mean": cma.mean.tolist(), "sigma": float(cma._sigma),
            "covariance": cma._C.ravel().tolist(),
        })
    return {"dimensions": dimensions, "population": cma.population_size, "steps": steps}


runs = [trajectory(1, None, 10, 1), trajectory(2, None, 25, 2), trajectory(5, None, 40, 3), trajectory(12, 20, 30, 4)]
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"runs": runs}).replace('{"', '\n{"') + "\n")
