extension Schema {
    /// Invitations, what a key could do when it was made, and the last refusals of each key.
    static let v2 = """
        -- What the key could do when it was made, so that its owner sees what a role has taken since. NULL for keys
        -- that are older than this column.
        ALTER TABLE keys ADD COLUMN granted TEXT;

        -- One that was used keeps its row, to say so; the role is named only while it can still be given.
        CREATE TABLE invitations (
            id INTEGER PRIMARY KEY,
            company_id INTEGER NOT NULL REFERENCES companies (id),
            role_id INTEGER,
            email TEXT NOT NULL CONSTRAINT invited_email_length CHECK (length(email) BETWEEN 3 AND 254),
            email_folded TEXT NOT NULL,
            digest BLOB NOT NULL UNIQUE CONSTRAINT invitation_digest_length CHECK (length(digest) = 32),
            invited_by INTEGER NOT NULL REFERENCES users (id),
            invited_with INTEGER REFERENCES keys (id),
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL CONSTRAINT invitation_expires_later CHECK (expires_at > created_at),
            used_at INTEGER,
            FOREIGN KEY (role_id, company_id) REFERENCES roles (id, company_id),
            CONSTRAINT open_invitation_has_a_role CHECK (used_at IS NOT NULL OR role_id IS NOT NULL)
        ) STRICT;
        CREATE UNIQUE INDEX invitations_by_email ON invitations (company_id, email_folded) WHERE used_at IS NULL;
        CREATE INDEX invitations_of_role ON invitations (role_id, company_id);

        -- The last few of each key; older ones go as newer ones come.
        CREATE TABLE key_refusals (
            id INTEGER PRIMARY KEY,
            key_id INTEGER NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
            at INTEGER NOT NULL,
            address TEXT NOT NULL,
            method TEXT NOT NULL,
            path TEXT NOT NULL,
            code TEXT NOT NULL,
            permission TEXT
        ) STRICT;
        CREATE INDEX refusals_of_key ON key_refusals (key_id, id);

        -- The key with which something was done, if it was done with one. The index goes from the newest to the
        -- oldest of a company and holds what the log is filtered by, so that 100,000 rows are passed over quickly.
        ALTER TABLE audit_events ADD COLUMN key_id INTEGER;
        DROP INDEX audit_of_company;
        CREATE INDEX audit_of_company ON audit_events (company_id, id, at, actor_id, action);
        """
}
