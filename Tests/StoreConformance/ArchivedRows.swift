import KeyCore

/// Rows of every table that try what each engine and each way of writing might get wrong, in the order of their keys.
enum ArchivedRows {
    static let key = ID<Key>(rawValue: 5)
    static let revision: Int64 = 7
    /// Combining characters stay as they are: nothing here may be brought into another form.
    static let oddName = "e\u{301}\u{1F469}\u{200D}\u{1F680}\\N\t\"'%_;--\u{202E}Ж"

    static func of(_ table: ArchivedTable) -> [ArchivedRow] {
        (rows[table.name] ?? []).map { values in ArchivedRow(values.map(\.value)) }
    }

    private static let noon = Household.noon.milliseconds

    private static let rows: [String: [[Field?]]] = [
        "companies": [
            [.i(.min), .t("a"), .i(.min)], [.i(-1), .t(String(repeating: "\u{1F511}", count: 100)), .i(-1)],
            [.i(1), .t(oddName), .i(0)], [.i(.max), .t("\u{10FFFF}"), .i(.max)],
        ],
        "roles": [
            [.i(2), .i(1), .t(oddName), .t(oddName), nil, .t("")],
            [.i(3), .i(1), .t("Viewer"), .t("viewer"), .t("viewer"), .t("devices:read retired:read")],
        ],
        "users": [
            [
                .i(4), .i(1), .i(2), .t("Ада"), .t("Grace@engine.example"), .t("grace@engine.example"),
                .t("$argon2id$v=19$x"), .t("ru"), .t("Europe/Moscow"), .i(noon), nil, nil,
            ],
            [
                .i(9), .i(1), .i(3), .t(oddName), .t("gone@engine.example"), .t("gone@engine.example"), .t("$a$"),
                .t("en"), .t(""), .i(noon), .i(noon), .i(.max),
            ],
        ],
        "sessions": [
            [.b([UInt8](repeating: 0, count: 32)), .i(4), .i(noon), .i(noon), .t("192.0.2.1"), .t("Firefox")],
            [.b([UInt8](0..<32)), .i(4), .i(.min), .i(.max), nil, nil],
            [.b([UInt8](repeating: 0x7F, count: 32)), .i(9), .i(noon), .i(0), nil, .t("")],
            [.b([UInt8](repeating: 0xFF, count: 32)), .i(4), .i(noon), .i(noon), .t("::1"), nil],
        ],
        "keys": [
            [
                .i(5), .i(4), .t(oddName), .t(oddName), .b([UInt8](224...255)), .t("Ab3x"), .i(noon),
                .t("2026-07-01"), .i(noon + 1), .i(noon), nil, nil, .t(""),
            ],
            [
                .i(6), .i(4), .t("gone"), .t("gone"), .b([UInt8](repeating: 0x0A, count: 32)), .t("\u{1F511}000"),
                .i(noon), .t("2026-07-02"), .i(noon + 1000), nil, .i(noon + 1), .t("devices:read"), nil,
            ],
            [
                .i(.max), .i(9), .t("x"), .t("x"), .b([UInt8](repeating: 0x5C, count: 32)), .t("\\\\.\\"), .i(0),
                .t("1970-01-01"), .i(1), nil, nil, nil, nil,
            ],
        ],
        "key_uses": [[.i(5), .i(noon), .i(noon), .t("192.0.2.1")], [.i(6), .i(.max), nil, nil]],
        "key_use_days": [[.i(5), .i(20_468), .i(3)], [.i(5), .i(20_469), .i(.max)], [.i(6), .i(-1), .i(1)]],
        "invitations": [
            [
                .i(1), .i(1), .i(3), .t("new@engine.example"), .t("new@engine.example"),
                .b([UInt8](repeating: 1, count: 32)), .i(4), .i(5), .i(noon), .i(noon + 1), nil,
            ],
            [
                .i(2), .i(1), nil, .t("old@engine.example"), .t("old@engine.example"),
                .b([UInt8](repeating: 2, count: 32)), .i(9), nil, .i(noon), .i(noon + 1), .i(noon),
            ],
        ],
        "key_refusals": [
            [.i(1), .i(5), .i(noon), .t("192.0.2.1"), .t("GET"), .t("/\\.\n\r\t\\x00\u{1}\u{7F}"), .t("deleted"), nil],
            [.i(40), .i(6), .i(noon), .t(""), .t(""), .t(""), .t(""), .t("devices:read")],
        ],
        "topics": [
            [
                .i(11), .i(1), .i(4), .t(oddName), .t(oddName), .t("How?\n\n```\n\\N\n```"), .i(noon), .i(noon + 9),
                .i(1),
                .i(noon + 1), .i(9), .i(noon + 2), .i(4), nil, nil,
            ],
            [
                .i(.max), .i(1), .i(9), .t(String(repeating: "\u{1F511}", count: 150)), .t(""),
                .t(String(repeating: "я", count: 10_000)), .i(.min), nil, .i(0), .i(.min), .i(9), nil, nil, .i(noon),
                nil,
            ],
        ],
        "replies": [
            [.i(12), .i(11), .i(9), .t(oddName), .i(noon + 1), nil, .i(noon + 3), nil, nil],
            [.i(13), .i(11), .i(4), .t("\t.\n"), .i(noon + 2), .i(noon + 4), nil, .i(noon), .i(4)],
        ],
        "topic_followers": [[.i(4), .i(11), .i(noon)], [.i(9), .i(11), .i(.min)], [.i(9), .i(.max), .i(.max)]],
        "audit_events": [
            [.i(1), .i(1), .i(noon), .t("cli"), nil, .t("key.created"), .t(""), nil, .t(""), nil],
            [
                .i(2), .i(.max), .i(noon), .t("192.0.2.1"), .i(4), .t("never.heard.of"), .t("key_0000000000005"),
                .t("\\N"), .t(String(repeating: oddName, count: 5000)), .i(5),
            ],
            [.i(70), .i(1), .i(noon), .t("::1"), .i(4), .t("key.deleted"), .t("x"), .t(oddName), nil, .i(6)],
        ],
        "changes": [
            [.i(6), .t("key"), .i(.min)], [.i(7), .t("key"), .i(5)], [.i(7), .t("key"), .i(6)],
            [.i(7), .t("keys_of_user"), .i(4)], [.i(7), .t("role"), .i(2)], [.i(7), .t("user"), .i(4)],
        ],
        "revision": [[.i(1), .i(revision)]],
    ]

    fileprivate enum Field {
        case i(Int64)
        case t(String)
        case b([UInt8])
    }
}

extension Optional where Wrapped == ArchivedRows.Field {
    fileprivate var value: ArchivedValue {
        switch self {
        case .i(let integer): .integer(integer)
        case .t(let text): .text(Array(text.utf8))
        case .b(let bytes): .bytes(bytes)
        case nil: .null
        }
    }
}

extension ArchivedRows {
    /// Writes all rows into an empty database.
    static func write(to target: any ArchiveTarget) throws {
        var progress = CopyProgress(fingerprint: "", table: "companies", last: nil, rows: 0)
        try target.begin(progress)
        for table in ArchivedTable.all {
            let rows = of(table)
            let next = CopyProgress(
                fingerprint: "", table: table.name, last: try rows.last?.key(of: table),
                rows: progress.rows + Int64(rows.count))
            try target.append(rows, to: table, from: progress, to: next)
            progress = next
        }
        try target.finish(progress)
    }

    static func copy(_ from: any ArchivedDatabase, _ to: any ArchivedDatabase) throws {
        let copy = ArchiveCopy(from: try from.source(), to: try to.target(), batch: 2)
        try copy.finish(try copy.copy(restart: false) { _ in })
    }
}
