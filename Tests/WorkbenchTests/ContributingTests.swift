import Foundation
import Testing

/// The pages for contributors: their examples are the files that are compiled and tested, and what they name is there.
@Suite struct ContributingTests {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  static let pages = ["docs", "docs/contributing", "docs/decisions"].flatMap { folder in
    ((try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: folder).path)) ?? [])
      .filter { $0.hasSuffix(".md") }.map { "\(folder)/\($0)" }
  }.sorted()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: Self.root.appending(path: path).path)
  }

  @Test func `there are pages`() { #expect(Self.pages.count >= 18) }

  /// A block that begins with "```swift PATH" is the file PATH.
  @Test(arguments: pages) func `an example is the file that is tested`(page: String) throws {
    var lines: [String] = []
    var isInExample = false
    for line in try text(page).components(separatedBy: "\n") {
      if isInExample {
        guard line == "```" else { continue }
        isInExample = false
      }
      lines.append(line)
      guard line.hasPrefix("```swift ") else { continue }
      isInExample = true
      var example = try text(String(line.dropFirst("```swift ".count))).components(separatedBy: "\n")
      while example.last == "" { example.removeLast() }
      lines += example
    }
    try Page("../\(page)").expect(lines.joined(separator: "\n"))
  }

  /// A path that a page names is there, or is the place where its example would go.
  @Test(arguments: pages) func `files that are named exist`(page: String) throws {
    let examples = ["SearchTests", "NeuralNetworksTests", "DrawingTests"].flatMap { target in
      (try? FileManager.default.contentsOfDirectory(
        atPath: Self.root.appending(path: "Tests/\(target)/Examples").path)) ?? []
    }
    #expect(examples.count >= 8)
    for match in try text(page).matches(of: /`((Sources|Tests|docs|kernelspec|python)\/[A-Za-z0-9_+.\/-]+)`/) {
      let path = String(match.1)
      let isExample = examples.contains(URL(fileURLWithPath: path).lastPathComponent)
      #expect(exists(path) || isExample, "\(page) names \(path)")
    }
    // Relative links, as GitHub resolves them.
    for match in try text(page).matches(of: /\]\(([^)#:]+)\)/) {
      let target = Self.root.appending(path: page).deletingLastPathComponent().appending(path: String(match.1))
      #expect(FileManager.default.fileExists(atPath: target.standardizedFileURL.path), "\(page) links to \(match.1)")
    }
  }

  /// Suites that a page tells to run exist.
  @Test(arguments: pages) func `suites that are named exist`(page: String) throws {
    let files = FileManager.default.enumerator(at: Self.root.appending(path: "Tests"), includingPropertiesForKeys: nil)
    let suites = Set(
      (files?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "swift" }
        .map { $0.deletingPathExtension().lastPathComponent })
    for match in try text(page).matches(of: /--filter "?([A-Za-z|]+)/) {
      for suite in match.1.split(separator: "|") { #expect(suites.contains(String(suite)), "\(page) names \(suite)") }
    }
  }
}
