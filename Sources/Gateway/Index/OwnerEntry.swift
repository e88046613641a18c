import KeyCore
import Synchronization

/// The owner of keys in the index. Its keys point to it, so that a changed role changes one place however many keys
/// there are.
final class OwnerEntry: Sendable {
    let user: ID<User>
    private let known: Mutex<OwnerCard?>

    init(_ user: ID<User>) {
        self.user = user
        known = Mutex(nil)
    }

    /// `nil` until the store has told of them.
    var card: OwnerCard? { known.withLock { $0 } }

    func set(_ owner: Owner) {
        let card = OwnerCard(owner)
        known.withLock { $0 = card }
    }
}

/// What answers tell of an owner, encoded once for all of them.
final class OwnerCard: Sendable {
    let owner: Owner
    /// The headers that tell of the owner, and the beginnings and ends of the body around the key: see `AcceptedAnswer`.
    let parts: AcceptedAnswer.OwnerParts

    init(_ owner: Owner) {
        self.owner = owner
        parts = AcceptedAnswer.OwnerParts(owner)
    }
}
