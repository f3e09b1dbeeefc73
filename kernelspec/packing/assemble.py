"""Puts the wheel together: usage: assemble.py PARTS_DIR OUT_DIR

PARTS_DIR has what kernelspec/wheel builds: launcher, attune-v1, attune-v3, attune-v4 and lib/*.so. The wheel is a Unix
prefix, the same under a virtual environment, conda, --user and /usr/local, so that $ORIGIN finds the libraries:
  bin/attune                              the launcher
  lib/attune/attune-v1, -v3, -v4, *.so    the program for every processor, for AVX2 and for AVX-512, and their libraries
  share/jupyter/kernels/attune/           kernel.json, logos
  share/jupyter/labextensions/attune/     the JupyterLab extension
  etc/jupyter/jupyter_server_config.d/    what tells jupytext of .attune files in JupyterLab
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
import tomllib
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
    """The program's, which is said nowhere else."""
    text = (ROOT / "Sources/Workbench/Workbench.swift").read_text()
    return re.search(r'static let version = "([^"]+)"', text)[1]


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def is_swift(name):
    """Whether a library is part of Swift's runtime, all of which is in libattune-swift.so."""
    return re.match(r"lib(swift|_?Foundation|dispatch|BlocksRuntime)", name) is not None


def libraries(programs, made):
    """Name and file of every library that the programs load and the tag does not promise."""
    needed = {name for program in programs for name in output("patchelf", "--print-needed", program).split()}
    loaded = {path.name: path for path in made}
    unmade = needed - SYSTEM - loaded.keys() - {name for name in needed if is_swift(name)}
    paths = dict(re.findall(r"^\s*(\S+) => (/\S+)", output("ldd", programs[0]), re.MULTILINE))
    for path in [*made, *(paths[name] for name in sorted(unmade))]:
        for name, file in re.findall(r"^\s*(\S+) => (/\S+)", output("ldd", path), re.MULTILINE):
            if name not in SYSTEM:
                loaded.setdefault(name, Path(file).resolve())
    loaded.update((name, Path(paths[name]).resolve()) for name in unmade)
    return loaded


def place(source, target, runpath=None):
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(source, target)
    target.chmod(0o755)
    subprocess.run(["strip", "--strip-unneeded", target], check=True)
    if runpath:
        subprocess.run(["patchelf", "--set-rpath", runpath, target], check=True)


def place_program(source, target):
    place(source, target, "$ORIGIN")
    swift = [name for name in output("patchelf", "--print-needed", target).split() if is_swift(name)]
    for name in swift:
        subprocess.run(["patchelf", "--remove-needed", name, target], check=True)
    subprocess.run(["patchelf", "--add-needed", "libattune-swift.so", target], check=True)


def licences(paths, folder):
    """The licences of everything that is inside: Debian's packages', and Swift's."""
    packages = {"libopenblas0-pthread", "libarchive13"}
    for path in map(str, paths):
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
    swift = Path(shutil.which("swift")).resolve().parents[1]
    shutil.copy(swift / "share/swift/LICENSE.txt", folder / "swift.txt")
    for package in ("GRDB.swift", "swift-argument-parser", "swift-log"):
        licence, = (ROOT / ".build-v1/checkouts" / package).glob("LICENSE*")
        shutil.copy(licence, folder / f"{package}.txt")
    for package in sorted(packages):
        shutil.copy(f"/usr/share/doc/{package}/copyright", folder / f"{package}.txt")


def metadata(project, number, licences):
    """Core metadata 2.4 of pyproject.toml's project."""
    lines = [
        "Metadata-Version: 2.4", f"Name: {project['name']}", f"Version: {number}", f"Summary: {project['description']}",
        f"License-Expression: {project['license']}", f"Requires-Python: {project['requires-python']}",
        "Description-Content-Type: text/markdown", f"Keywords: {','.join(project['keywords'])}",
        *(f"License-File: {path.name}" for path in licences),
        *(f"Classifier: {classifier}" for classifier in project["classifiers"]),
    ]
    for extra, requirements in project["optional-dependencies"].items():
        lines += [f"Provides-Extra: {extra}", *(f'Requires-Dist: {one}; extra == "{extra}"' for one in requirements)]
    return "\n".join([*lines, "", (ROOT / project["readme"]).read_text()])


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
    parts, out = map(Path, sys.argv[1:])
    number = version()
    name = f"attune_kernel-{number}"
    stage = Path(tempfile.mkdtemp())
    data, info = stage / f"{name}.data", stage / f"{name}.dist-info"
    place(parts / "launcher", data / "scripts/attune")
    programs = sorted(parts.glob("attune-v*"))
    made = sorted((parts / "lib").glob("*.so*"))
    loaded = libraries(programs, made)
    for program in programs:
        place_program(program, data / "data/lib/attune" / program.name)
    for soname, path in sorted(loaded.items()):
        place(path, data / "data/lib/attune" / soname, "$ORIGIN")
    jupyter = data / "data/share/jupyter"
    extension = jupyter / "labextensions/attune"
    shutil.copytree(ROOT / "python/labextension", extension)
    package = json.loads((extension / "package.json").read_text())
    (extension / "package.json").write_text(json.dumps({**package, "version": number}, indent=2))
    shutil.copytree(ROOT / "python/jupyter_server_config.d", data / "data/etc/jupyter/jupyter_server_config.d")
    kernel = jupyter / "kernels/attune"
    kernel.mkdir(parents=True)
    for logo in (ROOT / "kernelspec").glob("logo*"):
        shutil.copy(logo, kernel)
    # The program's own, made on any processor.
    output(data / "data/lib/attune/attune-v1", "install", "--prefix", stage / "spec")
    spec = json.loads((stage / "spec/share/jupyter/kernels/attune/kernel.json").read_text())
    shutil.rmtree(stage / "spec")
    # Beside the kernelspec, wherever the environment is: a virtual environment need not be activated.
    spec["argv"][0] = "{resource_dir}/../../../../bin/attune"
    spec["env"]["ATTUNE_PYGMENTS_LEXER"] = "attune"
    (kernel / "kernel.json").write_text(json.dumps(spec, indent=1))
    shutil.copytree(ROOT / "python/attune", stage / "attune", ignore=shutil.ignore_patterns("__pycache__"))
    licences([path for path in loaded.values() if path not in made], info / "licenses")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    (info / "METADATA").write_text(metadata(project, number, sorted((info / "licenses").iterdir())))
    (info / "WHEEL").write_text(
        f"Wheel-Version: 1.0\nGenerator: assemble.py\nRoot-Is-Purelib: false\nTag: py3-none-{TAG}\n")
    (info / "entry_points.txt").write_text("".join(
        f"[{group}]\n" + "".join(f"{key} = {value}\n" for key, value in entries.items())
        for group, entries in project["entry-points"].items()))
    out.mkdir(parents=True, exist_ok=True)
    wheel = out / f"{name}-py3-none-{TAG}.whl"
    write(stage, wheel, info.name)
    shutil.rmtree(stage)
    print(f"{wheel}  {wheel.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
