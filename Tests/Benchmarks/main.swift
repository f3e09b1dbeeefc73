import Foundation

Benchmark.main(Array(CommandLine.arguments.dropFirst()))
