/// One rule of the platform: what a method at a path needs.
package struct Route: Hashable, Sendable {
    /// An HTTP method in capitals, or `*` for every one.
    package let method: String
    /// The path as it was written, such as `/api/devices/**`.
    package let pattern: String
    /// `nil` when a valid key is enough.
    package let permission: Permission?
    /// Where the rule stands in the platform file; 0 for the built-in one.
    package let line: Int

    package init(method: String, pattern: String, permission: Permission?, line: Int = 0) {
        self.method = method
        self.pattern = pattern
        self.permission = permission
        self.line = line
    }
}

/// The platform's rules as a tree of path segments: finding one costs the length of the path, however many there are.
///
/// In a pattern `*` stands for one segment, and `**`, at its end only, for any number of them, none included. The most
/// specific rule wins: segment by segment from the left, a name before `*` before `**`; then the method before `*`.
/// A rule whose path fits and whose method does not is passed over for a less specific one. HEAD is judged as GET
/// where no rule names it.
package struct RouteTable: Sendable {
    /// What a path needs that no rule names.
    package enum Otherwise: String, CaseIterable, Sendable {
        case requireKey = "require-key"
        case refuse
    }

    /// Why a rule cannot be.
    package enum Fault: Error, Hashable, Sendable {
        case path(RequestPath.Fault)
        case method
        /// `**` stands before the end of the path.
        case deepWildcardNotLast
        /// A segment holds `*` besides other characters.
        case wildcardWithinSegment
        /// An earlier rule has the same method and path, so this one would never decide anything.
        case sameAs(Route)
    }

    private struct Node {
        /// By their bytes: Swift holds "K" and the Kelvin sign for the same text, and the service behind does not.
        var names: [[UInt8]: Int] = [:]
        var anyName: Int?
        /// The rules whose path ends here, by method.
        var here: [String: Int] = [:]
        /// The rules whose path goes on with `**`.
        var below: [String: Int] = [:]
    }

    package let otherwise: Otherwise
    package private(set) var routes: [Route] = []
    private var nodes = [Node()]

    package init(otherwise: Otherwise = .requireKey) {
        self.otherwise = otherwise
    }

    /// - Throws: `Fault`, for a rule that could never decide anything.
    package mutating func add(_ route: Route) throws(Fault) {
        guard RouteTable.isMethod(route.method) else { throw .method }
        var segments = try RouteTable.segments(of: route.pattern)
        let isDeep = segments.last == "**"
        if isDeep { segments.removeLast() }
        var place = 0
        for segment in segments { place = child(segment, of: place) }
        let rules = isDeep ? nodes[place].below : nodes[place].here
        if let earlier = rules[route.method] { throw .sameAs(routes[earlier]) }
        routes.append(route)
        if isDeep {
            nodes[place].below[route.method] = routes.count - 1
        } else {
            nodes[place].here[route.method] = routes.count - 1
        }
    }

    /// The rule that decides, if one names this method and path.
    package func route(method: String, path: RequestPath) -> Route? {
        let methods = method == "HEAD" ? ["HEAD", "GET", "*"] : [method, "*"]
        return find(path.segments[...], from: 0, methods).map { routes[$0] }
    }

    /// Goes back where a more specific path has no rule for the method. Each node is entered once at most, so the
    /// table's size bounds the work whatever the path.
    private func find(_ segments: ArraySlice<String>, from place: Int, _ methods: [String]) -> Int? {
        let node = nodes[place]
        guard let first = segments.first else {
            return RouteTable.rule(in: node.here, methods) ?? RouteTable.rule(in: node.below, methods)
        }
        let rest = segments.dropFirst()
        if let next = node.names[Array(first.utf8)], let found = find(rest, from: next, methods) { return found }
        if let next = node.anyName, let found = find(rest, from: next, methods) { return found }
        return RouteTable.rule(in: node.below, methods)
    }

    private static func rule(in rules: [String: Int], _ methods: [String]) -> Int? {
        for method in methods { if let rule = rules[method] { return rule } }
        return nil
    }

    private mutating func child(_ segment: String, of place: Int) -> Int {
        let name = Array(segment.utf8)
        let existing = segment == "*" ? nodes[place].anyName : nodes[place].names[name]
        if let existing { return existing }
        nodes.append(Node())
        if segment == "*" {
            nodes[place].anyName = nodes.count - 1
        } else {
            nodes[place].names[name] = nodes.count - 1
        }
        return nodes.count - 1
    }

    private static func segments(of pattern: String) throws(Fault) -> [String] {
        let path: RequestPath
        do {
            path = try RequestPath(pattern)
        } catch {
            throw .path(error)
        }
        for (index, segment) in path.segments.enumerated() where segment.contains("*") {
            guard segment == "*" || segment == "**" else { throw .wildcardWithinSegment }
            guard segment == "*" || index == path.segments.count - 1 else { throw .deepWildcardNotLast }
        }
        return path.segments
    }

    /// A token (RFC 9110, section 5.6.2) in capitals, as all methods in use are, or `*`.
    private static func isMethod(_ text: String) -> Bool {
        let isToken = !text.isEmpty && text.utf8.allSatisfy { (0x41...0x5A).contains($0) || $0 == UInt8(ascii: "-") }
        return text == "*" || isToken
    }
}

extension RouteTable {
    /// What a request needs, and the rule that says so.
    package struct Finding: Hashable, Sendable {
        package let requirement: Requirement
        package let route: Route?
    }

    /// - Parameter target: the path as it was requested, in its encoded form.
    package func finding(method: String, target: some StringProtocol) -> Finding {
        // Methods are told apart by letter case (RFC 9110, section 9.1), and yet some services take "get" for GET.
        guard RouteTable.isMethod(method), method != "*" else {
            return Finding(requirement: .refused(.pathRefused("is asked for by a method not in capitals")), route: nil)
        }
        let path: RequestPath
        do {
            path = try RequestPath(target)
        } catch {
            return Finding(requirement: .refused(.pathRefused(error.phrase)), route: nil)
        }
        guard let route = route(method: method, path: path) else {
            return Finding(requirement: otherwise == .refuse ? .refused(.noRoute) : .validKey, route: nil)
        }
        return Finding(requirement: route.permission.map(Requirement.permission) ?? .validKey, route: route)
    }
}
