import Hummingbird
import LatchkeyClient

/// A screen somewhere.
struct Device: ResponseEncodable {
    struct Wish: Decodable {
        let name: String

        func checked() throws -> String { try checkedText(name, member: "name") }
    }

    let id: String
    let name: String
    let addedBy: String

    enum CodingKeys: String, CodingKey {
        case id, name
        case addedBy = "added_by"
    }
}

/// What the screens show.
struct Broadcast: ResponseEncodable {
    struct Wish: Decodable {
        let title: String

        func checked() throws -> String { try checkedText(title, member: "title") }
    }

    let id: String
    let title: String
    let changedBy: String

    enum CodingKeys: String, CodingKey {
        case id, title
        case changedBy = "changed_by"
    }
}

/// Who calls, as Latchkey told.
struct Caller: ResponseEncodable {
    let user: String
    let company: String
    let role: String
    let key: String
    let permissions: [String]

    init(_ identity: Identity) {
        user = identity.user.name
        company = identity.company.name
        role = identity.role
        key = identity.key.name
        permissions = identity.permissions.sorted()
    }
}

private func checkedText(_ text: String, member: String) throws -> String {
    guard (1...100).contains(text.count) else {
        throw HTTPError(.unprocessableContent, message: "Give “\(member)” 1 to 100 characters.")
    }
    return text
}
