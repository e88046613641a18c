/// Lets a number of callers in at once, makes a number of others wait in order, and turns the rest away.
actor Turnstile {
    private var freePlaces: Int
    private let maximumWaiting: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(places: Int, maximumWaiting: Int) {
        freePlaces = places
        self.maximumWaiting = maximumWaiting
    }

    /// Returns `true` once there is a place, or `false` at once when too many wait already.
    func enter() async -> Bool {
        if freePlaces > 0 {
            freePlaces -= 1
            return true
        }
        guard waiting.count < maximumWaiting else { return false }
        await withCheckedContinuation { waiting.append($0) }
        return true
    }

    /// Gives the place to the one who has waited longest.
    func leave() {
        if waiting.isEmpty {
            freePlaces += 1
        } else {
            waiting.removeFirst().resume()
        }
    }
}
