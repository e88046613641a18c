import Testing

@testable import KeyCore

struct EmailAddressTests {
    @Test(arguments: [
        "ada@engine.example", "a@b.co", "ada.king+keys@sub.engine.example", "o'hara@engine.example",
        "ада@почта.рф", "x@1.2", "a_b-c@d-e.example",
    ])
    func plausibleAddressIsTakenAsItIs(_ text: String) throws {
        #expect(try EmailAddress(text).text == text)
        #expect(try EmailAddress("  \(text)\n").text == text)
    }

    @Test(arguments: [
        "", " ", "ada", "@", "ada@", "@engine.example", "ada@engine", "ada@@engine.example", "a@b@c.example",
        "ada @engine.example", "ada@engine .example", "ada@.example", "ada@engine.", "ada@engine..example",
        "ada@-engine.example", "ada@engine-.example", "ada@engine.example\u{0}", "a\nb@engine.example",
        "<ada@engine.example>", "Ada <ada@engine.example>", "ada@engine.example,grace@engine.example",
        "ada;@engine.example", "\"ada\"@engine.example", "ada@[127.0.0.1]",
        "ada@engine.example>\u{301}SIZE=1", "ada,\u{301}b@engine.example", "\u{feff}ada@engine.example",
        "ada@\u{301}engine.example", "ad\u{200b}a@engine.example",
    ])
    func textThatNamesNoMailboxIsRefused(_ text: String) {
        let refusal = refusal { () throws(Refusal) in try EmailAddress(text) }
        #expect(refusal == .field("email", .emailInvalid))
    }

    @Test func lengthsAreThoseOfTheProtocol() throws {
        let local = String(repeating: "a", count: 64)
        let domain = [63, 63, 57].map { String(repeating: "d", count: $0) }.joined(separator: ".") + ".ex"
        let longest = local + "@" + domain
        #expect(longest.utf8.count <= EmailAddress.maximumLength)
        #expect(try EmailAddress(longest).text == longest)
        let longer = [local + "a@engine.example", local + "@" + domain + String(repeating: "m", count: 10)]
        for text in longer {
            #expect(refusal { () throws(Refusal) in try EmailAddress(text) }?.code == .emailInvalid)
        }
    }

    @Test func addressesAreComparedInAnyLetterCase() throws {
        #expect(try EmailAddress("Ada@Engine.Example").folded == EmailAddress("ADA@engine.EXAMPLE").folded)
        #expect(try EmailAddress("Ada@Engine.Example").localPart == "Ada")
    }
}
