import KeyCore
import Testing

struct PasswordPolicyTests {
    private let policy = PasswordPolicy { ["password", "12345678", "пароль123"].contains($0) }
    private let email = EmailAddress(stored: "Ada.Lovelace@engine.example")

    @Test(arguments: [
        "correct horse battery staple", "aaaaaaaa", "        ", "パスワードですよね", "пароль-пароль", "1234567é",
        "😀😀😀😀😀😀😀😀", "password1!",
    ])
    func passwordOfAnyCompositionIsAccepted(_ text: String) {
        #expect(refused(text) == nil)
    }

    @Test(
        arguments: [
            ("", .passwordTooShort), ("1234567", .passwordTooShort), ("😀😀😀😀", .passwordTooShort),
            // Seven characters in the composed form in which they are hashed.
            ("e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}e\u{301}", .passwordTooShort),
            (String(repeating: "x", count: 257), .passwordTooLong), ("password", .passwordTooCommon),
            ("PassWord", .passwordTooCommon), ("ПАРОЛЬ123", .passwordTooCommon),
            ("ada.lovelace", .passwordIsEmail), ("ADA.LOVELACE", .passwordIsEmail),
            ("ada.lovelace@engine.example", .passwordIsEmail),
        ] as [(String, Refusal.Code)])
    func weakPasswordIsRefused(_ text: String, _ code: Refusal.Code) {
        #expect(refused(text) == .field("password", code))
    }

    @Test func lengthsAreInclusive() {
        #expect(refused(String(repeating: "x", count: PasswordPolicy.minimumLength)) == nil)
        #expect(refused(String(repeating: "😀", count: PasswordPolicy.maximumLength)) == nil)
    }

    @Test func refusalNamesTheFieldOfTheForm() {
        let refusal = refusal { () throws(Refusal) in
            try policy.check(Password("short"), email: nil, field: "new_password")
        }
        #expect(refusal == .field("new_password", .passwordTooShort))
    }

    @Test func passwordIsTheSameOnEveryKeyboard() {
        #expect(Array(Password("cafe\u{301}").text.utf8) == Array(Password("caf\u{e9}").text.utf8))
    }

    private func refused(_ text: String) -> Refusal? {
        refusal { () throws(Refusal) in try policy.check(Password(text), email: email) }
    }
}
