import KeyCore

/// What was typed into a form of the discussions, and why it was refused.
struct TypedWords {
    var title = ""
    var body = ""
    var refusal: Refusal?

    var faults: Faults { refusal.map(Faults.init) ?? .none }

    /// The page's phrases, which say to who wrote too often when to try again.
    func phrases(of reader: Reader) -> Phrases {
        guard let refusal, case .later(let wait) = refusal.kind else { return reader.phrases }
        let minutes = max(1, Int((wait.components.seconds + 59) / 60))
        let words = reader.phrases.discussions.writing
        return reader.phrases.saying { $0 == .rateLimited ? words.tooOften(minutes) : nil }
    }
}

/// The form of a question or a reply: one to be sent, or one to be changed.
struct WordsForm {
    static let fields = ["title", "body"]

    let reader: Reader
    /// Where it goes.
    let path: String
    /// What is kept of it in the tab until it is sent (draft.js), by whom and where it was written.
    let draft: String
    let label: String
    let verb: String
    let typed: TypedWords
    /// Whether it has a line for the title.
    var hasTitle = false
    /// Who will read it.
    var readers: String?
    /// Where giving up leads.
    var back: String?
    /// Looked at first: somebody came here to write.
    var isFocused = false
    /// The page of the replies that it is sent from.
    var page = 1

    private var words: Phrases.Writing { reader.phrases.discussions.writing }
    private var phrases: Phrases { typed.phrases(of: reader) }
    private var faults: Faults { typed.faults }
    /// Whether the words are what somebody has just tried to send.
    private var isRefused: Bool { typed.refusal != nil }

    var html: HTML {
        """
        <form class="form" method="post" action="\(path)" novalidate data-draft="\(draft)"\
        \(if: isRefused, " data-refused")>
        \(Parts.summary(faults, phrases))
        \(if: page > 1, "<input type=\"hidden\" name=\"page\" value=\"\(page)\">")
        \(if: hasTitle, title)
        \(body)
        \(formatting)
        <div class="actions">
        <button class="button primary">\(verb)</button>
        \(back.map { Parts.link(to: $0, reader.phrases.common.cancel, "plain") } ?? "")
        </div>
        </form>
        """
    }

    private var title: HTML {
        var field = Field(name: "title", label: words.title, value: typed.title, hint: words.titleHint)
        field.attributes = isFocused && !isRefused ? " autofocus" : ""
        return field.html(
            faults, phrases, isFirstFault: faults.isFirst("title", among: WordsForm.fields))
    }

    private var body: HTML {
        let fault = faults.sentence(for: "body", phrases)
        let isFirst = faults.isFirst("body", among: WordsForm.fields) || isFocused && !hasTitle && !isRefused
        // A parser leaves out the first line break after the tag.
        return """
            <div class="field">
            <label for="body">\(label)</label>
            <textarea class="input words" id="body" name="body" rows="5" required aria-describedby="body-hint body-fault"\
            \(if: fault != nil, " aria-invalid=\"true\"")\(if: isFirst, " autofocus")>
            \(typed.body)</textarea>
            \(Parts.fault("body", fault))
            <p class="hint" id="body-hint">\(readers.map { "\($0) " } ?? "")\(words.noSecrets) \(words.bodyHint)</p>
            </div>
            """
    }

    private var formatting: HTML {
        let text = words.sample
        let rows: [(String, String)] = [
            ("**\(text)**", words.bold), ("`\(text)`", words.codeInLine), ("```\n\(text)\n```", words.codeBlock),
            ("> \(text)", words.quote), ("- \(text)", words.list), ("[\(text)](https://...)", words.link),
        ]
        let items = rows.map { row -> HTML in "<dt><code>\(row.0)</code></dt><dd>\(row.1)</dd>\n" }
        return """
            <details class="formatting"><summary>\(Icon.arrow.html(class: "arrow"))\(words.formatting)</summary>
            <dl>\(items)</dl></details>
            """
    }
}

/// The page on which a question is asked.
struct AskPage {
    let reader: Reader
    let platform: Platform
    let article: String
    let person: ID<User>
    var typed = TypedWords()

    private var words: Phrases.Writing { reader.phrases.discussions.writing }

    var content: HTML {
        """
        <div class="discussions">
        \(DiscussionParts.crumbs(reader, article, here: words.askTitle))
        <div class="page-head"><div class="title">
        <h1>\(words.askTitle)</h1>
        <p class="quiet">\(words.askIntro)</p>
        </div></div>
        <div class="card"><div class="part">\(form.html)</div></div>
        </div>
        """
    }

    private var form: WordsForm {
        WordsForm(
            reader: reader, path: TopicList.askPath, draft: Draft.question(of: person), label: words.body,
            verb: words.sendQuestion, typed: typed, hasTitle: true,
            readers: words.questionReaders(platform.discussions, platform.name), back: TopicList.path)
    }
}

/// The names under which the tab keeps what is being written.
enum Draft {
    static func question(of person: ID<User>) -> String { "\(person).ask" }

    static func reply(to topic: ID<Topic>, of person: ID<User>) -> String { "\(person).reply.\(topic)" }

    /// Without the post: the beginning of all of them.
    static func edit(_ post: String = "", of person: ID<User>) -> String { "\(person).edit.\(post)" }
}
