/// Version 2 of the schema as it was released: a frozen copy, which the program's own must never part from.
enum SchemaV2Text {
    static let sql = """
        -- When a use was first written, and where it came from. NULL for keys that were used before these columns.
        ALTER TABLE key_uses ADD COLUMN first_used_at bigint, ADD COLUMN first_address text COLLATE "C";

        -- A day in UTC, counted from 1 January 1970. A key's older days go as its newer ones come.
        CREATE TABLE key_use_days (
            key_id bigint NOT NULL REFERENCES keys (id) ON DELETE CASCADE,
            day bigint NOT NULL,
            count bigint NOT NULL CONSTRAINT used_at_least_once CHECK (count > 0),
            PRIMARY KEY (key_id, day)
        );

        -- Where a person logged in, and with what browser. NULL for sessions that are older than these columns.
        ALTER TABLE sessions ADD COLUMN address text COLLATE "C", ADD COLUMN agent text COLLATE "C";
        """
}
