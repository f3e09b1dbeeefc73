"""Writes the two embedded sets, digits and iris, as Swift sources (run from the repository's root).

Needs scikit-learn, which carries both. Digits are packed: one byte a pixel, then one a label, deflated, base64.
"""

import base64
import zlib

from sklearn.datasets import load_digits, load_iris


def lines(text, width=116):
    return "\n".join("  " + text[i : i + width] for i in range(0, len(text), width))


digits = load_digits()
raw = bytes(int(v) for row in digits.data for v in row) + bytes(int(t) for t in digits.target)
packed = base64.b64encode(zlib.compress(raw, 9)).decode()
with open("Sources/Datasets/Sources/DigitsData.swift", "w") as out:
    out.write(
        f'''/// 1,797 scans of handwritten digits, 8 x 8 pixels with values 0 to 16, then their labels: deflated, in base64.
///
/// E. Alpaydin and C. Kaynak, Optical Recognition of Handwritten Digits, UCI Machine Learning Repository, 1998
/// (https://doi.org/10.24432/C50P49, CC BY 4.0); the test part, as scikit-learn distributes it. Packed by Tests/References/embed.py.
enum DigitsData {{
  static let rows = {len(digits.target)}
  static let packed = """
{lines(packed)}
  """
}}
'''
    )

iris = load_iris()
table = "\n".join("  " + ",".join(f"{v:.1f}" for v in row) + f",{t}" for row, t in zip(iris.data, iris.target))
with open("Sources/Datasets/Sources/IrisData.swift", "w") as out:
    out.write(
        f'''/// 150 flowers: sepal length, sepal width, petal length, petal width in centimetres, and the species' index.
///
/// R. A. Fisher, "The use of multiple measurements in taxonomic problems", Annals of Eugenics 7 (1936), 179-188, as
/// scikit-learn distributes it (UCI Machine Learning Repository, https://doi.org/10.24432/C56C76, CC BY 4.0).
enum IrisData {{
  static let table = """
{table}
  """
}}
'''
    )
