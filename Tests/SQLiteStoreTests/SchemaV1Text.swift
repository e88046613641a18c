/// Version 1 of the schema as it was released: a frozen copy, which the program's own must never part from.
enum SchemaV1Text {
    static let sql = """
        CREATE TABLE companies (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL CONSTRAINT company_name_length CHECK (length(name) BETWEEN 1 AND 100),
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE roles (
            id INTEGER PRIMARY KEY,
            company_id INTEGER NOT NULL REFERENCES companies (id),
            name TEXT NOT NULL CONSTRAINT role_name_length CHECK (length(name) BETWEEN 1 AND 100),
            name_folded TEXT NOT NULL,
            template TEXT,
            permissions TEXT NOT NULL,
            UNIQUE (company_id, name_folded),
            UNIQUE (id, company_id)
        ) STRICT;

        -- A user's role is one of their own company's: that is what the second foreign key says.
        CREATE TABLE users (
            id INTEGER PRIMARY KEY,
            company_id INTEGER NOT NULL REFERENCES companies (id),
            role_id INTEGER NOT NULL,
            name TEXT NOT NULL CONSTRAINT user_name_length CHECK (length(name) BETWEEN 1 AND 100),
            email TEXT NOT NULL CONSTRAINT email_length CHECK (length(email) BETWEEN 3 AND 254),
            email_folded TEXT NOT NULL,
            password_hash TEXT NOT NULL CONSTRAINT password_is_hashed CHECK (password_hash GLOB '$*$*'),
            language TEXT NOT NULL,
            time_zone TEXT NOT NULL,
            created_at INTEGER NOT NULL,
            blocked_at INTEGER,
            removed_at INTEGER,
            FOREIGN KEY (role_id, company_id) REFERENCES roles (id, company_id)
        ) STRICT;
        -- The address of somebody who was removed is free again.
        CREATE UNIQUE INDEX users_by_email ON users (email_folded) WHERE removed_at IS NULL;
        CREATE INDEX users_of_company ON users (company_id);
        CREATE INDEX users_of_role ON users (role_id, company_id);

        CREATE TABLE sessions (
            digest BLOB PRIMARY KEY CONSTRAINT session_digest_length CHECK (length(digest) = 32),
            user_id INTEGER NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            created_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sessions_of_user ON sessions (user_id);
        CREATE INDEX sessions_by_creation ON sessions (created_at);
        CREATE INDEX sessions_by_sight ON sessions (seen_at);

        -- A deleted key stays as a row, so that its digest answers "deleted" and is never given out again.
        --
        -- 367 days and 2 hours: from the first moment of a day to the last of the same day next year are 366 days,
        -- 367 across a 29 February; and clocks go back by an hour, in times of double summer time by two.
        CREATE TABLE keys (
            id INTEGER PRIMARY KEY,
            user_id INTEGER NOT NULL REFERENCES users (id),
            name TEXT NOT NULL CONSTRAINT key_name_length CHECK (length(name) BETWEEN 1 AND 100),
            name_folded TEXT NOT NULL,
            digest BLOB NOT NULL UNIQUE CONSTRAINT key_digest_length CHECK (length(digest) = 32),
            last4 TEXT NOT NULL CONSTRAINT last4_length CHECK (length(last4) = 4),
            created_at INTEGER NOT NULL,
            expires_on TEXT NOT NULL
                CONSTRAINT expires_on_is_a_date CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[01][0-9]-[0-3][0-9]'),
            expires_at INTEGER NOT NULL,
            confirmed_at INTEGER,
            deleted_at INTEGER,
            permissions TEXT,
            CONSTRAINT key_expires_after_creation CHECK (expires_at > created_at),
            CONSTRAINT key_lives_at_most_a_year CHECK (expires_at - created_at <= (367 * 24 + 2) * 3600000)
        ) STRICT;
        CREATE UNIQUE INDEX keys_by_name ON keys (user_id, name_folded) WHERE deleted_at IS NULL;
        -- In the order of the list's default, and with all that the list counts, filters and sorts by, but names.
        CREATE INDEX keys_of_user ON keys (user_id, created_at, id, deleted_at, confirmed_at, expires_at, last4);

        -- Apart from the keys: recording a use and editing a key never touch each other.
        CREATE TABLE key_uses (
            key_id INTEGER PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
            last_used_at INTEGER NOT NULL
        ) STRICT;

        -- No foreign keys: the log outlives those it speaks of.
        CREATE TABLE audit_events (
            id INTEGER PRIMARY KEY,
            company_id INTEGER NOT NULL,
            at INTEGER NOT NULL,
            address TEXT NOT NULL,
            actor_id INTEGER,
            action TEXT NOT NULL,
            target TEXT NOT NULL,
            before TEXT,
            after TEXT
        ) STRICT;
        CREATE INDEX audit_of_company ON audit_events (company_id, id);
        CREATE TRIGGER audit_is_never_edited BEFORE UPDATE ON audit_events
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit_events
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;
        -- INSERT OR REPLACE deletes without asking the trigger above.
        CREATE TRIGGER audit_is_never_replaced BEFORE INSERT ON audit_events
            WHEN EXISTS (SELECT 1 FROM audit_events WHERE id = NEW.id)
            BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END;

        CREATE TABLE revision (
            only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
            number INTEGER NOT NULL
        ) STRICT;
        INSERT INTO revision VALUES (1, 0);

        CREATE TABLE changes (
            revision INTEGER NOT NULL,
            kind TEXT NOT NULL CONSTRAINT change_kind CHECK (kind IN ('key', 'user', 'keys_of_user', 'role')),
            subject INTEGER NOT NULL,
            PRIMARY KEY (revision, kind, subject)
        ) STRICT, WITHOUT ROWID;
        """
}
