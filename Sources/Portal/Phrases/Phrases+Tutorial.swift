extension Phrases {
    /// The film of how to get a key.
    struct Tutorial: Sendable {
        let name: String
        let text: String
        /// The link that downloads it; with its size.
        let download: Filled
    }
}

extension Phrases.Tutorial {
    static let english = Phrases.Tutorial(
        name: "Video: from logging in to the first request with a key",
        text: "The same steps as a video, without sound and with captions.",
        download: { "Download it (MP4, \($0))" }
    )

    static let russian = Phrases.Tutorial(
        name: "Видео: от входа до первого запроса с ключом",
        text: "Те же шаги на видео, без звука и с субтитрами.",
        download: { "Скачать (MP4, \($0))" }
    )
}
