import Drawing
import Foundation
import Testing

/// Typical pictures are drawn in full. `ATTUNE_GALLERY=folder swift test --filter GalleryTests` writes them down to be looked at.
@Suite struct GalleryTests {
  @Test func `every chart draws its sample`() throws {
    let folder = ProcessInfo.processInfo.environment["ATTUNE_GALLERY"]
    for (name, chart) in ChartSamples.all {
      let picture = chart.draw()
      #expect(!picture.svg.contains("nothing to draw"), "\(name)")
      #expect(picture.svg.utf8.count < 60_000, "\(name) has \(picture.svg.utf8.count) bytes")
      if let folder {
        try Data(picture.svg.utf8).write(to: URL(fileURLWithPath: folder + "/\(name).svg"))
        try Data(picture.text.utf8).write(to: URL(fileURLWithPath: folder + "/\(name).txt"))
      }
    }
    let names = Set(ChartSamples.all.map { type(of: $0.chart).name })
    #expect(names == Set(Charts.all.map { $0.name }))
  }
}
