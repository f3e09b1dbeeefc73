"""Writes small archives with NumPy for the tests of its format (run from the repository's root)."""

import numpy as np

x = np.arange(12).reshape(6, 2) / 2
y = np.arange(6) / 4
np.savez("Tests/References/plain.npz", x=x, y=y)
np.savez_compressed("Tests/References/packed.npz", x=x.astype(np.float32), y=y.astype(np.float16))
np.savez("Tests/References/fortran.npz", x=np.asfortranarray(x), y=y.astype(">f8"))
np.savez_compressed("Tests/References/images.npz", x=np.arange(36, dtype=np.uint8).reshape(6, 2, 3), y=np.array([0, 3, 4, 0, 3, 4], dtype=np.int16))
np.savez("Tests/References/words.npz", x=x.astype(np.int64), y=np.array(["dog", "cat", "ünn", "dog", "cat", "ünn"]))
# Labels that no signed number of 64 bits and no double holds.
labels = np.array([1, 2**64 - 1, 2**64 - 2] * 20, dtype=np.uint64)
np.savez("Tests/References/strangers/npz_labels_uint64.npz", x=np.arange(180.0).reshape(60, 3), y=labels)
