import Foundation
import HTTPTypes
import Hummingbird
import Web

/// A request's JSON object, read member by member. What is wrong is gathered, so that a client hears of everything
/// at once: `required`, `wrong_type`, `unknown_member`.
struct JSONBody {
    /// How many unknown members are named; an answer should not be longer than its question.
    private static let maximumUnknown = 10

    private let members: [String: JSONValue]
    private var known: Set<String> = []
    private var problems: [Problem.FieldProblem] = []

    /// - Throws: 413 past the limit, 415 for another media type, 400 `malformed_json`.
    init(_ request: Request) async throws {
        if let type = request.headers[.contentType], !JSONBody.isJSON(type) {
            throw Problem(
                .unsupportedMediaType, "unsupported_media_type", "Send the body as application/json.")
        }
        let bytes = try await request.boundedBody()
        guard JSONShape(bytes).isModest else {
            throw Problem(.badRequest, "malformed_json", "The body is nested too deeply or holds too many values.")
        }
        guard case .object(let members)? = try? JSONDecoder().decode(JSONValue.self, from: Data(bytes)) else {
            throw Problem(.badRequest, "malformed_json", "The body is not a JSON object. Check it with a JSON parser.")
        }
        self.members = members
    }

    mutating func string(_ name: String) -> String {
        if let text = optionalString(name) { return text }
        switch members[name] {
        case nil, .null: note(name, "required", "This member must be there.")
        default: break
        }
        return ""
    }

    mutating func strings(_ name: String, atMost limit: Int) -> [String] {
        if case .null = members[name] ?? .null { note(name, "required", "This member must be there.") }
        return optionalStrings(name, atMost: limit) ?? []
    }

    /// A missing member and `null` are the same.
    mutating func optionalString(_ name: String) -> String? {
        value(name, "a string") { if case .string(let text) = $0 { text } else { nil } }
    }

    mutating func optionalBool(_ name: String) -> Bool? {
        value(name, "true or false") { if case .bool(let flag) = $0 { flag } else { nil } }
    }

    mutating func optionalStrings(_ name: String, atMost limit: Int) -> [String]? {
        value(name, "a list of at most \(limit) strings") { value in
            guard case .array(let values) = value, values.count <= limit else { return nil }
            var texts: [String] = []
            for case .string(let text) in values { texts.append(text) }
            return texts.count == values.count ? texts : nil
        }
    }

    /// Whether a member is there and not `null`, of whatever type.
    func has(_ name: String) -> Bool {
        if case .null = members[name] ?? .null { false } else { true }
    }

    /// Whether a member is there and `null`, where that says something else than leaving it out.
    func isNull(_ name: String) -> Bool {
        if case .null? = members[name] { true } else { false }
    }

    mutating func note(_ field: String, _ code: String, _ detail: String) {
        problems.append(Problem.FieldProblem(field: field, code: code, detail: detail))
    }

    /// - Throws: 422 with everything that was noted, and with the members that nothing asked for.
    mutating func finish() throws(Problem) {
        for name in members.keys.sorted().filter({ !known.contains($0) }).prefix(JSONBody.maximumUnknown) {
            note(name, "unknown_member", "There is no such member. Leave it out.")
        }
        guard let first = problems.first else { return }
        let isOne = problems.count == 1
        var problem = Problem(
            .unprocessableContent, isOne ? first.code : "invalid",
            isOne ? "\(first.field): \(first.detail)" : "Some members need another value; see errors.")
        problem.errors = problems
        throw problem
    }

    private mutating func value<Value>(
        _ name: String, _ wanted: String, _ convert: (JSONValue) -> Value?
    ) -> Value? {
        known.insert(name)
        guard let found = members[name] else { return nil }
        if case .null = found { return nil }
        let value = convert(found)
        if value == nil { note(name, "wrong_type", "This member must be \(wanted).") }
        return value
    }

    private static func isJSON(_ type: String) -> Bool {
        let name = type.prefix { $0 != ";" }.trimmingCharacters(in: .whitespaces).lowercased()
        return name == "application/json" || name.hasSuffix("+json")
    }
}
