"""What `pip wheel .` and `pip install .` call (PEP 517): builds the wheel with kernelspec/wheel, which takes Swift 6.3."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    out = Path(wheel_directory).resolve()
    subprocess.run([ROOT / "kernelspec/wheel", out], check=True)
    wheel, = out.glob("attune_kernel-*.whl")
    return wheel.name


class UnsupportedOperation(Exception):
    """What a front end looks for where something cannot be built (PEP 517)."""


def build_sdist(sdist_directory, config_settings=None):
    raise UnsupportedOperation("the source is the repository: clone it, then run kernelspec/wheel")
