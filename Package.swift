// swift-tools-version:6.2
import PackageDescription

// The house (docs/ARCHITECTURE.md): a target imports only floors below its own, and `make check` proves it.
// Floor 0 knows the rules, floor 1 what those have in common that speak HTTP, floor 2 one outside thing each, and
// floor 3 puts them together.

// Scripts/run-fuzz sets it: what is fuzzed then tells libFuzzer what of it was reached, and checks its memory.
let isFuzzing = Context.environment["LATCHKEY_FUZZING"] != nil
let sanitizers = ["-sanitize=fuzzer,address"]

let strict: [SwiftSetting] =
    [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]
    + (isFuzzing ? [.unsafeFlags(sanitizers + ["-enable-testing"])] : [])

let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let nio = Target.Dependency.product(name: "NIOCore", package: "swift-nio")

let package = Package(
    name: "latchkey",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "latchkey", targets: ["latchkey"]),
        .library(name: "LatchkeyClient", targets: ["LatchkeyClient"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-crypto.git", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log.git", from: "1.14.0"),
        .package(url: "https://github.com/apple/swift-nio.git", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl.git", from: "2.37.0"),
        .package(url: "https://github.com/groue/GRDB.swift.git", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird.git", from: "2.28.0"),
        .package(url: "https://github.com/jpsim/Yams.git", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-docc-plugin.git", from: "1.5.0"),
    ],
    targets: [
        // Floor 0
        .target(
            name: "KeyCore",
            dependencies: [.product(name: "Crypto", package: "swift-crypto")],
            swiftSettings: strict
        ),
        .target(name: "CAssets", exclude: ["files"]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        // No pkgConfig: it would name the shared libraries (module.modulemap).
        .systemLibrary(
            name: "CCMark", providers: [.apt(["libcmark-gfm-dev", "libcmark-gfm-extensions-dev"])]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CLinux"),
        .systemLibrary(name: "CLibPQ", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CXLSXWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),

        // Floor 1
        .target(name: "Web", dependencies: ["KeyCore", "CZlib", hummingbird, nio], swiftSettings: strict),

        // Floor 2
        .target(
            name: "SQLiteStore",
            dependencies: ["KeyCore", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict
        ),
        .target(name: "PostgresStore", dependencies: ["KeyCore", "CLibPQ"], swiftSettings: strict),
        .target(name: "Passwords", dependencies: ["KeyCore", "CArgon2", "CAssets"], swiftSettings: strict),
        .target(name: "Mail", dependencies: ["KeyCore", "CCurl"], swiftSettings: strict),
        .target(name: "Markdown", dependencies: ["KeyCore", "CCMark"], swiftSettings: strict),
        .target(name: "Workbook", dependencies: ["KeyCore", "CXLSXWriter"], swiftSettings: strict),
        .target(
            name: "Gateway",
            dependencies: [
                "KeyCore", "Web", "CLinux", hummingbird, nio,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .target(
            name: "API",
            dependencies: [
                "KeyCore", "Web", "CAssets", hummingbird, nio,
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict
        ),
        .target(name: "Portal", dependencies: ["KeyCore", "Web", "CAssets", hummingbird], swiftSettings: strict),
        // The client and its middleware are one library: a second product, or a trait with an `#if` around half of
        // the files, would be two builds to test and two things to look for, to save those a build who use one half.
        .target(
            name: "LatchkeyClient",
            dependencies: [
                "KeyCore", "Web", hummingbird, nio,
                .product(name: "AsyncHTTPClient", package: "async-http-client"),
            ],
            swiftSettings: strict
        ),

        // Floor 3
        .executableTarget(
            name: "latchkey",
            dependencies: [
                "KeyCore", "SQLiteStore", "PostgresStore", "Passwords", "Mail", "Markdown", "Workbook", "Web",
                "Gateway", "API", "Portal", "CAssets", hummingbird, nio,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "HummingbirdTLS", package: "hummingbird"),
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOSSL", package: "swift-nio-ssl"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "Yams", package: "Yams"),
            ],
            swiftSettings: strict
        ),

        // A service that guards its routes with keys; not part of the product.
        .executableTarget(
            name: "signage",
            dependencies: ["LatchkeyClient", hummingbird],
            path: "Examples/signage",
            exclude: ["README.md"],
            swiftSettings: strict
        ),

        // What the stages of a verify cost (`make bench-micro`); not part of the product.
        .target(name: "CAllocationCount", path: "Benchmarks/micro/CAllocationCount"),
        .executableTarget(
            name: "micro",
            dependencies: [
                "KeyCore", "Web", "SQLiteStore", "Gateway", "CAllocationCount", nio,
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
            ],
            path: "Benchmarks/micro",
            exclude: ["CAllocationCount"],
            swiftSettings: strict
        ),

        // Tests
        .target(
            name: "StoreConformance", dependencies: ["KeyCore", "Gateway"], path: "Tests/StoreConformance",
            swiftSettings: strict),
        .testTarget(name: "KeyCoreTests", dependencies: ["KeyCore"], swiftSettings: strict),
        .testTarget(
            name: "SQLiteStoreTests", dependencies: ["SQLiteStore", "StoreConformance", "KeyCore", "Gateway"],
            swiftSettings: strict),
        .testTarget(
            name: "PostgresStoreTests", dependencies: ["PostgresStore", "StoreConformance", "KeyCore", "Gateway"],
            swiftSettings: strict),
        .testTarget(
            name: "LatchkeyClientTests",
            dependencies: [
                "LatchkeyClient", "KeyCore", hummingbird, nio, .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "HummingbirdTesting", package: "hummingbird"),
            ],
            swiftSettings: strict
        ),
        .testTarget(name: "MarkdownTests", dependencies: ["Markdown", "Portal", "KeyCore"], swiftSettings: strict),
        .testTarget(
            name: "PortalTests", dependencies: ["Portal", "KeyCore", "Markdown", "Web"], swiftSettings: strict),
        .testTarget(
            name: "LatchkeyTests",
            dependencies: [
                "latchkey", "KeyCore", "SQLiteStore", "Passwords", "Gateway", "API", "Web",
                .product(name: "HummingbirdTesting", package: "hummingbird"),
                .product(name: "NIOEmbedded", package: "swift-nio"), .product(name: "NIOHTTP1", package: "swift-nio"),
            ],
            swiftSettings: strict
        ),
    ]
)

if isFuzzing {
    package.targets += [
        .systemLibrary(name: "CLibFuzzer", path: "Tests/Fuzz/CLibFuzzer"),
        .executableTarget(
            name: "LaneFuzz",
            dependencies: [
                "KeyCore", "Web", "Gateway", "CLibFuzzer", hummingbird, nio,
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            // Links to the sources of the ordinary pipeline that the executable has: no target can import that.
            path: "Tests/Fuzz",
            exclude: ["CLibFuzzer", "corpus", "lane.dict"],
            swiftSettings: strict,
            // The usual linker fails at libFuzzer's symbols.
            linkerSettings: [.unsafeFlags(sanitizers + ["-use-ld=lld"])]
        ),
    ]
}
