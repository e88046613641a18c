import Testing

@testable import Portal

@Suite struct ScriptLinkerTests {
    private static let sources = [
        "a.js": "import { b } from \"./b.js\";\nimport { c, d } from \"./c-d.js\";\n\nb(c, d);\n",
        "b.js": "import { c } from \"./c-d.js\";\nexport function b() {\n  return c;\n}\n",
        "c-d.js": "// What is shared.\nexport const c = 1; // stays\n/** Two\n * lines. */\nexport class d {}\n",
        "e.js": "import \"./c-d.js\";\nexport async function e() {}\n",
    ]

    private let linker = ScriptLinker(sources)

    @Test func moduleThatTwoImportStandsOnceAndBeforeThem() {
        #expect(
            linker.script(of: "a.js") == """
                const $c_d = (() => {
                const c = 1; // stays
                class d {}
                return { c, d };
                })();
                const $b = (() => {
                const { c } = $c_d;
                function b() {
                  return c;
                }
                return { b };
                })();
                const { b } = $b;
                const { c, d } = $c_d;
                b(c, d);

                """)
    }

    @Test func moduleIsRunThatNothingIsTakenFrom() {
        #expect(linker.script(of: "e.js").hasPrefix("const $c_d"))
        #expect(linker.script(of: "e.js").hasSuffix("})();\nasync function e() {}\n"))
    }

    @Test func everyScriptOfTheProductIsLinked() throws {
        for name in ["account.js", "keys.js", "docs.js"] {
            let script = String(buffer: try #require(Asset.named(name)).file.bytes)
            #expect(!script.contains("\nimport ") && !script.contains("\nexport "), "\(name)")
        }
    }
}

@Suite struct StyleSheetTests {
    @Test func remarksAndIndentsAreLeftOutAndFoundationsComeFirst() {
        let sheets = [
            "docs.css": "p {}", "audit.css": ".log {\n  color: red;\n}\n",
            "app.css": "/* The\n   tokens */\n\n:root {}\n",
        ]
        #expect(StyleSheet.joined(sheets) == ":root {}\n.log {\ncolor: red;\n}\n")
    }
}
