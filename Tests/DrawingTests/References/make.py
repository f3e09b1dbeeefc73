"""Writes the reference numbers of the drawing tests, from programs that are not ours.

    python3 -m venv /tmp/references && /tmp/references/bin/pip install matplotlib==3.11.2 wcwidth numpy optuna==5.0.0
    /tmp/references/bin/python Tests/DrawingTests/References/make.py

Ticks come from matplotlib's MaxNLocator with steps 1, 2, 5, significant digits and scientific notation from Python's own
formatting, widths from wcwidth, the PNG from Python's zlib and binascii, fronts and ranks from optuna and numpy, the outline
from a formula.
"""

import base64, pathlib, random, struct, sys, zlib

from matplotlib.ticker import MaxNLocator
import numpy as np
import wcwidth

out = pathlib.Path(__file__).parent


def write(name, body):
  (out / name).write_text("// Made by make.py; do not edit.\n// swift-format-ignore-file\n\n" + body)


def ticks():
  cases = []
  rng = random.Random(1)
  ranges = [(0, 1), (0, 10), (-1, 1), (0, 0.37), (1, 30), (0.0981, 2.31), (-5e-5, 7e-5), (1e6, 3e6), (0, 255), (-1234, 987),
            (99.2, 100.1), (3e-12, 4.4e-12), (0, 1797), (1e15, 1.7e15), (-0.3, -0.1)]
  ranges += [tuple(sorted((rng.uniform(-1, 1) * 10 ** rng.randint(-8, 8), rng.uniform(-1, 1) * 10 ** rng.randint(-8, 8))))
             for _ in range(40)]
  # An end a hair away from a tick is a matter of taste: matplotlib leaves that tick out, Attune shows it.
  ranges = [(a, b) for a, b in ranges if a == 0 or b == 0 or min(abs(a), abs(b)) > 1e-6 * (b - a)]
  for low, high in ranges:
    for count in (2, 4, 5, 7, 10):
      values = MaxNLocator(nbins=count, steps=[1, 2, 5, 10]).tick_values(low, high)
      step = values[1] - values[0]
      inside = [v for v in values if low - 1e-9 * (high - low) <= v <= high + 1e-9 * (high - low)]
      cases.append((low, high, count, float(f"{step:.6e}"), [float(f"{v:.12g}") for v in inside]))
  lines = [f"    TickCase({low!r}, {high!r}, count: {count}, step: {step!r}, values: {values!r})," for low, high, count, step, values in cases]
  write("TickReference.swift", "/// A range, the number of steps wanted, and matplotlib's ticks within the range.\nstruct TickCase: Sendable {\n"
        "  let low: Double\n  let high: Double\n  let count: Int\n  let step: Double\n  let values: [Double]\n\n"
        "  init(_ low: Double, _ high: Double, count: Int, step: Double, values: [Double]) {\n"
        "    (self.low, self.high, self.count, self.step, self.values) = (low, high, count, step, values)\n  }\n\n"
        "  static let all: [TickCase] = [\n" + "\n".join(lines) + "\n  ]\n}\n")


def numbers():
  rng = random.Random(2)
  values = [0.1, 0.0312, 0.03125, 1e-5, 1.2e-5, 123456.7, 0.9996, 0.09996, 9.9996, 1 / 3, 2 / 3, 1e15, 1.5e300, 3e-300, 0.5, 2.5, 1e-4, 0.00009999]
  values += [rng.uniform(-1, 1) * 10 ** rng.randint(-9, 14) for _ in range(60)]
  lines = []
  for v in values:
    for digits in (1, 3, 4, 7):
      text = f"{v:.{digits - 1}e}"
      mantissa, exponent = text.split("e")
      scientific = (mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa) + "e" + exponent
      if abs(v) >= 1e15 or abs(v) < 1e-4:
        plain = scientific
      else:
        plain = f"{v:.{max(0, digits - 1 - int(exponent))}f}"
        plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
      lines.append(f'    ({v!r}, {digits}, "{plain}", "{scientific}"),')
  write("NumberReference.swift", "/// Values, significant digits, and Python's rounding of them: plain and scientific.\nenum NumberReference {\n"
        "  static let all: [(value: Double, digits: Int, plain: String, scientific: String)] = [\n" + "\n".join(lines) + "\n  ]\n}\n")


