"""What a person does with the wheel on a bare machine: usage: check.py, in a folder with the wheel and tutorial.ipynb."""

import json
import subprocess
import sys
import time
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
JUPYTER = Path("/opt/jupyter")


def run(*command, **options):
    done = subprocess.run(command, capture_output=True, text=True, cwd=FOLDER, **options)
    assert done.returncode == 0, f"{command}: {done.returncode}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}"
    return done.stdout


def files(folder):
    return {path for path in folder.rglob("*") if "__pycache__" not in path.parts}


def main():
    wheel = next(FOLDER.glob("*.whl"))
    for library in ("libzmq", "libopenblas", "libpq", "libsodium", "libarchive"):
        assert library not in run("/sbin/ldconfig", "-p"), f"{library} is here: this is no bare machine"
    if not (JUPYTER / "bin/jupyter").exists():
        run(sys.executable, "-m", "venv", JUPYTER)
        run(JUPYTER / "bin/pip", "install", "-q", "jupyterlab", "nbconvert", "papermill")
    before = files(JUPYTER)

    begun = time.monotonic()
    run(JUPYTER / "bin/pip", "install", "-q", "--no-index", wheel)
    attune = JUPYTER / "bin/attune"
    assert run(attune, "run", "-c", 'data digits; train epochs=2; print "trained"').endswith("trained\n")
    seconds = time.monotonic() - begun
    print(f"from pip install to the first trained network: {seconds:.1f} s")
    assert seconds < 30

    assert run(attune, "run", "-c", "print 1 + 2") == "3\n"
    # Nothing is on the PATH: the kernelspec names the program itself.
    run(JUPYTER / "bin/jupyter", "execute", "tutorial.ipynb", "--output=executed", env={"PATH": "/nowhere", "HOME": "/root"})
    cells = json.loads((FOLDER / "executed.ipynb").read_text())["cells"]
    assert all(cell["execution_count"] for cell in cells if cell["cell_type"] == "code")
    run(JUPYTER / "bin/jupyter", "nbconvert", "--to", "html", "executed.ipynb")
    page = (FOLDER / "executed.html").read_text()
    assert '<span class="k">data</span>' in page, "nbconvert has not coloured the cells"
    # papermill finds the translator of parameters by itself.
    run(JUPYTER / "bin/papermill", "tutorial.ipynb", "fewer.ipynb", "-p", "trials_to_run", "2", "--no-progress-bar")
    assert "trials_to_run = 2" in (FOLDER / "fewer.ipynb").read_text()
    listing = subprocess.run([JUPYTER / "bin/jupyter", "labextension", "list"], capture_output=True, text=True)
    assert "attune" in listing.stdout + listing.stderr
    value = run(JUPYTER / "bin/python", "-c", "import attune; print(attune.run('print \"hello\"').text)")
    assert value.strip() == "hello"
    refused = subprocess.run([attune, "run", "-c", 'study storage "postgresql://localhost/x"'],
                             capture_output=True, text=True)
    assert refused.returncode == 1 and "libpq 14 or newer, is not installed" in refused.stderr, refused.stderr

    # What starts the program again starts the launcher: another machine may have another processor.
    run(attune, "install", "--prefix", "elsewhere")
    spec = json.loads((FOLDER / "elsewhere/share/jupyter/kernels/attune/kernel.json").read_text())
    assert spec["argv"][0] == str(attune), spec

    licences = {path.name for path in JUPYTER.rglob("attune_kernel-*.dist-info/licenses/*")}
    assert {"LICENSE", "swift.txt", "GRDB.swift.txt", "libzmq5.txt", "libarchive13.txt"} <= licences, licences
    run(JUPYTER / "bin/pip", "uninstall", "-q", "-y", "attune-kernel")
    left = {path for path in files(JUPYTER) - before if path.is_file() or not any(path.iterdir())}
    assert not left, f"uninstall leaves {sorted(map(str, left))[:10]}"


if __name__ == "__main__":
    main()
