"""Puts the wheel together: usage: assemble.py LAUNCHER V3_PROGRAM V4_PROGRAM OUT_DIR

A Unix prefix, the same under a virtual environment, --user and /usr/local, so that $ORIGIN finds the libraries:
  bin/attune                              the launcher
  lib/attune/attune-v3, -v4, *.so         the program for AVX2 and for AVX-512, and their libraries
  share/jupyter/kernels/attune/           kernel.json, logos
  share/jupyter/labextensions/attune/     the JupyterLab extension
  site-packages/attune/                   the Python package with the Pygments lexer
Needs patchelf, strip and ldd.
"""

import base64
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TAG = "manylinux_2_35_x86_64"
# What every machine of the tag has (PEP 600), as far as this program asks for it.
SYSTEM = {
    "libc.so.6", "libm.so.6", "libpthread.so.0", "libdl.so.2", "librt.so.1", "libresolv.so.2", "libstdc++.so.6",
    "libgcc_s.so.1", "libz.so.1", "ld-linux-x86-64.so.2", "linux-vdso.so.1",
}


def version():
    text = (ROOT / "Sources/attune/Commands/AttuneCommand.swift").read_text()
    return re.search(r'static let version = "([^"]+)"', text)[1]


def libraries(program):
    """Name and file of every library that the program loads and the tag does not promise."""
    listing = subprocess.run(["ldd", program], capture_output=True, text=True, check=True).stdout
    found = re.findall(r"^\s*(\S+) => (/\S+)", listing, re.MULTILINE)
    return {name: os.path.realpath(path) for name, path in found if name not in SYSTEM}


def place(source, target, runpath):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    target.chmod(0o755)
    subprocess.run(["strip", "--strip-unneeded", target], check=True)
    if runpath:
        subprocess.run(["patchelf", "--set-rpath", runpath, target], check=True)


def licences(names, folder):
    """The licences of everything that is inside, from Debian's packages."""
    packages = set()
    for path in names:
        # /lib is a link to /usr/lib: the package knows the file by either.
        for candidate in (path, path.removeprefix("/usr")):
            owner = subprocess.run(["dpkg", "-S", candidate], capture_output=True, text=True).stdout
            if owner:
                packages.add(owner.split(":")[0])
                break
        else:
            raise SystemExit(f"no package owns {path}: its licence is not known")
    folder.mkdir(parents=True)
    shutil.copy(ROOT / "LICENSE", folder / "LICENSE")
    for package in sorted(packages):
        shutil.copy(f"/usr/share/doc/{package}/copyright", folder / f"{package}.txt")


def write(stage, wheel, info):
    records = []
    with zipfile.ZipFile(wheel, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(p for p in stage.rglob("*") if p.is_file()):
            name, body = str(path.relative_to(stage)), path.read_bytes()
            # A fixed date: the same content gives the same wheel.
            item = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            item.compress_type = zipfile.ZIP_DEFLATED
            item.external_attr = (0o100755 if os.access(path, os.X_OK) else 0o100644) << 16
            archive.writestr(item, body, compresslevel=9)
            digest = base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()
            records.append(f"{name},sha256={digest},{len(body)}")
        archive.writestr(f"{info}/RECORD", "\n".join(records + [f"{info}/RECORD,,", ""]))


def main():
    launcher, v3, v4, out = map(Path, sys.argv[1:])
    number = version()
    name = f"attune_kernel-{number}"
    stage = Path(tempfile.mkdtemp())
    data, info = stage / f"{name}.data", stage / f"{name}.dist-info"
    place(launcher, data / "scripts/attune", None)
    loaded = {**libraries(v3), **libraries(v4)}
    for level, program in (("v3", v3), ("v4", v4)):
        place(program, data / f"data/lib/attune/attune-{level}", "$ORIGIN")
    for soname, path in sorted(loaded.items()):
        place(path, data / "data/lib/attune" / soname, "$ORIGIN")
    jupyter = data / "data/share/jupyter"
    shutil.copytree(ROOT / "python/labextension", jupyter / "labextensions/attune")
    kernel = jupyter / "kernels/attune"
    kernel.mkdir(parents=True)
    for logo in (ROOT / "kernelspec").glob("logo*"):
        shutil.copy(logo, kernel)
    spec = json.loads(subprocess.run([v4 if os.access(v4, os.X_OK) else v3, "install", "--prefix", stage / "spec"],
                                     check=True, capture_output=True) and
                      (stage / "spec/share/jupyter/kernels/attune/kernel.json").read_text())
    shutil.rmtree(stage / "spec")
    # Beside the kernelspec, wherever the environment is: a virtual environment need not be activated.
    spec["argv"][0] = "{resource_dir}/../../../../bin/attune"
    spec["env"]["ATTUNE_PYGMENTS_LEXER"] = "attune"
    (kernel / "kernel.json").write_text(json.dumps(spec, indent=1))
    shutil.copytree(ROOT / "python/attune", stage / "attune", ignore=shutil.ignore_patterns("__pycache__"))
    licences(loaded.values(), info / "licenses")
    (info / "METADATA").write_text(
        f"Metadata-Version: 2.4\nName: attune-kernel\nVersion: {number}\nLicense-Expression: Apache-2.0\n"
        "Summary: Tune neural networks by short commands: a Jupyter kernel\nRequires-Python: >=3.9\n"
        'Provides-Extra: lab\nRequires-Dist: jupyterlab>=4; extra == "lab"\n'
        "Description-Content-Type: text/markdown\n\n" + (ROOT / "README.md").read_text())
    (info / "WHEEL").write_text(
        f"Wheel-Version: 1.0\nGenerator: assemble.py\nRoot-Is-Purelib: false\nTag: py3-none-{TAG}\n")
    (info / "entry_points.txt").write_text("[pygments.lexers]\nattune = attune.lexer:AttuneLexer\n")
    out.mkdir(parents=True, exist_ok=True)
    wheel = out / f"{name}-py3-none-{TAG}.whl"
    write(stage, wheel, info.name)
    shutil.rmtree(stage)
    print(f"{wheel}  {wheel.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
