import Hummingbird
import LatchkeyClient

/// What each company shows, in memory: gone when the service stops.
actor Signs {
    private var devices: [String: [Device]] = [:]
    private var broadcasts: [String: [String: Broadcast]] = [:]
    private var count = 0

    /// A company holds no more devices or broadcasts than this, so that nobody fills the memory.
    private static let limit = 1000

    func devices(of company: String) -> [Device] {
        devices[company] ?? []
    }

    func addDevice(_ name: String, by caller: Identity) throws -> Device {
        guard devices(of: caller.company.id).count < Signs.limit else { throw HTTPError(.conflict, message: "Full.") }
        count += 1
        let device = Device(id: "device-\(count)", name: name, addedBy: caller.user.name)
        devices[caller.company.id, default: []].append(device)
        return device
    }

    /// A device of another company is not found, as if it were not there.
    func removeDevice(_ id: String, of company: String) throws {
        guard let place = devices(of: company).firstIndex(where: { $0.id == id }) else { throw HTTPError(.notFound) }
        devices[company]?.remove(at: place)
    }

    func hasBroadcast(_ id: String, of company: String) -> Bool {
        broadcasts[company]?[id] != nil
    }

    func broadcast(_ id: String, of company: String) throws -> Broadcast {
        guard let broadcast = broadcasts[company]?[id] else { throw HTTPError(.notFound) }
        return broadcast
    }

    func setBroadcast(_ id: String, to title: String, by caller: Identity) throws -> Broadcast {
        let isNew = !hasBroadcast(id, of: caller.company.id)
        guard !isNew || broadcasts[caller.company.id, default: [:]].count < Signs.limit else {
            throw HTTPError(.conflict, message: "Full.")
        }
        let broadcast = Broadcast(id: id, title: title, changedBy: caller.user.name)
        broadcasts[caller.company.id, default: [:]][id] = broadcast
        return broadcast
    }
}
