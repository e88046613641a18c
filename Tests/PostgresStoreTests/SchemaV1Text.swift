/// Version 1 of the schema as it was released: a frozen copy, which the program's own must never part from.
enum SchemaV1Text {
    static let sql = """
        CREATE TABLE companies (
            id bigint PRIMARY KEY,
            name text COLLATE "C" NOT NULL CONSTRAINT company_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
            created_at bigint NOT NULL
        );

        CREATE TABLE roles (
            id bigint PRIMARY KEY,
            company_id bigint NOT NULL REFERENCES companies (id),
            name text COLLATE "C" NOT NULL CONSTRAINT role_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
            name_folded text COLLATE "C" NOT NULL,
            template text COLLATE "C",
            permissions text COLLATE "C" NOT NULL,
            CONSTRAINT roles_by_name UNIQUE (company_id, name_folded),
            CONSTRAINT roles_with_company UNIQUE (id, company_id)
        );

        -- A user's role is one of their own company's: that is what the second foreign key says.
        CREATE TABLE users (
            id bigint PRIMARY KEY,
            company_id bigint NOT NULL REFERENCES companies (id),
            role_id bigint NOT NULL,
            name text COLLATE "C" NOT NULL CONSTRAINT user_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
            email text COLLATE "C" NOT NULL CONSTRAINT email_length CHECK (char_length(email) BETWEEN 3 AND 254),
            email_folded text COLLATE "C" NOT NULL,
            password_hash text NOT NULL CONSTRAINT password_is_hashed CHECK (password_hash LIKE '$%$%'),
            language text COLLATE "C" NOT NULL,
            time_zone text COLLATE "C" NOT NULL,
            created_at bigint NOT NULL,
            blocked_at bigint,
            removed_at bigint,
            CONSTRAINT user_has_a_role_of_the_company FOREIGN KEY (role_id, company_id) REFERENCES roles (id, company_id)
        );
        -- The address of somebody who was removed is free again.
        CREATE UNIQUE INDEX users_by_email ON users (email_folded) WHERE removed_at IS NULL;
        CREATE INDEX users_of_company ON users (company_id);
        CREATE INDEX users_of_role ON users (role_id, company_id);

        CREATE TABLE sessions (
            digest bytea PRIMARY KEY CONSTRAINT session_digest_length CHECK (octet_length(digest) = 32),
            user_id bigint NOT NULL REFERENCES users (id) ON DELETE CASCADE,
            created_at bigint NOT NULL,
            seen_at bigint NOT NULL
        );
        CREATE INDEX sessions_of_user ON sessions (user_id);
        CREATE INDEX sessions_by_creation ON sessions (created_at);
        CREATE INDEX sessions_by_sight ON sessions (seen_at);

        -- A deleted key stays as a row, so that its digest answers "deleted" and is never given out again. What it
        -- could do when it was made lets its owner see what a role has taken since.
        --
        -- 367 days and 2 hours: from the first moment of a day to the last of the same day next year are 366 days,
        -- 367 across a 29 February; and clocks go back by an hour, in times of double summer time by two.
        CREATE TABLE keys (
            id bigint PRIMARY KEY,
            user_id bigint NOT NULL REFERENCES users (id),
            name text COLLATE "C" NOT NULL CONSTRAINT key_name_length CHECK (char_length(name) BETWEEN 1 AND 100),
            name_folded text COLLATE "C" NOT NULL,
            digest bytea NOT NULL CONSTRAINT key_digest_length CHECK (octet_length(digest) = 32),
            last4 text COLLATE "C" NOT NULL CONSTRAINT last4_length CHECK (char_length(last4) = 4),
            created_at bigint NOT NULL,
            expires_on text COLLATE "C" NOT NULL
                CONSTRAINT expires_on_is_a_date CHECK (expires_on ~ '^[0-9]{4}-[01][0-9]-[0-3][0-9]$'),
            expires_at bigint NOT NULL,
            confirmed_at bigint,
            deleted_at bigint,
            permissions text COLLATE "C",
            granted text COLLATE "C",
            CONSTRAINT keys_by_digest UNIQUE (digest),
            CONSTRAINT key_expires_after_creation CHECK (expires_at > created_at),
            CONSTRAINT key_lives_at_most_a_year
                CHECK (expires_at::numeric - created_at <= (367 * 24 + 2) * 3600000::bigint)
        );
        CREATE UNIQUE INDEX keys_by_name ON keys (user_id, name_folded) WHERE deleted_at IS NULL;
        -- In the order of the list's default, and with all that the list counts, filters and sorts by, but names.
        CREATE INDEX keys_of_user ON keys (user_id, created_at, id)
            INCLUDE (deleted_at, confirmed_at, expires_at, last4);

        -- Apart from the keys: recording a use and editing a key never touch each other.
        CREATE TABLE key_uses (
            key_id bigint PRIMARY KEY REFERENCES keys (id) ON DELETE CASCADE,
            last_used_at bigint NOT NULL
        );

        -- One that was used keeps its row, to say so; the role is named only while it can still be given.
        CREATE TABLE invitations (
            id bigint PRIMARY KEY,
            company_id bigint NOT NULL REFERENCES companies (id),
            role_id bigint,
            email text COLLATE "C" NOT NULL
                CONSTRAINT invited_email_length CHECK (char_length(email) BETWEEN 3 AND 254),
            email_folded text COLLATE "C" NOT NULL,
            digest bytea NOT NULL CONSTRAINT invitation_digest_length CHECK (octet_length(digest) = 32),
            invited_by bigint NOT NULL REFERENCES users (id),
            invited_with bigint REFERENCES keys (id),
            created_at bigint NOT NULL,
            expires_at bigint NOT NULL,
            used_at bigint,
            CONSTRAINT invitations_by_digest UNIQUE (digest),
            CONSTRAINT invitation_expires_later CHECK (expires_at > created_at),
            CONSTRAINT invitation_is_to_a_role_of_the_company
                FOREIGN KEY (role_id, company_id) REFERENCES roles (id, company_id),
            CONSTRAINT open_invitation_has_a_role CHECK (used_at IS NOT NULL OR role_id IS NOT NULL)
        );
        CREATE UNIQUE INDEX invitations_by_email ON invitations (company_id, email_folded) WHERE used_at IS NULL;
        CREATE INDEX invitations_of_role ON invitations (role_id, company_id);

        -- The last few of each key; older ones go as newer ones come.
        CREATE TABLE key_refusals (
            id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
            key_id bigint NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
            at bigint NOT NULL,
            address text COLLATE "C" NOT NULL,
            method text COLLATE "C" NOT NULL,
            path text COLLATE "C" NOT NULL,
            code text COLLATE "C" NOT NULL,
            permission text COLLATE "C"
        );
        CREATE INDEX refusals_of_key ON key_refusals (key_id, id);

        -- No foreign keys: the log outlives those it speaks of. The key is the one with which something was done.
        CREATE TABLE audit_events (
            id bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
            company_id bigint NOT NULL,
            at bigint NOT NULL,
            address text COLLATE "C" NOT NULL,
            actor_id bigint,
            key_id bigint,
            action text COLLATE "C" NOT NULL,
            target text COLLATE "C" NOT NULL,
            before text COLLATE "C",
            after text COLLATE "C"
        );
        -- From the newest to the oldest of a company, with what the log is filtered by.
        CREATE INDEX audit_of_company ON audit_events (company_id, id) INCLUDE (at, actor_id, action);
        CREATE FUNCTION refuse_to_edit_the_audit_log() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$;
        CREATE TRIGGER audit_is_never_edited BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
            FOR EACH STATEMENT EXECUTE FUNCTION refuse_to_edit_the_audit_log();

        CREATE TABLE revision (
            only_row bigint PRIMARY KEY CONSTRAINT one_revision CHECK (only_row = 1),
            number bigint NOT NULL,
            stamp bigint NOT NULL DEFAULT 0
        );
        INSERT INTO revision (only_row, number) VALUES (1, 0);

        -- All rows of a revision bear its stamp.
        CREATE TABLE changes (
            revision bigint NOT NULL,
            stamp bigint NOT NULL DEFAULT 0,
            kind text COLLATE "C" NOT NULL
                CONSTRAINT change_kind CHECK (kind IN ('key', 'user', 'keys_of_user', 'role')),
            subject bigint NOT NULL,
            PRIMARY KEY (revision, kind, subject)
        );

        -- The processes that verify from this database. A row is written about once a second, so there is room beside
        -- it for its next version.
        CREATE TABLE nodes (
            id bigint PRIMARY KEY,
            name text COLLATE "C" NOT NULL,
            lease_ms bigint NOT NULL CONSTRAINT lease_length CHECK (lease_ms BETWEEN 200 AND 10000),
            -- How often, for people, and a number drawn at random by each, which never comes again.
            renewals bigint NOT NULL,
            last_renewal bigint NOT NULL,
            applied bigint NOT NULL,
            registered_at bigint NOT NULL
        ) WITH (fillfactor = 50);
        """
}
