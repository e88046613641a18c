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
        var names = NameTable<Int>()
        var anyName: Int?
        /// The rules whose path ends here.
        var here = Rules()
        /// The rules whose path goes on with `**`.
        var below = Rules()
    }

    /// Rules by method, of which there are a handful.
    private struct Rules {
        private var byMethod: [(method: [UInt8], rule: Int)] = []
        private var anyMethod: Int?

        subscript(method: [UInt8]) -> Int? {
            get { method == RouteTable.anyMethod ? anyMethod : byMethod.first { $0.method == method }?.rule }
            set {
                guard let newValue else { return }
                if method == RouteTable.anyMethod { anyMethod = newValue } else { byMethod.append((method, newValue)) }
            }
        }

        /// The rule for a method, else that of GET for HEAD, else that for all.
        func rule(for method: Span<UInt8>) -> Int? {
            for known in byMethod where method.isSame(as: known.method) { return known.rule }
            if method.isSame(as: RouteTable.head), let rule = self[RouteTable.get] { return rule }
            return anyMethod
        }
    }

    private static let anyMethod = Array("*".utf8)
    private static let head = Array("HEAD".utf8)
    private static let get = Array("GET".utf8)

    package let otherwise: Otherwise
    package private(set) var routes: [Route] = []
    private var nodes = [Node()]

    package init(otherwise: Otherwise = .requireKey) {
        self.otherwise = otherwise
    }

    /// - Throws: `Fault`, for a rule that could never decide anything.
    package mutating func add(_ route: Route) throws(Fault) {
        let method = Array(route.method.utf8)
        guard method == RouteTable.anyMethod || RouteTable.isMethod(method.span) else { throw .method }
        var segments = try RouteTable.segments(of: route.pattern)
        let isDeep = segments.last == "**"
        if isDeep { segments.removeLast() }
        var place = 0
        for segment in segments { place = child(segment, of: place) }
        let rules = isDeep ? nodes[place].below : nodes[place].here
        if let earlier = rules[method] { throw .sameAs(routes[earlier]) }
        routes.append(route)
        if isDeep {
            nodes[place].below[method] = routes.count - 1
        } else {
            nodes[place].here[method] = routes.count - 1
        }
    }

    /// The rule that decides, if one names this method and path.
    package func route(method: String, path: RequestPath) -> Route? {
        var bytes: [UInt8] = []
        var segments: [Range<Int>] = []
        for segment in path.segments {
            let start = bytes.count
            bytes += segment.utf8
            segments.append(start..<bytes.count)
        }
        let method = Array(method.utf8)
        return find(segments[...], of: bytes.span, from: 0, method.span).map { routes[$0] }
    }

    /// Goes back where a more specific path has no rule for the method. Each node is entered once at most, so the
    /// table's size bounds the work whatever the path.
    private func find(
        _ segments: ArraySlice<Range<Int>>, of path: Span<UInt8>, from place: Int, _ method: Span<UInt8>
    ) -> Int? {
        guard let first = segments.first else {
            return nodes[place].here.rule(for: method) ?? nodes[place].below.rule(for: method)
        }
        let rest = segments.dropFirst()
        if let next = nodes[place].names[path.extracting(first)], let found = find(rest, of: path, from: next, method) {
            return found
        }
        if let next = nodes[place].anyName, let found = find(rest, of: path, from: next, method) { return found }
        return nodes[place].below.rule(for: method)
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

    /// A token (RFC 9110, section 5.6.2) in capitals, as all methods in use are.
    private static func isMethod(_ text: Span<UInt8>) -> Bool {
        for index in text.indices
        where !(0x41...0x5A).contains(text[index]) && text[index] != UInt8(ascii: "-") { return false }
        return !text.isEmpty
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
        let bytes = Array(method.utf8)
        guard RouteTable.isMethod(bytes.span) else {
            return Finding(requirement: .refused(.pathRefused("is asked for by a method not in capitals")), route: nil)
        }
        let path: RequestPath
        do {
            path = try RequestPath(target)
        } catch {
            return Finding(requirement: .refused(.pathRefused(error.phrase)), route: nil)
        }
        let route = route(method: method, path: path)
        return Finding(requirement: requirement(of: route), route: route)
    }

    /// The same without a copy, for a path that stands in a request and needs no decoding.
    ///
    /// - Parameter segments: room for the path's segments, which callers keep.
    /// - Returns: `nil` where `finding` must look: it knows how to decode, and why to refuse.
    package func requirement(
        method: Span<UInt8>, target: Span<UInt8>, segments: inout [Range<Int>]
    ) -> Requirement? {
        guard RouteTable.isMethod(method), RequestPath.cut(target, into: &segments) else { return nil }
        return requirement(of: find(segments[...], of: target, from: 0, method).map { routes[$0] })
    }

    private func requirement(of route: Route?) -> Requirement {
        guard let route else { return otherwise == .refuse ? .refused(.noRoute) : .validKey }
        return route.permission.map(Requirement.permission) ?? .validKey
    }
}
