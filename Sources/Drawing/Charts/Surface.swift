#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A smooth surface through scattered values on the unit square, known only between the points.
///
/// Locally weighted linear regression (Cleveland, 1979) with a Gaussian kernel whose width is the distance to the k-th nearest point,
/// so it neither swings beyond the values nor draws a bull's eye around each of them.
struct Surface {
  struct Point {
    var u: Double
    var v: Double
    var value: Double
  }

  private let points: [Point]
  private let hull: [Point]
  private let low: Double
  private let high: Double
  private static let neighbours = 6

  init(_ points: [Point]) {
    self.points = points
    hull = Self.hull(points)
    low = points.map(\.value).min() ?? 0
    high = points.map(\.value).max() ?? 0
  }

  /// nan outside of the points' convex hull; O(n log n).
  func value(u: Double, v: Double) -> Double {
    guard contains(u, v) else { return .nan }
    let distances = points.map { ($0.u - u) * ($0.u - u) + ($0.v - v) * ($0.v - v) }
    let nearest = distances.sorted()
    let reach = nearest[min(Self.neighbours, nearest.count) - 1]
    let width = max(reach * 0.5, 0.0025)
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

  private func contains(_ u: Double, _ v: Double) -> Bool {
    guard hull.count > 2 else {
      // Points on a line, as in the strip of a category: known along its length.
      guard let first = hull.first, let last = hull.last, hull.count == 2 else { return false }
      let isUpright = abs(first.u - last.u) < 1e-9
      return isUpright
        ? v >= min(first.v, last.v) - 1e-9 && v <= max(first.v, last.v) + 1e-9
        : u >= min(first.u, last.u) - 1e-9 && u <= max(first.u, last.u) + 1e-9
    }
    return hull.indices.allSatisfy { index in
      let (a, b) = (hull[index], hull[(index + 1) % hull.count])
      return (b.u - a.u) * (v - a.v) - (b.v - a.v) * (u - a.u) >= -1e-9
    }
  }

  /// Counter-clockwise (Andrew's monotone chain, 1979); two points if all lie on a line.
  private static func hull(_ points: [Point]) -> [Point] {
    let sorted = points.sorted { ($0.u, $0.v) < ($1.u, $1.v) }
    guard sorted.count > 2 else { return sorted }
    func half(_ points: some Sequence<Point>) -> [Point] {
      var chain: [Point] = []
      for point in points {
        while chain.count > 1 {
          let (a, b) = (chain[chain.count - 2], chain[chain.count - 1])
          if (b.u - a.u) * (point.v - a.v) - (b.v - a.v) * (point.u - a.u) > 1e-12 { break }
          chain.removeLast()
        }
        chain.append(point)
      }
      return chain
    }
    return half(sorted).dropLast() + half(sorted.reversed()).dropLast()
  }
}
