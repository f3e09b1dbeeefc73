#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A smooth surface through scattered values on the unit square.
///
/// Locally weighted linear regression (Cleveland, 1979) with a Gaussian kernel whose width is the distance to the k-th nearest point,
/// so it neither swings beyond the values nor draws a bull's eye around each of them.
package struct Surface {
  package struct Point: Sendable {
    var u: Double
    var v: Double
    var value: Double

    package init(u: Double, v: Double, value: Double) {
      self.u = u
      self.v = v
      self.value = value
    }
  }

  private let points: [Point]
  private let low: Double
  private let high: Double
  private static let neighbours = 4

  package init(_ points: [Point]) {
    self.points = points
    low = points.map(\.value).min() ?? 0
    high = points.map(\.value).max() ?? 0
  }

  /// Within the range of the points' values, everywhere; O(n log n). There must be a point.
  package func value(u: Double, v: Double) -> Double {
    let distances = points.map { ($0.u - u) * ($0.u - u) + ($0.v - v) * ($0.v - v) }
    let nearest = distances.sorted()
    let reach = nearest[min(Self.neighbours, nearest.count) - 1]
    let width = max(reach * 0.35, 0.0016)
    var sums = Sums()
    for (point, distance) in zip(points, distances) {
      sums.add(weight: exp(-distance / (2 * width)), point.u - u, point.v - v, point.value)
    }
    return min(max(sums.intercept(ridge: 0.1 * width), low), high)
  }

  /// Weighted sums of a plane's normal equations.
  private struct Sums {
    var w = 0.0, x = 0.0, y = 0.0, xx = 0.0, xy = 0.0, yy = 0.0, z = 0.0, xz = 0.0, yz = 0.0

    mutating func add(weight: Double, _ dx: Double, _ dy: Double, _ value: Double) {
      w += weight
      x += weight * dx
      y += weight * dy
      xx += weight * dx * dx
      xy += weight * dx * dy
      yy += weight * dy * dy
      z += weight * value
      xz += weight * dx * value
      yz += weight * dy * value
    }

    /// The plane's height at the origin, its slopes held back by `ridge`.
    func intercept(ridge: Double) -> Double {
      let (mx, my, mz) = (x / w, y / w, z / w)
      let a = xx / w - mx * mx + ridge
      let b = xy / w - mx * my
      let c = yy / w - my * my + ridge
      let (p, q) = (xz / w - mx * mz, yz / w - my * mz)
      let determinant = a * c - b * b
      guard determinant > 0 else { return mz }
      let slopeX = (p * c - q * b) / determinant
      let slopeY = (a * q - b * p) / determinant
      return mz - slopeX * mx - slopeY * my
    }
  }
}
