import Glibc

/// The address of a connection file as libzmq binds it: libzmq knows numbers and interfaces, no host names.
struct BindAddress {
  /// An address in numbers, one of IPv6 in brackets; what cannot be resolved is left as it is.
  let text: String
  let isIPv6: Bool

  init(_ written: String) {
    let bare = written.hasPrefix("[") && written.hasSuffix("]") ? String(written.dropFirst().dropLast()) : written
    if bare.contains(":") {
      (text, isIPv6) = ("[\(bare)]", true)
    } else if let number = Self.resolved(bare, AF_INET) {
      (text, isIPv6) = (number, false)
    } else if let number = Self.resolved(bare, AF_INET6) {
      (text, isIPv6) = ("[\(number)]", true)
    } else {
      (text, isIPv6) = (bare, false)
    }
  }

  /// A host's first address of a family, in numbers.
  private static func resolved(_ host: String, _ family: Int32) -> String? {
    if host == "*" { return nil }
    var hints = addrinfo()
    hints.ai_family = family
    var found: UnsafeMutablePointer<addrinfo>?
    guard getaddrinfo(host, nil, &hints, &found) == 0, let found else { return nil }
    defer { freeaddrinfo(found) }
    var number = [CChar](repeating: 0, count: Int(NI_MAXHOST))
    let status = getnameinfo(
      found.pointee.ai_addr, found.pointee.ai_addrlen, &number, socklen_t(number.count), nil, 0, NI_NUMERICHOST)
    return status == 0 ? String(decoding: number.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) : nil
  }
}