def widths():
  samples = ["", "abc", "naïve", "é", "e\u0301", "日本語", "한국어", "ｆｕｌｌ", "ｶﾅ", "😀", "👍🏽", "👨‍👩‍👧‍👦", "🇫🇷", "☀️", "✅", "→", "…", "α≤β", "中a文b", "⠿", "█", "\u200b", "ไทย", "नमस्ते", "مرحبا", "①", "⌚", "〜", "\ufe0f"]
  lines = []
  for s in samples:
    w = wcwidth.wcswidth(s)
    escaped = "".join(f"\\u{{{ord(c):X}}}" for c in s)
    lines.append(f'    ("{escaped}", {w}),  // {s.encode("unicode_escape").decode()[:40]}')
  write("WidthReference.swift", "/// Texts and the columns they take, by Python's wcwidth.\nenum WidthReference {\n  static let all: [(text: String, width: Int)] = [\n" + "\n".join(lines) + "\n  ]\n}\n")


def png():
  width, height = 5, 3
  pixels = bytes((17 * i) % 256 for i in range(width * height))
  rows = b"".join(b"\0" + pixels[y * width:(y + 1) * width] for y in range(height))

  def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

  compressor = zlib.compressobj(0)
  data = compressor.compress(rows) + compressor.flush()
  file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
  big = bytes((i * i) % 251 for i in range(300 * 300))
  checksum = zlib.adler32(b"".join(b"\0" + big[y * 300:(y + 1) * 300] for y in range(300)))
  write("PNGReference.swift", "/// A small grey image written with Python's zlib (level 0), and the checksum of a larger one's rows.\nenum PNGReference {\n"
        f'  static let width = {width}\n  static let height = {height}\n  static let base64 = "{base64.b64encode(file).decode()}"\n'
        f"  /// Of 300 x 300 pixels, pixel i is i * i % 251.\n  static let adlerOfLarge: UInt32 = {checksum}\n}}\n")


def fronts():
  import optuna
  optuna.logging.set_verbosity(optuna.logging.ERROR)
  rng = random.Random(5)
  cases = []
  for directions in (["minimize", "minimize"], ["maximize", "minimize"], ["minimize", "maximize", "maximize"]):
    study = optuna.create_study(directions=directions)
    points = [[round(rng.random(), 1) if rng.random() < 0.5 else rng.random() for _ in directions] for _ in range(25)]
    for p in points:
      study.add_trial(optuna.trial.create_trial(values=p, params={}, distributions={}))
    best = sorted(t.number for t in study.best_trials)
    cases.append((points, [d == "maximize" for d in directions], best))
  lines = [f"    ({points!r}, {str(maximizes).lower()}, {best!r})," for points, maximizes, best in cases]
  from optuna.visualization._rank import _get_order_with_same_order_averaging
  ranked = []
  for n in (1, 4, 9):
    values = [float(rng.randint(0, 5)) for _ in range(n)]
    ranked.append((values, [float(r) + 1 for r in _get_order_with_same_order_averaging(np.array(values))]))
  more = [f"    ({values!r}, {ranks!r})," for values, ranks in ranked]
  write("OptunaReference.swift", "/// Pareto fronts and ranks as optuna 5.0.0 finds them.\nenum OptunaReference {\n"
        "  static let fronts: [(points: [[Double]], maximizes: [Bool], best: [Int])] = [\n" + "\n".join(lines) + "\n  ]\n"
        "  /// Smaller is better; 1 is the first.\n  static let ranks: [(values: [Double], ranks: [Double])] = [\n" + "\n".join(more) + "\n  ]\n}\n")


ticks(); numbers(); widths(); png(); fronts()
