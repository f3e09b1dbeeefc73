/// A panel's rectangle in pixels.
struct Frame {
  var left: Double
  var top: Double
  var width: Double
  var height: Double

  var right: Double { left + width }
  var bottom: Double { top + height }

  func x(_ u: Double) -> Double { left + u * width }
  func y(_ v: Double) -> Double { bottom - v * height }
}
