import Foundation
import Search

/// The numbers of a reference implementation: Tests/References/<name>.json.
struct Reference {
  let json: [String: Any]

  init(_ name: String) throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("References/\(name).json")
    json = try JSONSerialization.jsonObject(with: Data(contentsOf: file)) as! [String: Any]
  }

  func space(_ name: String) -> Space {
    let entries = (json["spaces"] as! [String: Any])[name] as! [[String: Any]]
    return Space(entries.map { Parameter($0["name"] as! String, in: Domain($0)) })
  }

  func list(_ name: String) -> [[String: Any]] { json[name] as! [[String: Any]] }
}

extension Domain {
  init(_ json: [String: Any]) {
    switch json["type"] as! String {
    case "set": self = .categorical((json["choices"] as! [String]).map { .text($0) }, ordered: false)
    case "int":
      self = .int(
        low: json["low"] as! Int, high: json["high"] as! Int, step: json["step"] as! Int, log: json["log"] as! Bool)
    default:
      self = .float(
        low: json["low"] as! Double, high: json["high"] as! Double, step: json["step"] as? Double,
        log: json["log"] as! Bool)
    }
  }
}

extension Space {
  func point(_ json: [String: Any]) -> Point {
    var point: Point = [:]
    for parameter in parameters {
      switch (parameter.domain, json[parameter.name]) {
      case (.categorical, let text as String): point[parameter.name] = .text(text)
      case (.int, let number as Int): point[parameter.name] = .int(number)
      case (.float, let number as Double): point[parameter.name] = .float(number)
      default: break
      }
    }
    return point
  }
}

/// A number, or the text of one that JSON has not.
func number(_ json: Any?) -> Double? {
  switch json {
  case let number as Double: number
  case let text as String: Double(text)
  default: nil
  }
}

/// |a - b| within a relative tolerance (absolute below 1).
func isClose(_ a: Double, _ b: Double, _ tolerance: Double = 1e-9) -> Bool {
  a == b || abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}

/// NumPy's `RandomState`: Mersenne twister MT19937 (Matsumoto and Nishimura 1998), 53-bit doubles.
struct MersenneTwister: UniformSource {
  private var state = [UInt32](repeating: 0, count: 624)
  private var index = 624

  init(seed: UInt32) {
    state[0] = seed
    for i in 1..<624 { state[i] = 1_812_433_253 &* (state[i - 1] ^ (state[i - 1] >> 30)) &+ UInt32(i) }
  }

  mutating func next() -> UInt32 {
    if index == 624 {
      for i in 0..<624 {
        let y = (state[i] & 0x8000_0000) | (state[(i + 1) % 624] & 0x7fff_ffff)
        state[i] = state[(i + 397) % 624] ^ (y >> 1) ^ (y & 1 == 0 ? 0 : 0x9908_b0df)
      }
      index = 0
    }
    var y = state[index]
    index += 1
    y ^= y >> 11
    y ^= (y << 7) & 0x9d2c_5680
    y ^= (y << 15) & 0xefc6_0000
    return y ^ (y >> 18)
  }

  mutating func uniform() -> Double {
    let (a, b) = (Double(next() >> 5), Double(next() >> 6))
    return (a * 67_108_864 + b) / 9_007_199_254_740_992
  }
}
