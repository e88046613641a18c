import API
import Foundation
import Gateway
import Hummingbird
import HummingbirdCore
import HummingbirdTLS
import KeyCore
import Logging
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
    let lane: FastLane
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
        lane = FastLane(platform: platform, verifier: verifier, security: security, clientAddress: clientAddress)
        registry = Registry(
            platform: platform, registration: settings.registration, store: store, hasher: hasher,
            passwords: PasswordPolicy(isCommon: CommonPasswords.bundled.contains), propagation: follower,
            mailer: settings.mail.map { LoggedMailer(mail: $0, logger: logger) })

        let cookie = SessionCookie(isSecure: settings.isSecure)
        let address = PublicAddress(isSecure: settings.isSecure, given: settings.publicURL)
        let portal = Portal(
            registry: registry, cookie: cookie, address: address, roleWorkbook: RoleMatrixWorkbook.bytes, now: now)
        let router = Router(context: WebContext.self, options: .autoGenerateHeadEndpoints)
        router.addMiddleware {
            clientAddress
            security
            AuthorizeController(platform: platform, verifier: verifier)
            Faults(platform: platform, page: portal.page)
            SameOrigin(cookie: cookie)
        }
        HealthController(verifier: verifier, follower: follower, index: index, tally: tally).addRoutes(to: router)
        VerifyController(platform: platform, verifier: verifier).addRoutes(to: router)
        IntrospectController(platform: platform, verifier: verifier).addRoutes(to: router)
        API(registry: registry, verifier: verifier, cookie: cookie, address: address, now: now).addRoutes(to: router)
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

/// The service as it listens: the node behind HTTP, or HTTPS where a certificate is given.
///
/// Services end in the opposite order: the server first, then the follower, so that nobody waits for this node.
///
/// - Parameter end: hears when the last request is over.
/// - Throws: what is wrong with the certificate.
func buildApplication(
    settings: Settings, node: Node, end: EndOfRequests, logger: Logger,
    onRunning: @escaping @Sendable (Int) async -> Void = { _ in }
) throws -> some ApplicationProtocol {
    var server = HTTPServerBuilder { responder in
        let ordinary = HTTP1Channel(responder: responder, configuration: .init(idleTimeout: .seconds(75)))
        return FastLaneChannel(lane: node.lane, ordinary: ordinary)
    }
    if let tls = settings.tls { server = try .tls(server, tlsConfiguration: tls.configuration()) }
    return Application(
        responder: node.responder,
        server: server,
        configuration: ApplicationConfiguration(address: .hostname(settings.host, port: settings.port)),
        services: [node.tally, node.refusals, node.follower, end],
        onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? settings.port) },
        logger: logger)
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
