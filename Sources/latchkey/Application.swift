import API
import Foundation
import Gateway
import HTTPTypes
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import KeyCore
import Logging
import Markdown
import NIOCore
import NIOSSL
import Passwords
import Portal
import ServiceLifecycle
import Web
import Workbook

/// The parts of one node, put together; the tests put together the same.
struct Node: Sendable {
    let registry: Registry
    let follower: any Follower
    let tally: UsageTally
    let refusals: RefusalTally
    let firstUses: FirstUseWatch
    let lane: FastLane
    let security: SecurityHeaders
    let connections = OpenConnections()
    let responder: RouterResponder<WebContext>

    /// Puts the parts together and fills the index.
    ///
    /// - Throws: `StoreError` when the store cannot be read.
    init(
        settings: Settings, platform: Platform, store: any Store, logger: Logger,
        hasher: any PasswordHasher = Node.hasher, now: @escaping @Sendable () -> Timestamp
    ) async throws {
        let index = GrantIndex()
        follower = store.following.follower(of: store, index: index, terms: settings.node, logger: logger)
        tally = UsageTally(index: index, store: store, logger: logger)
        refusals = RefusalTally(store: store, logger: logger)
        let verifier = Verifier(platform: platform, index: index, follower: follower, refusals: refusals, now: now)
        let clientAddress = ClientAddress(trustedProxies: settings.trustedProxies)
        let security = SecurityHeaders(isSecure: settings.isSecure)
        self.security = security
        lane = FastLane(platform: platform, verifier: verifier, security: security, clientAddress: clientAddress)
        registry = Registry(
            platform: platform, registration: settings.registration, store: store, hasher: hasher,
            passwords: PasswordPolicy(isCommon: CommonPasswords.bundled.contains), propagation: follower,
            prose: Markdown.prose, mailer: settings.mail.map { LoggedMailer(mail: $0, logger: logger) })

        firstUses = FirstUseWatch(registry: registry)
        let cookie = SessionCookie(isSecure: settings.isSecure)
        let address = PublicAddress(isSecure: settings.isSecure, given: settings.publicURL)
        let portal = Portal(
            registry: registry, cookie: cookie, address: address, roleWorkbook: RoleMatrixWorkbook.bytes,
            prose: Markdown.prose, now: now)
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            clientAddress
            security
            Compression()
            AuthorizeController(platform: platform, verifier: verifier)
            Faults(platform: platform, page: portal.page)
            SameOrigin(cookie: cookie)
        }
        HealthController(
            verifier: verifier, follower: follower, index: index, tally: tally, connections: connections
        ).addRoutes(to: router)
        VerifyController(platform: platform, verifier: verifier).addRoutes(to: router)
        IntrospectController(platform: platform, verifier: verifier).addRoutes(to: router)
        API(
            registry: registry, verifier: verifier, cookie: cookie, address: address, firstUses: firstUses, now: now
        ).addRoutes(to: router)
        portal.addRoutes(to: router)
        responder = router.buildResponder()
        try await follower.load()
    }

    /// Writes what verifying has gathered.
    func flush() async {
        await tally.flush()
        await refusals.flush()
    }

    /// One for the process: as many hashes at once as it may use cores.
    static let hasher = Argon2Hasher(concurrency: Processors.count)
}

extension Node {
    /// The node as it listens, and what it does beside that.
    ///
    /// They end in the opposite order: the server first, then the follower, so that nobody waits for this node.
    ///
    /// - Parameter end: hears when the last request is over.
    /// - Throws: what is wrong with the certificate.
    func services(
        settings: Settings, end: EndOfRequests, logger: Logger, onRunning: @escaping @Sendable (Int) async -> Void
    ) throws -> [any Service] {
        [tally, refusals, firstUses, follower, end, try server(settings, logger, onRunning)]
    }

    /// Behind HTTP or, where a certificate is given, HTTPS.
    private func server(
        _ settings: Settings, _ logger: Logger, _ onRunning: @escaping @Sendable (Int) async -> Void
    ) throws -> any Service {
        let ordinary = OrdinaryChannel(security: security) { try await respond(to: $0, $1, on: $2, logger) }
        guard let tls = settings.tls else {
            return HTTPServer(
                host: settings.host, port: settings.port, lane: lane, laneLoops: Processors.count, open: connections,
                logger: logger, onRunning: onRunning,
                child: { FastLaneChannel(lane: lane, ordinary: ordinary, given: $0) })
        }
        let channel = try TLSChannel(
            FastLaneChannel(lane: lane, ordinary: ordinary), tlsConfiguration: tls.configuration())
        return HTTPServer(
            host: settings.host, port: settings.port, lane: lane, laneLoops: 0, open: connections, logger: logger,
            onRunning: onRunning, child: { _ in channel })
    }

    /// Answers one request of the ordinary pipeline.
    private func respond(
        to request: Request, _ writer: consuming ResponseWriter, on channel: any Channel, _ logger: Logger
    ) async throws {
        var logger = logger
        logger[metadataKey: "hb.request.id"] = .stringConvertible(RequestID())
        let context = WebContext(source: ApplicationRequestContextSource(channel: channel, logger: logger))
        var response = try await responder.respond(to: request, context: context)
        response.headers[.date] = CivilTime(.now).httpDate
        try await writer.write(response: response.head, body: response.body)
    }
}

extension Settings.TLS {
    fileprivate func configuration() throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMFile(certificate).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        configuration.minimumTLSVersion = .tlsv12
        return configuration
    }
}
