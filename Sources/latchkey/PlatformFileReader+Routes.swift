import KeyCore
import Yams

extension PlatformFileReader {
    /// Adds the file's rules to the platform's table.
    mutating func add(_ node: YAMLNode, to platform: inout Platform) {
        for entry in list(node, "routes") ?? [] {
            guard let members = members(of: entry, as: "a route", known: ["method", "path", "permission"]) else {
                continue
            }
            let method = required("method", in: members, of: entry).flatMap { self.text($0, "method") }
            let path = required("path", in: members, of: entry).flatMap { self.text($0, "path") }
            let permission = required("permission", in: members, of: entry).flatMap { self.needed($0, of: platform) }
            guard let method, let path else { continue }
            let route = Route(method: method, pattern: path, permission: permission, line: entry.mark?.line ?? 0)
            do {
                try add(route, to: &platform)
            } catch {
                note(sentence(error, route), at: (error == .method ? members["method"] : members["path"]) ?? entry)
            }
        }
    }

    private mutating func add(_ route: Route, to platform: inout Platform) throws(RouteTable.Fault) {
        // A request's path ends before its query, and a decoded “*” would be taken for a wildcard.
        if route.pattern.contains("?") { throw .path(.parameters) }
        if route.pattern.lowercased().contains("%2a") { throw .wildcardWithinSegment }
        try platform.routes.add(route)
    }

    /// The right that a route asks for; `nil` for `none`.
    private mutating func needed(_ node: YAMLNode, of platform: Platform) -> Permission? {
        guard let text = text(node, "permission"), text != "none" else { return nil }
        return right(text, at: node, of: platform)
    }

    private func sentence(_ fault: RouteTable.Fault, _ route: Route) -> String {
        let path = Self.quoted(route.pattern)
        switch fault {
        case .path(.parameters):
            return "the path \(path) has a “?” or “;”. Leave out what begins there: it takes no part."
        case .path(.notAbsolute): return "the path \(path) does not begin with a slash. Write \"/…\"."
        case .path(let fault): return "the path \(path) \(fault.phrase)."
        case .method:
            return "the method \(Self.quoted(route.method)) must be one such as GET, in capitals, or \"*\" for all."
        case .deepWildcardNotLast: return "the path \(path) goes on after “**”, which stands at a path's end only."
        case .wildcardWithinSegment:
            return "the path \(path) has “*” within a segment. It stands for a whole one, as in /devices/*/logs."
        case .sameAs(let earlier):
            return "this route can never match: line \(earlier.line) names \(earlier.method) "
                + "\(Self.quoted(earlier.pattern)) already. Remove one of them."
        }
    }
}
