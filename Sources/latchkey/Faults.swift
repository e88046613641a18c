import Hummingbird
import KeyCore
import Web

/// Turns whatever a handler throws into an answer: a problem document for programs, a page for people.
/// What happened inside goes to the log, with the request's id, and into no answer.
struct Faults: RouterMiddleware {
    let platform: Platform
    let page: @Sendable (Problem, Request, WebContext) async -> Response

    func handle(
        _ request: Request, context: WebContext, next: (Request, WebContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch {
            let problem = problem(error)
            log(problem, error, request, context)
            return isForPrograms(request) ? problem.response() : await page(problem, request, context)
        }
    }

    private func problem(_ error: any Error) -> Problem {
        switch error {
        case let problem as Problem: problem
        case let refusal as Refusal: Problem(refusal, platform: platform)
        case let error as HTTPError where error.status == .notFound: .notFound
        case let error as HTTPError where error.status.code < 500:
            Problem(error.status, "bad_request", error.body ?? error.status.reasonPhrase)
        default: .fault
        }
    }

    private func log(_ problem: Problem, _ error: any Error, _ request: Request, _ context: WebContext) {
        guard problem.status.code >= 500 else { return }
        // The rest of an invitation's address is as good as a password.
        let path = request.uri.path.hasPrefix("/invitations/") ? "/invitations/…" : request.uri.path
        context.logger.error(
            "A request failed.",
            metadata: [
                "path": "\(path)", "status": "\(problem.status.code)",
                "cause": "\(problem.cause ?? String(describing: error))",
            ])
    }

    private func isForPrograms(_ request: Request) -> Bool {
        let operations = ["/livez", "/readyz", "/metrics", "/openapi.json"]
        return request.uri.path.hasPrefix("/v1/") || operations.contains(request.uri.path)
    }
}
