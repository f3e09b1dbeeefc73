extension Examples.ImageShape {
  /// The shape of images by the sizes of an array, rows first: height and width, then or before them channels.
  init(sizes: [Int]) {
    guard sizes.count > 3 else {
      self.init(height: sizes[1], width: sizes[2])
      return
    }
    // At most four channels: grey, colour and opacity. Images are larger, or else as wide as they are high.
    let isFirst = sizes[1] <= 4 && (sizes[3] > 4 || sizes[2] == sizes[3] && sizes[1] != sizes[2])
    self.init(
      height: sizes[isFirst ? 2 : 1], width: sizes[isFirst ? 3 : 2], channels: sizes[isFirst ? 1 : 3])
    if isFirst, channels > 1 { isChannelsFirst = true }
  }

  /// The brightness of each pixel of a row, line by line: of colours as ITU-R BT.601 weighs them, else the channels' mean.
  package func grey(_ row: [Float]) -> [Float] {
    guard channels > 1, row.count == height * width * channels else { return row }
    let weights: [Float] =
      channels >= 3 ? [0.299, 0.587, 0.114] : .init(repeating: 1 / Float(channels), count: channels)
    let pixels = height * width
    return (0..<pixels).map { pixel in
      weights.indices.reduce(0) { sum, channel in
        sum + weights[channel] * row[isChannelsFirst == true ? channel * pixels + pixel : pixel * channels + channel]
      }
    }
  }
}
