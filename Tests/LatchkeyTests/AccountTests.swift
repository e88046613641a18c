import Foundation
import HTTPTypes
import KeyCore
import Testing

@testable import latchkey

@Suite struct AccountTests {
    @Test func aSessionEndsAfterFourteenIdleDays() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            node.clock.advance(by: .days(14) - .milliseconds(1))
            #expect(try await irina.ask(.get, "/v1/me").status == 200)
            node.clock.advance(by: .days(14))
            #expect(try await irina.ask(.get, "/v1/me").code == "not_signed_in")
        }
    }

    @Test func aSessionThatIsUsedEveryDayEndsAfterNinety() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            for _ in 0..<89 {
                node.clock.advance(by: .days(1))
                #expect(try await irina.ask(.get, "/v1/me").status == 200)
            }
            node.clock.advance(by: .days(1))
            #expect(try await irina.ask(.get, "/v1/me").status == 401)
        }
    }

    @Test func eachLogInMakesANewSessionAndEndsTheOneThatTheBrowserHad() async throws {
        try await TestNode.run { _, client in
            let first = try await Visitor.registered(client)
            let answer = try await first.ask(
                .post, "/v1/session", ["email": "irina@example.com", "password": "a quiet garden"])
            #expect(answer.status == 201)
            let second = Visitor(client: client).with(cookieOf: answer)
            #expect(second.headers[.cookie] != first.headers[.cookie])
            #expect(try await second.ask(.get, "/v1/me").status == 200)
            #expect(try await first.ask(.get, "/v1/me").status == 401)
            #expect(try await second.ask(.delete, "/v1/session").status == 204)
            #expect(try await second.ask(.get, "/v1/me").status == 401)
            let third = try await Visitor.registered(client, email: "third@example.com")
            let again = try await third.ask(
                .post, "/v1/accounts",
                ["name": "A", "email": "fourth@example.com", "password": "a quiet garden", "company": "B"])
            #expect(again.status == 201)
            #expect(try await third.ask(.get, "/v1/me").status == 401)
        }
    }

    @Test func aPasswordChangeEndsEverySession() async throws {
        try await TestNode.run { node, client in
            let irina = try await Visitor.registered(client)
            let cookie = try #require(irina.headers[.cookie]?.split(separator: "=").last.map(String.init))
            let token = try #require(SessionToken(cookie: cookie))
            let occasion = Occasion(at: node.clock.now, address: "test")
            let caller = try #require(try await node.node.registry.caller(with: token, on: occasion))
            let fresh = try await node.node.registry.changePassword(
                from: "a quiet garden", to: "another garden", by: caller)
            #expect(try await irina.ask(.get, "/v1/me").status == 401)
            #expect(try await node.node.registry.caller(with: fresh, on: occasion) != nil)
        }
    }

    @Test func anUnknownEmailAndAWrongPasswordGetTheSameAnswer() async throws {
        try await TestNode.run { _, client in
            _ = try await Visitor.registered(client)
            let visitor = Visitor(client: client)
            let wrong = try await visitor.ask(
                .post, "/v1/session", ["email": "irina@example.com", "password": "wrong garden"])
            let unknown = try await visitor.ask(
                .post, "/v1/session", ["email": "nobody@example.com", "password": "wrong garden"])
            #expect(wrong.status == 401)
            #expect(wrong.text == unknown.text)
        }
    }

    @Test(arguments: ["irina@example.com", "nobody@example.com"])
    func afterTenFailuresTheNextLogInsMustWaitEachTwiceAsLong(email: String) async throws {
        try await TestNode.run { node, client in
            _ = try await Visitor.registered(client)
            let visitor = Visitor(client: client)
            let attempt = { try await visitor.ask(.post, "/v1/session", ["email": email, "password": "wrong"]) }
            for _ in 0..<10 { #expect(try await attempt().status == 401) }
            for expected in [1, 2, 4] {
                let refused = try await attempt()
                #expect(refused.status == 429)
                #expect(refused.headers[.retryAfter] == "\(expected)")
                node.clock.advance(by: .seconds(expected))
                #expect(try await attempt().status == 401)
            }
        }
    }

    @Test func theRightPasswordForgivesTheAccount() async throws {
        try await TestNode.run { _, client in
            _ = try await Visitor.registered(client)
            let visitor = Visitor(client: client)
            for _ in 0..<9 {
                _ = try await visitor.ask(.post, "/v1/session", ["email": "irina@example.com", "password": "wrong"])
            }
            let right = try await visitor.ask(
                .post, "/v1/session", ["email": "irina@example.com", "password": "a quiet garden"])
            #expect(right.status == 201)
        }
    }

    @Test func registeringIsRefusedWhereItIsClosed() async throws {
        try await TestNode.run([.registration: "closed"]) { _, client in
            let answer = try await Visitor(client: client).ask(
                .post, "/v1/accounts",
                ["name": "A", "email": "a@example.com", "password": "a quiet garden", "company": "B"])
            #expect(answer.status == 403)
            #expect(answer.code == "registration_closed")
        }
    }

    @Test func everythingThatIsWrongWithARegistrationIsSaidAtOnce() async throws {
        try await TestNode.run { _, client in
            let answer = try await Visitor(client: client).ask(
                .post, "/v1/accounts", ["name": " ", "email": "x", "password": "short", "company": "", "age": 3])
            #expect(answer.status == 422)
            #expect(answer.fields == ["age"])
            let shaped = try await Visitor(client: client).ask(
                .post, "/v1/accounts", ["name": " ", "email": "x", "password": "short", "company": ""])
            #expect(shaped.fields == ["name", "email", "password", "company"])
        }
    }

    @Test func theCookieOverHTTPSIsBoundToTheHost() async throws {
        try await TestNode.run([.publicURL: "https://account.example.com"]) { _, client in
            let answer = try await Visitor(client: client).ask(
                .post, "/v1/accounts",
                ["name": "A", "email": "a@example.com", "password": "a quiet garden", "company": "B"])
            let cookie = try #require(answer.headers[.setCookie])
            #expect(cookie.hasPrefix("__Host-latchkey="))
            for attribute in ["; Secure", "; HttpOnly", "; SameSite=Lax", "; Path=/"] {
                #expect(cookie.contains(attribute))
            }
            #expect(answer.headers[HTTPField.Name("Strict-Transport-Security")!] != nil)
        }
    }
}
