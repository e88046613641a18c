extension Phrases {
    /// The page that a browser keeps for when the service cannot be reached.
    struct Offline: Sendable {
        let title: String
        let text: String
        let again: String
    }
}

extension Phrases.Offline {
    static let english = Phrases.Offline(
        title: "No connection",
        text: "This page could not be loaded: your device has no network, or the service does not answer. "
            + "Check your connection, then try again.",
        again: "Try again"
    )

    static let russian = Phrases.Offline(
        title: "Нет связи",
        text: "Страница не загрузилась: ваше устройство не в сети или сервис не отвечает. "
            + "Проверьте подключение и попробуйте ещё раз.",
        again: "Попробовать ещё раз"
    )
}
