import HTTPTypes
import Hummingbird
import KeyCore
import Web

/// What orchestrators and monitoring ask: `/livez`, `/readyz`, `/metrics`.
package struct HealthController: Sendable {
    private let verifier: Verifier
    private let follower: any Follower
    private let index: GrantIndex
    private let tally: UsageTally
    private let connections: OpenConnections

    package init(
        verifier: Verifier, follower: any Follower, index: GrantIndex, tally: UsageTally, connections: OpenConnections
    ) {
        self.verifier = verifier
        self.follower = follower
        self.index = index
        self.tally = tally
        self.connections = connections
    }

    package func addRoutes(to router: Router<WebContext>) {
        router.resource("livez", [.get: { _, _ in HealthController.text("ok\n") }])
        router.resource("readyz", [.get: { _, _ in await ready() }])
        router.resource("metrics", [.get: { _, _ in metrics() }])
    }

    /// Ready while the node can prove that it knows the latest deletions: when it could not, verifying would say
    /// `not_current`, and whoever distributes requests should ask another node.
    private func ready() async -> Response {
        await verifier.freshness() == .current
            ? HealthController.text("ready\n")
            : HealthController.text("The index is not current.\n", status: .serviceUnavailable)
    }

    /// The Prometheus text format, version 0.0.4.
    private func metrics() -> Response {
        let lines = (verifier.metrics + state + follower.metrics).flatMap(\.lines)
        var response = HealthController.text(lines.joined(separator: "\n") + "\n")
        response.headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
        return response
    }

    /// How the node is at this moment.
    private var state: [Metric] {
        let size = index.size
        return [
            .gauge(
                "latchkey_current", "1 while the node knows the latest deletions.",
                follower.freshness == .current ? 1 : 0),
            .gauge(
                "latchkey_lag_seconds",
                "Time since the index was last known to hold every change; 0 where that is known at once.",
                follower.lag.map { $0 / .seconds(1) } ?? .infinity),
            .gauge(
                "latchkey_lag_revisions", "Revisions that the index was behind when changes were last read.",
                Double(index.lastStep)),
            .gauge(
                "latchkey_index_revision", "The last change that the index holds.", Double(index.revision.number)),
            .gauge("latchkey_index_keys", "Keys in the index, deleted ones included.", Double(size.keys)),
            .gauge("latchkey_index_owners", "Owners of keys in the index.", Double(size.owners)),
            .gauge("latchkey_index_bytes", "Memory that the index takes for keys.", Double(size.bytes)),
            .gauge("latchkey_uses_waiting", "Last uses that are not written yet.", Double(tally.waiting)),
            .gauge("latchkey_connections", "Connections that clients have open.", Double(connections.number)),
        ]
    }

    private static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
