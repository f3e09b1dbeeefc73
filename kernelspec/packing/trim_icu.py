"""Zeroes the locale data that Attune does not use in a statically linked program: usage: trim_icu.py PROGRAM

Foundation brings ICU's data of all languages, 34 MB of a program of 70; Attune formats with the root and English locales
alone. The data stay in their places, so that nothing else moves; zeros compress to nothing in the wheel.
"""

import struct
import sys

KEPT = {
    "root.res", "en.res", "en_US.res", "en_001.res", "pool.res", "res_index.res", "supplementalData.res",
    "likelySubtags.res", "numberingSystems.res", "timezoneTypes.res", "zoneinfo64.res", "metaZones.res",
    "windowsZones.res", "keyTypeData.res", "icuver.res", "icustd.res", "currencyNumericCodes.res", "plurals.res",
    "pluralRanges.res", "dayPeriods.res", "genderList.res", "langInfo.res", "metadata.res", "units.res",
}


def is_kept(name):
    base = name.rsplit("/", 1)[-1]
    return base in KEPT or ("/" not in name and not name.endswith((".res", ".cnv")))


def items(program):
    """Names, starts and ends of the data's items (ICU's "CmnD" table of contents)."""
    start = program.find(b"CmnD") - 12
    if start < 0:
        raise SystemExit("the program has no ICU data")
    base = start + struct.unpack_from("<H", program, start)[0]
    count, = struct.unpack_from("<i", program, base)
    found = []
    for index in range(count):
        name, data = struct.unpack_from("<ii", program, base + 4 + 8 * index)
        end = program.index(b"\0", base + name)
        found.append((program[base + name:end].decode().partition("/")[2], base + data))
    found.sort(key=lambda item: item[1])
    # The last item's end is not known: it is left as it is.
    return [(name, start, following) for (name, start), (_, following) in zip(found, found[1:])]


def main():
    path = sys.argv[1]
    with open(path, "rb") as file:
        program = bytearray(file.read())
    trimmed = 0
    for name, start, end in items(program):
        if not is_kept(name):
            program[start:end] = bytes(end - start)
            trimmed += end - start
    with open(path, "r+b") as file:
        file.write(program)
    print(f"{trimmed / 1e6:.1f} MB of locale data zeroed in {path}")


if __name__ == "__main__":
    main()
