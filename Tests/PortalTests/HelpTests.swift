import KeyCore
import Markdown
import Testing

@testable import Portal

@Suite struct HelpTests {
    private let library = HelpLibrary(reading: Markdown.prose)

    /// Every answer of a verify that refuses. A reason that is new does not compile until it stands here too.
    private static let reasons: [Decision.Reason] = [
        .missing, .malformed, .unknown, .deleted, .expired, .notCopied, .ownerBlocked,
        .missingPermission(Platform.smartPlayer.right(.apiKeys, .create)), .unknownPermission(""), .pathRefused(""),
        .noRoute, .notCurrent,
    ]

    private func isListed(_ reason: Decision.Reason) -> Bool {
        switch reason {
        case .missing, .malformed, .unknown, .deleted, .expired, .notCopied, .ownerBlocked, .missingPermission,
            .unknownPermission, .pathRefused, .noRoute, .notCurrent:
            HelpTests.reasons.contains(reason)
        }
    }

    @Test(arguments: Language.allCases)
    func everyRefusalOfAVerifyHasItsSection(_ language: Language) throws {
        let article = try #require(library.articles(in: language).first)
        let anchors = Set(article.sections.map(\.anchor))
        for reason in HelpTests.reasons {
            #expect(anchors.contains(reason.code) && isListed(reason), "\(reason.code)")
        }
        let known = RefusedCode.allCases.filter { $0 != .other }
        for code in known { #expect(anchors.contains(code.rawValue), "\(code)") }
    }

    @Test func bothLanguagesHaveTheSameSections() {
        let english = library.articles(in: .english).map { $0.sections.map { "\($0.level) \($0.anchor)" } }
        let russian = library.articles(in: .russian).map { $0.sections.map { "\($0.level) \($0.anchor)" } }
        #expect(english == russian)
        for anchors in english { #expect(Set(anchors).count == anchors.count) }
    }

    @Test(arguments: Language.allCases)
    func everyPictureIsThereAndHasASize(_ language: Language) throws {
        let article = try #require(library.articles(in: language).first)
        let pictures = article.sections.flatMap(\.blocks).flatMap(\.pictures)
        #expect(pictures.count == 4)
        for picture in pictures {
            let asset = try #require(Asset.named(picture.name), "\(picture.name)")
            #expect(asset.file.bytes.readableBytes < 12_000)
            let shown = try #require(ScreenPicture(picture.name), "\(picture.name)")
            #expect(shown.width > 500 && shown.height <= 520, "\(picture.name)")
            #expect(shown.sources.contains("-2x.avif "), "\(picture.name)")
            #expect(ScreenPicture(picture.name.replacing(".avif", with: "-dark.avif")) != nil, "\(picture.name)")
        }
    }

    @Test(arguments: [
        (Language.english, "EXPIRED", "/help/api-keys#expired"), (.english, "not_cop", "/help/api-keys#not_copied"),
        (.english, "renew key", "/help/api-keys#renewing"), (.russian, "истек", "/help/api-keys#expired"),
        (.russian, "удалённого", "/help/api-keys#undo"), (.russian, "удаленный", "/help/api-keys#undo"),
        (.english, "401 proxy", "/help/api-keys#missing"), (.russian, "прокси", "/help/api-keys#missing"),
    ])
    func aSectionIsFoundByTheBeginningsOfItsWords(_ language: Language, _ question: String, _ path: String) {
        let found = library.index(in: language).results(for: question).map(\.path)
        #expect(found.prefix(3).contains(path), "\(found)")
    }

    @Test(arguments: ["", "  ", "???", "zebra", "expired zebra", "<script>", String(repeating: "a ", count: 5_000)])
    func whatIsNotThereIsNotFound(_ question: String) {
        let found = library.index(in: .english).results(for: question)
        #expect(found.isEmpty || question.hasPrefix("a "))
        #expect(found.count <= HelpIndex.maximumResults)
    }

    @Test func anExcerptMarksWhatWasLookedFor() throws {
        let result = try #require(library.index(in: .english).results(for: "fingerprint").first)
        #expect(result.path == "/help/api-keys#rules")
        #expect(result.excerpt.filter(\.isFound).map(\.text) == ["fingerprint"])
        #expect(result.excerpt.count > 20)
    }
}

extension Prose.Block {
    fileprivate var pictures: [Prose.Picture] {
        switch self {
        case .paragraph(let parts):
            parts.compactMap { if case .picture(let picture, _) = $0 { picture } else { nil } }
        case .list(let list): list.items.flatMap(\.self).flatMap(\.pictures)
        default: []
        }
    }
}
