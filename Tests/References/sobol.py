"""The first points of the Sobol sequence, unscrambled, as SciPy gives them. Writes sobol.json."""
import json
import pathlib

from scipy.stats import qmc

points = qmc.Sobol(64, scramble=False, bits=32).random_base2(7)
path = pathlib.Path(__file__).with_suffix(".json")
path.write_text(json.dumps({"points": points.tolist()}).replace("], [", "],\n[") + "\n")
