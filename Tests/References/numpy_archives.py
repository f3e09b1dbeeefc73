"""Writes small archives with NumPy for the tests of its format (run from the repository's root)."""

import numpy as np

x = np.arange(12).reshape(6, 2) / 2
y = np.arange(6) / 4
np.savez("Tests/References/plain.npz", x=x, y=y)
np.savez_compressed("Tests/References/packed.npz", x=x.astype(np.float32), y=y.astype(np.float16))
np.savez("Tests/References/fortran.npz", x=np.asfortranarray(x), y=y.astype(">f8"))
np.savez_compressed("Tests/References/images.npz", x=np.arange(36, dtype=np.uint8).reshape(6, 2, 3), y=np.array([0, 3, 4, 0, 3, 4], dtype=np.int16))
np.savez("Tests/References/words.npz", x=x.astype(np.int64), y=np.array(["dog", "cat", "ünn", "dog", "cat", "ünn"]))
