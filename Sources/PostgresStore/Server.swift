import KeyCore
import Synchronization

/// The database as this process knows it: where it is, and what has been learnt of the way to it.
final class Server: Sendable {
    let address: Address
    /// Takes a sentence for the log; none holds a secret.
    let warn: @Sendable (String) -> Void
    private let prepares = Atomic(true)
    private let latestHost = Atomic(0)
    private let made = Atomic(0)
    /// The beginning of the last wait that nothing ended. A connection that was not heard of since is not trusted.
    private let silence = Mutex<ContinuousClock.Instant?>(nil)

    init(address: Address, warn: @escaping @Sendable (String) -> Void) {
        self.address = address
        self.warn = warn
    }

    /// Connects to the host that took us last or, where that one does not, to the next that does.
    ///
    /// - Parameter isKept: whether it is for many transactions, so that it pays to prepare statements. One that is used
    ///   once does not find out what a pooler makes of them.
    func connect(patience: Duration, isKept: Bool = false) throws(Failure) -> Connection {
        let (count, first) = (address.hosts.count, latestHost.load(ordering: .relaxed))
        var causes: [String] = []
        for number in (first..<first + count).map({ $0 % count }) {
            do throws(Failure) {
                let connection = try Connection.open(
                    address.hosts[number], of: address,
                    prepares: isKept && prepares.load(ordering: .relaxed), patience: patience)
                latestHost.store(number, ordering: .relaxed)
                made.add(1, ordering: .relaxed)
                return connection
            } catch {
                causes.append(error.message)
            }
        }
        throw Failure(kind: .lost, message: causes.joined(separator: "; "))
    }

    /// How many connections have been made: that it has grown tells everybody that the database is there again.
    var connectionsMade: Int { made.load(ordering: .relaxed) }

    /// From now on statements are sent without names. Said once.
    func stopPreparing() {
        guard prepares.exchange(false, ordering: .relaxed) else { return }
        warn(
            "Prepared statements do not survive on the way to the database, as through a pooler in transaction mode. "
                + "Statements are sent without them from now on.")
    }

    /// Takes note that something which began at a moment was never answered.
    func fellSilent(at moment: ContinuousClock.Instant) {
        silence.withLock { $0 = max($0 ?? moment, moment) }
    }

    /// Whether a connection can be tried. After a silence, those that were idle meanwhile would each cost a deadline
    /// to find out; making a new one tells at once.
    func trusts(_ connection: Connection) -> Bool {
        guard !connection.isBroken else { return false }
        // Those that were made for prepared statements would go on with them.
        guard connection.prepares == prepares.load(ordering: .relaxed) else { return false }
        return silence.withLock { $0.map { connection.lastHeard > $0 } ?? true }
    }
}
