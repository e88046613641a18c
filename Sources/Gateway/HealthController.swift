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

    package init(verifier: Verifier, follower: any Follower, index: GrantIndex, tally: UsageTally) {
        self.verifier = verifier
        self.follower = follower
        self.index = index
        self.tally = tally
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
        var lines = [
            "# HELP latchkey_decisions_total Answers of verify, authorize and introspect by outcome.",
            "# TYPE latchkey_decisions_total counter",
        ]
        lines += DecisionCounts.Outcome.allCases.map {
            "latchkey_decisions_total{outcome=\"\($0.name)\"} \(verifier.count(of: $0))"
        }
        let metrics: [Metric] = [
            .gauge("latchkey_index_keys", "Keys in the index, deleted ones included.", Double(index.count)),
            .gauge(
                "latchkey_index_revision", "The last change that the index holds.", Double(index.revision.number)),
            .gauge("latchkey_uses_waiting", "Last uses that are not written yet.", Double(tally.waiting)),
            .gauge(
                "latchkey_current", "1 while the node knows the latest deletions.",
                follower.freshness == .current ? 1 : 0),
        ]
        let stale = Metric.counter(
            "latchkey_stale_answers_total", "Keys accepted without a lease (--serve-stale).", verifier.staleAnswers)
        let lane = Metric.counter(
            "latchkey_fast_lane_answers_total", "Answers of verify and authorize that the fast lane gave.",
            verifier.laneAnswers)
        lines += (metrics + [stale, lane] + follower.metrics).flatMap(\.lines)
        var response = HealthController.text(lines.joined(separator: "\n") + "\n")
        response.headers[.contentType] = "text/plain; version=0.0.4; charset=utf-8"
        return response
    }

    private static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        Response(
            status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
