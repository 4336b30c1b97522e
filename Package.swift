// swift-tools-version: 6.2
import PackageDescription

#if canImport(Glibc)
  import Glibc
#endif

// The direction of imports is the direction of the data; Sources/README.md is the map and
// Tests/StructureTests fails on an arrow that points up.

/// One row of the package: a Swift target and the targets that it may import directly.
struct Stage {
  let name: String
  let imports: [String]
  var products: [Target.Dependency] = []
  /// Whether tests run it optimised too: unoptimised loops over vectors take a hundred times as long.
  var isAlwaysFast = false
}

/// Flags that pack the addresses to be relocated at a start, an eighth of its time, where the C library can
/// read them: glibc from 2.36 on.
let packedRelocations: [String] = {
  #if canImport(Glibc)
    if (__GLIBC__, __GLIBC_MINOR__) >= (2, 36) {
      return ["-Xlinker", "-z", "-Xlinker", "pack-relative-relocs"]
    }
  #endif
  return []
}()

/// System libraries, bound into the program where all their archives are installed, so that a start need not
/// map and relocate them: together a sixth of its time.
///
/// RE2 stays shared since newer versions need Abseil, nettle for its licence, simdjson as Debian has no archive.
func bound(_ names: String...) -> [LinkerSetting] {
  #if canImport(Glibc)
    #if arch(arm64)
      let folder = "/usr/lib/aarch64-linux-gnu"
    #else
      let folder = "/usr/lib/x86_64-linux-gnu"
    #endif
    let archives = names.map { "lib\($0).a" }
    if archives.allSatisfy({ access("\(folder)/\($0)", R_OK) == 0 }) {
      return archives.map { .linkedLibrary(":\($0)") }
    }
  #endif
  return [.linkedLibrary(names[0])]
}

