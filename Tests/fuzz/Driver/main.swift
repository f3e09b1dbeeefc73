import Foundation
import FuzzTargets

// libFuzzer over one target, which the environment's FUZZ_TARGET names: `Tests/fuzz/run` sets it. Without a name it lists
// the targets.

@_silgen_name("LLVMFuzzerRunDriver")
func runDriver(
  _ count: UnsafeMutablePointer<CInt>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ test: @convention(c) (UnsafePointer<UInt8>?, Int) -> CInt
) -> CInt

let environment = ProcessInfo.processInfo.environment
let names = FuzzTarget.all.map(\.name)
guard let chosen = FuzzTarget.all.first(where: { $0.name == environment["FUZZ_TARGET"] }) else {
  print(names.joined(separator: "\n"))
  exit(0)
}
nonisolated(unsafe) let target = chosen
if let folder = environment["FUZZ_SEEDS"] {
  for (index, seed) in (target.seeds() + target.corpus.map(\.bytes)).enumerated() {
    try Data(seed).write(to: URL(filePath: folder + "/seed-\(index)"))
  }
}

/// The name that libFuzzer's own main program, which is linked but not used, looks for.
@_cdecl("LLVMFuzzerTestOneInput")
func test(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  target.take(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

var count = CommandLine.argc
var arguments = CommandLine.unsafeArgv
exit(runDriver(&count, &arguments, test))
