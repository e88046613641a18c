import KeyCore
import Web

/// What the reader wants to see of the discussions, as it stands in the address: search, state and page.
struct TopicList: Hashable, Sendable {
    static let path = "\(HelpArticle.discussed)/discussions"
    static let askPath = "\(path)/new"
    /// Longer than any title.
    private static let maximumText = 200

    var text = ""
    var state = TopicQuery.State.all
    /// From 1.
    var page = 1

    init() {}

    /// Reads an address; what it does not understand counts as not said.
    init(_ fields: FormFields) {
        text = String(fields["q"].prefix(TopicList.maximumText))
        state = TopicQuery.State(rawValue: fields["state"]) ?? .all
        page = fields.page
    }

    var query: TopicQuery {
        TopicQuery(state: state, text: text, start: .offset((page - 1) * Discussions.pageSize))
    }

    /// Whether anything is left out.
    var isFiltered: Bool { state != .all || !text.isEmpty }

    /// The address, without what is as it would be anyway.
    func path(page: Int) -> String {
        FormFields.address(
            TopicList.path,
            [("q", text), ("state", state == .all ? "" : state.rawValue), ("page", page == 1 ? "" : String(page))])
    }

    func path(of state: TopicQuery.State) -> String {
        var list = self
        list.state = state
        return list.path(page: 1)
    }
}

/// Where a topic stands, and what is in it.
struct TopicPath {
    let topic: ID<Topic>

    init(_ topic: ID<Topic>) {
        self.topic = topic
    }

    /// What can be done with a topic by a form.
    enum Deed: String, CaseIterable {
        case close, reopen, hide, show, follow, unfollow, answer
    }

    var text: String { "\(TopicList.path)/\(topic)" }

    func page(_ page: Int) -> String { page == 1 ? text : "\(text)?page=\(page)" }

    /// The way in that leads back to the topic.
    var logIn: String { "/login?next=" + FormFields.encode(text) }

    var replies: String { "\(text)/replies" }
    var edit: String { "\(text)/edit" }

    func reply(_ reply: ID<Reply>) -> String { "\(replies)/\(reply)" }

    func deed(_ deed: Deed) -> String { "\(text)/\(deed.rawValue)" }

    /// Where a reply stands on its page.
    static func anchor(_ reply: ID<Reply>) -> String { "reply-\(reply)" }

    /// Where the question stands.
    static let question = "question"
}
