import KeyCore

/// Every phrase of the pages in one language. One member a phrase: a language that lacks one does not compile.
///
/// A phrase with a place for a value is a function; one with a number knows its plural forms. They are many, and every
/// page asks for them again and again: so they are shared, and never copied.
@dynamicMemberLookup
package struct Phrases: Sendable {
    private let topics: Shared
    /// The sentence for a refusal: what happened, and what to do.
    private(set) var refusal: @Sendable (Refusal.Code) -> String

    init(_ topics: Topics, refusal: @escaping @Sendable (Refusal.Code) -> String) {
        self.topics = Shared(topics)
        self.refusal = refusal
    }

    package subscript<Topic>(dynamicMember topic: KeyPath<Topics, Topic>) -> Topic { topics.topics[keyPath: topic] }

    /// The same phrases where a page has better words for some refusals.
    func saying(_ special: @escaping @Sendable (Refusal.Code) -> String?) -> Phrases {
        var phrases = self
        phrases.refusal = { [refusal] code in special(code) ?? refusal(code) }
        return phrases
    }

    static func of(_ language: Language) -> Phrases {
        switch language {
        case .english: .english
        case .russian: .russian
        }
    }

    private final class Shared: Sendable {
        let topics: Topics

        init(_ topics: Topics) {
            self.topics = topics
        }
    }
}

extension Phrases {
    /// The phrases by what they are about.
    package struct Topics: Sendable {
        let language: Language
        let common: Common
        let entrance: Entrance
        let main: Main
        let settings: Settings
        let sessions: Sessions
        let keys: Keys
        let keysPage: KeysPage
        let create: Create
        let createWindow: CreateWindow
        let calendar: Calendar
        let reveal: Reveal
        let delete: Delete
        let failure: Failure
        let people: People
        let invitation: Invitation
        let roles: Roles
        let audit: Audit
        let companyKeys: CompanyKeys
        let rights: Rights
        let refusals: Refusals
        let help: Help
        let discussions: Discussions
        let notifications: Notifications
        let tutorial: Tutorial
        let offline: Offline
    }
}

extension Phrases {
    typealias Counted = @Sendable (Int) -> String
    typealias Filled = @Sendable (String) -> String

    /// What stands on every page.
    struct Common: Sendable {
        let languageName: String
        let language: String
        let skipToContent: String
        let navigation: String
        let menu: String
        let mainPage: String
        let apiKeys: String
        let settings: String
        let logIn: String
        let logOut: String
        let register: String
        let save: String
        let cancel: String
        let close: String
        let justNow: String
        let today: String
        let inDays: Counted
        let daysAgo: Counted
    }

    /// Welcome, registering and logging in.
    struct Entrance: Sendable {
        let welcomeTitle: Filled
        let welcomeText: String
        let registerTitle: String
        let registerText: String
        let logInTitle: String
        let name: String
        let email: String
        let password: String
        let passwordHint: String
        /// Filled with the label of the field.
        let show: Filled
        let company: String
        let haveAccount: String
        let noAccount: String
        let checkFields: Counted
    }

    struct Settings: Sendable {
        let intro: String
        let profile: String
        let profileText: String
        let emailHint: String
        let security: String
        let securityText: String
        let currentPassword: String
        let newPassword: String
        let changePassword: String
        let changePasswordHint: String
        let languageAndZone: String
        let languageAndZoneText: String
        let timeZone: String
        let timeZoneHint: String
        let useBrowserZone: String
        let company: String
        let companyText: String
        let role: String
        let forDevelopers: String
        let forDevelopersText: String
        let open: String
        let openText: String
        let liveKeys: Counted
        let saved: String
        let passwordChanged: String
    }

    /// The API keys page and its table.
    struct Keys: Sendable {
        let intro: String
        let breadcrumb: String
        let createKey: String
        let deleteAllKeys: String
        let search: String
        let searchPlaceholder: String
        let status: String
        let anyStatus: String
        let active: String
        let notCopied: String
        let expired: String
        let notCopiedHint: String
        let selectAll: String
        let select: Filled
        let delete: Filled
        let actions: String
        let name: String
        let key: String
        let created: String
        let expires: String
        let lastUsed: String
        let never: String
        let caption: String
        let selected: Filled
        let deleteSelected: String
        let deleteShort: String
        let clear: String
        let range: @Sendable (_ first: String, _ last: String, _ total: String) -> String
        let pages: String
        let previous: String
        let next: String
        let emptyTitle: String
        let emptyText: String
        let createFirst: String
        let noResultsTitle: String
        let noResultsText: Filled
        let noResultsForStatus: String
        let clearFilters: String
        let mayNotCreate: String
    }

    struct Create: Sendable {
        let title: String
        let namePlaceholder: String
        let nameHint: String
        let in30Days: String
        let in90Days: String
        let in6Months: String
        let inOneYear: String
        let presets: String
        let worksThrough: @Sendable (_ day: String, _ zone: String) -> String
        let permissions: String
        let everything: Filled
        let everythingText: String
        let dateMissing: String
    }

    struct Reveal: Sendable {
        let title: String
        let text: String
        let key: String
        let copyKey: String
        let showKey: String
        let download: String
        let copied: String
        let copyFailed: String
        let copiedInPart: String
        let notSeenCopied: String
        let haveCopied: String
        let done: String
        let tryIt: Filled
        let copyCommand: String
        let startsWhenConfirmed: String
        let waiting: String
        let firstRequest: @Sendable (_ time: String, _ address: String) -> String
        let firstRequestAt: Filled
    }

    struct Delete: Sendable {
        let title: String
        let oneTitle: @Sendable (_ name: HTML) -> HTML
        let someTitle: Counted
        let allTitle: String
        let oneText: String
        let manyText: String
        let allText: Counted
        let lastUsed: @Sendable (_ when: HTML) -> HTML
        let neverUsed: String
        let usedLastWeek: Counted
        let noneUsedLastWeek: String
        let andMore: Counted
        let word: String
        let typeWord: Filled
        let wrongWord: Filled
        let oneButton: String
        let manyButton: Counted
        let done: Counted
        let nothingSelected: String
    }

    struct Failure: Sendable {
        let notFoundTitle: String
        let notFoundText: String
        let failedTitle: String
        let lacksTitle: String
        let lacks: Filled
        let crossSite: String
        let tooLarge: String
        let tooSlow: String
        let toMainPage: String
        let quote: String
        let unreachable: String
        let signedOut: String
        let anotherPerson: String
    }
}
