import Drawing
import Testing

/// The chart of `docs/contributing/add-a-chart.md`.
@Suite struct SortedChartTests {
  private func study(_ values: [Double]) -> StudyValues {
    StudyValues(
      name: "s", objectives: [ObjectiveAxis("val_loss")],
      trials: values.enumerated().map { TrialPoint(number: $0, values: [$1]) })
  }

  @Test func `the picture is sound and its text shows the best and the worst value`() {
    let picture = SortedChart(study([0.5, 0.25, .nan, 2])).draw()
    expectSound(picture, "sorted")
    #expect(picture.text.contains("Sorted values of val_loss in s"))
    #expect(picture.text.contains("2"))
  }

  @Test func `without a finished trial it says so`() {
    let picture = SortedChart(study([])).draw()
    expectSound(picture, "sorted, empty")
    #expect(picture.text.contains("nothing to draw"))
  }
}
