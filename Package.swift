// swift-tools-version: 6.1
import PackageDescription

/// A library target and the tests that mirror it.
func room(
  _ name: String, knows dependencies: [Target.Dependency] = [], testedWith helpers: [Target.Dependency] = [],
  settings: [SwiftSetting] = []
) -> [Target] {
  [
    .target(name: name, dependencies: dependencies, swiftSettings: settings),
    .testTarget(
      name: name + "Tests", dependencies: [.byName(name: name)] + dependencies + helpers, swiftSettings: settings),
  ]
}

/// A C library of the system, reached through a module map and one shim header.
func system(_ name: String, package: String) -> Target {
  .systemLibrary(name: name, path: "Sources/" + name, providers: [.apt([package])])
}

/// The processor that the program is built for: this machine's, or what the environment names (the wheel is built for
/// x86-64, x86-64-v3 and x86-64-v4).
let processor = Context.environment["ATTUNE_MARCH"] ?? "native"

/// Rooms whose loops are the program's cost: compiled for the processor, optimised in debug builds as well.
let numeric: [SwiftSetting] = [.unsafeFlags(["-O", "-Xcc", "-march=\(processor)", "-Xcc", "-fno-math-errno"])]

let package = Package(
  name: "attune",
  products: [.executable(name: "attune", targets: ["attune"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.6"),
  ],
  targets: [
    .executableTarget(
      name: "attune",
      dependencies: [
        "Kernel", "Workbench", "Jupyter", "FileAccess", "LinearAlgebra",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Logging", package: "swift-log"),
      ]),
    .target(name: "EchoInterpreter", dependencies: ["Jupyter"], path: "Tests/EchoInterpreter"),
    .executableTarget(
      name: "echo-kernel", dependencies: ["Kernel", "EchoInterpreter"], path: "Tests/EchoKernel"),
    .executableTarget(
      name: "benchmarks", dependencies: ["NeuralNetworks", "Datasets", "Vocabulary", "Search", "Storage", "Studies"],
      path: "Tests/Benchmarks"),
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Datasets", "NeuralNetworks", "Workbench", "Jupyter", "Language", "Vocabulary",
        .product(name: "GRDB", package: "GRDB.swift"),
      ],
      path: "Tests/fuzz/Targets"),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets"]),
    .executableTarget(
      name: "SearchServer", dependencies: ["Search", "Vocabulary"], path: "Tests/SearchBenchmarks/SearchServer"),
    system("CZeroMQ", package: "libzmq3-dev"),
    system("COpenBLAS", package: "libopenblas-dev"),
    system("CZlib", package: "zlib1g-dev"),
    system("CArchive", package: "libarchive-dev"),
    system("CIconv", package: "libc6-dev"),
    system("CSodium", package: "libsodium-dev"),
    .target(name: "CPostgreSQL"),
    system("CSpawn", package: "libc6-dev"),
    system("CProcessor", package: "libc6-dev"),
  ]
    + room("Vocabulary")
    + room("FileAccess")
    + room("LinearAlgebra", knows: ["COpenBLAS", "CProcessor"], settings: numeric)
    + room(
      "Datasets",
      knows: [
        "Vocabulary", "FileAccess", "LinearAlgebra", "Language", "Storage", "CZlib", "CArchive", "CIconv", "CSodium",
        "CPostgreSQL", .product(name: "GRDB", package: "GRDB.swift"),
      ],
      settings: numeric)
    + room("NeuralNetworks", knows: ["Vocabulary", "FileAccess", "LinearAlgebra", "Datasets"], settings: numeric)
    + room("Search", knows: ["Vocabulary", "LinearAlgebra"], settings: numeric)
    + room("Storage", knows: ["CPostgreSQL", .product(name: "GRDB", package: "GRDB.swift")])
    + room("Studies", knows: ["Vocabulary", "LinearAlgebra", "Search", "Storage"])
    + room("Drawing", knows: ["Vocabulary"])
    + room("Language", knows: ["Vocabulary"])
    + room("Jupyter", knows: ["CSodium"])
    + room("ZeroMQ", knows: ["CZeroMQ"])
    + room(
      "Kernel",
      knows: [
        "ZeroMQ", "CZeroMQ", "Jupyter", "FileAccess", .product(name: "Logging", package: "swift-log"),
        .product(name: "GRDB", package: "GRDB.swift"),
      ], testedWith: ["EchoInterpreter"])
    + room(
      "Workbench",
      knows: [
        "Jupyter", "Language", "Drawing", "Vocabulary", "Studies", "Search", "Storage", "NeuralNetworks", "Datasets",
        "LinearAlgebra", "CSpawn", "FileAccess",
      ])
)

// The program links with libFuzzer, so it exists only if Tests/fuzz/run asks for it.
if Context.environment["ATTUNE_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "fuzz", dependencies: ["FuzzTargets"], path: "Tests/fuzz/Driver",
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld"])]))
  package.products.append(.executable(name: "fuzz", targets: ["fuzz"]))
}