let stages: [Stage] = [
  Stage(name: "Diagnostics", imports: []),
  Stage(name: "Tasks", imports: []),
  Stage(name: "Calendars", imports: []),
  Stage(name: "Statistics", imports: ["CKernels"], isAlwaysFast: true),
  Stage(name: "Columns", imports: ["CKernels"]),
  Stage(name: "Simulating", imports: ["Statistics", "Calendars"]),
  Stage(
    name: "Formats",
    imports: [
      "Columns", "Tasks", "Calendars", "Diagnostics", "CKernels", "CCompression", "CMapping",
      "CSQLite", "CSimdjson",
      "CXlsx",
    ]),
  Stage(
    name: "Loading",
    imports: ["Formats", "Columns", "Tasks", "Calendars", "Diagnostics", "CKernels"]),
  Stage(name: "Parsing", imports: ["Diagnostics"]),
  Stage(name: "Plans", imports: ["Columns", "Calendars", "Diagnostics"]),
  Stage(name: "Checking", imports: ["Parsing", "Plans", "Columns", "Calendars", "Diagnostics"]),
  Stage(name: "Planning", imports: ["Plans", "Columns"]),
  Stage(name: "Kernels", imports: ["Columns", "CKernels", "CRE2"]),
  Stage(
    name: "Evaluating",
    imports: ["Plans", "Kernels", "Columns", "Tasks", "Calendars", "Statistics", "Diagnostics"]),
  Stage(
    name: "Verbs",
    imports: ["Checking", "Parsing", "Plans", "Columns", "Statistics", "Calendars", "Diagnostics"]),
  Stage(name: "Results", imports: ["Columns"]),
  Stage(name: "Rendering", imports: ["Results", "Columns", "Calendars", "Diagnostics"]),
  Stage(
    name: "Engine",
    imports: [
      "Verbs", "Checking", "Parsing", "Planning", "Evaluating", "Kernels", "Plans", "Loading",
      "Formats", "Results", "Rendering", "Columns", "Tasks", "Calendars", "Diagnostics", "CHash",
    ]),
  Stage(
    name: "Shell",
    imports: [
      "Engine", "Checking", "Plans", "Parsing", "Rendering", "Results", "Formats", "Columns",
      "Tasks",
      "Calendars", "Diagnostics", "CLibEdit",
    ]),
]

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "decoy",
  products: [.executable(name: "decoy", targets: ["decoy"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // Thin C layers: byte-mask loops of our own, and shims over system libraries.
    .target(name: "CCompression", linkerSettings: bound("z") + bound("zstd") + bound("lz4")),
    .target(name: "CHash", linkerSettings: [.linkedLibrary("nettle")]),
    .target(name: "CKernels", cSettings: [.define("NDEBUG")]),
    .target(name: "CLibEdit", linkerSettings: bound("edit", "tinfo", "bsd", "md")),
    // Reads of a mapped file that was cut short.
    .target(name: "CMapping"),
    .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
    .target(name: "CSimdjson", linkerSettings: [.linkedLibrary("simdjson")]),
    // A terminal for tests, which Swift cannot make: it has no fork.
    .target(name: "CPseudoTerminal", path: "Tests/CPseudoTerminal"),
    .target(name: "CSQLite", linkerSettings: bound("sqlite3")),
    // It opens libxlsxwriter when the first workbook is written.
    .target(name: "CXlsx"),
    .executableTarget(
      name: "decoy",
      dependencies: [
        "Shell", "Engine", "Simulating", "Formats", "Rendering", "Results", "Columns", "Tasks",
        "Calendars", "Diagnostics", "CMapping",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      // A start binds and relocates no library of Swift, and retains are plain calls.
      linkerSettings: [
        .unsafeFlags(
          ["-static-stdlib", "-use-ld=lld", "-l_FoundationCollections", "-l_FoundationCShims"]
            + packedRelocations,
          .when(configuration: .release))
      ]),
  ],
  cxxLanguageStandard: .cxx17
)

for stage in stages {
  package.targets.append(
    .target(
      name: stage.name,
      dependencies: stage.imports.map { .target(name: $0) } + stage.products,
      swiftSettings: stage.isAlwaysFast
        ? [.unsafeFlags(["-O"], .when(configuration: .debug))] : []))
}

/// Test targets and what each imports.
let tests: [(name: String, imports: [String])] = [
  ("DiagnosticsTests", ["Diagnostics"]),
  ("StructureTests", []),
  ("GoldenTests", ["Engine", "Rendering", "Results", "Calendars", "Tasks", "Diagnostics"]),
  ("OracleTests", ["Engine", "Checking", "Results", "Columns", "Tasks", "Diagnostics"]),
  ("CommandLineTests", ["decoy"]),
  ("TerminalTests", ["decoy", "CPseudoTerminal"]),
  ("RenderingTests", ["Rendering", "Columns", "Calendars", "Diagnostics"]),
  ("PlanningTests", ["Planning", "Plans", "Columns"]),
  ("TasksTests", ["Tasks"]),
  ("CalendarsTests", ["Calendars"]),
  ("ParsingTests", ["Parsing", "Diagnostics"]),
  ("StatisticsTests", ["Statistics", "CKernels"]),
  ("SimulatingTests", ["Simulating", "Statistics", "Calendars"]),
  (
    "ShellTests",
    [
      "Shell", "Engine", "Verbs", "Checking", "Plans", "Parsing", "Rendering", "Results", "Columns",
      "Calendars", "Tasks", "Formats", "Diagnostics",
    ]
  ),
  (
    "CheckingTests",
    ["Checking", "Verbs", "Parsing", "Plans", "Columns", "Calendars", "Diagnostics"]
  ),
  (
    "VerbsTests",
    ["Verbs", "Checking", "Parsing", "Plans", "Columns", "Calendars", "Diagnostics"]
  ),
  ("FormatsTests", ["Formats", "Columns", "Calendars", "Tasks", "CKernels"]),
  ("LoadingTests", ["Loading", "Formats", "Columns", "Calendars", "Tasks", "CSQLite"]),
  ("ColumnsTests", ["Columns"]),
  ("KernelsTests", ["Kernels"]),
  (
    "AnalystTests",
    ["Engine", "Checking", "Simulating", "Results", "Columns", "Tasks", "Diagnostics"]
  ),
  (
    "EvaluatingTests",
    [
      "Evaluating", "Planning", "Plans", "Kernels", "Columns", "Calendars", "Tasks", "Diagnostics",
    ]
  ),
]

for test in tests {
  package.targets.append(
    .testTarget(
      name: test.name, dependencies: test.imports.map { .target(name: $0) },
      exclude: test.name == "OracleTests" ? ["README.md"] : []))
}

let shims: Set<String> = [
  "CCompression", "CHash", "CKernels", "CLibEdit", "CMapping", "CPseudoTerminal", "CRE2", "CSQLite",
  "CSimdjson",
  "CXlsx",
]
for target in package.targets where !shims.contains(target.name) {
  target.swiftSettings = settings + (target.swiftSettings ?? [])
}
