import Hummingbird
import KeyCore
import Web

/// Who reads the discussions: somebody who is signed in, or a stranger where the platform lets them.
enum Onlooker: Sendable {
    case person(SignedIn)
    case stranger(Visitor)

    var request: Request {
        switch self {
        case .person(let person): person.request
        case .stranger(let visitor): visitor.request
        }
    }

    var reader: Reader {
        switch self {
        case .person(let person): person.reader
        case .stranger(let visitor): visitor.reader
        }
    }

    var caller: Caller? {
        if case .person(let person) = self { person.caller } else { nil }
    }

    /// The same with what is new for them now.
    func informed(news: Int) -> Onlooker {
        guard case .person(var person) = self else { return self }
        person.news = news
        return .person(person)
    }

    func page(_ page: ThreadPage, _ platform: Platform, refused: Refusal? = nil) -> Response {
        self.page(title: page.thread.topic.topic.title, page.content, platform, refused: refused)
    }

    func page(title: String, _ content: HTML, _ platform: Platform, refused: Refusal? = nil) -> Response {
        let html =
            switch self {
            case .person(let person):
                person.frame.signedIn(
                    person.account, at: .help, title: title, modules: ["discussions.js"], content)
            case .stranger(let visitor):
                visitor.frame.signedOut(
                    title: title, path: OwnPath(visitor.request.uri.string).path, isForReading: true, content)
            }
        return .page(html, refused: refused, platform: platform)
    }
}

extension Request {
    /// The fields of a form that holds a whole text.
    func formOfWords() async throws -> FormFields {
        FormFields(try await boundedBody(upTo: maximumWordsSize))
    }
}

/// 10,000 characters of 4 bytes, each byte written as 3 (`%F0`), and as much again of a title as it may have.
private let maximumWordsSize = 128 * 1024
