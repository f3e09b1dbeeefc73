// The charts whose plots are still being written.
extension ConfusionChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension HistoryChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension IntermediateChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension ParallelChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension SliceChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension ContourChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension ImportanceChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension EdfChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension RankChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension TimelineChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension ParetoChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension RangeTestChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension PathChart { var plot: Plot { Plot(title: Self.name, panels: [], emptyMessage: "nothing to draw yet") } }
extension DataChart { package func draw() -> Picture { .empty(title: Self.name, message: "nothing to draw yet") } }
extension NetworkChart { package func draw() -> Picture { .empty(title: Self.name, message: "nothing to draw yet") } }
