import Foundation
import KeyCore

/// The film that shows how to get a key, recorded from the pages in the reader's language by `make tutorial`.
struct TutorialVideo {
    /// The name of the article that tells the same in words.
    static let article = "api-keys"

    let reader: Reader

    /// In pixels of the film, so that the page keeps its room before anything of it has come.
    private static let size = (width: 1280, height: 720)

    private var words: Phrases.Tutorial { reader.phrases.tutorial }
    private var name: String { "tutorial-\(reader.language.rawValue)" }

    /// Nothing but the still is loaded before somebody presses Play: so no track is on of itself (account.js).
    var html: HTML {
        """
        <figure class="film">
        <video controls playsinline preload="none" width="\(TutorialVideo.size.width)" \
        height="\(TutorialVideo.size.height)" poster="\(Asset.path("\(name).avif"))" aria-label="\(words.name)">
        <source src="\(Asset.path("\(name).webm"))" type="video/webm">
        <source src="\(Asset.path("\(name).mp4"))" type="video/mp4">
        \(Language.allCases.map(track))</video>
        <figcaption class="small quiet">\(words.text) <a href="\(Asset.path("\(name).mp4"))" \
        download="\(name).mp4">\(words.download(weight))</a></figcaption>
        </figure>
        """
    }

    private func track(_ language: Language) -> HTML {
        """
        <track kind="captions" srclang="\(language.rawValue)" label="\(Phrases.of(language).common.languageName)" \
        src="\(Asset.path("\(name).\(language.rawValue).vtt"))"\(if: language == reader.language, " data-first")>

        """
    }

    /// "1.2 MB", "1,2 МБ".
    private var weight: String {
        Int64(Asset.length(of: "\(name).mp4")).formatted(.byteCount(style: .file).locale(reader.locale))
    }
}
