-- The engine's own tables; the migrations hold those of the product.

-- name: create_schema_migrations()!
CREATE TABLE IF NOT EXISTS schema_migrations (
    version INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at BIGINT NOT NULL
);

-- name: create_storage_probe()!
CREATE TABLE IF NOT EXISTS storage_probe (
    id INTEGER PRIMARY KEY,
    writes BIGINT NOT NULL,
    padding TEXT NOT NULL
);

-- name: list_applied()
SELECT version, name, checksum FROM schema_migrations ORDER BY version;

-- name: add_applied(version, name, checksum, applied_at)!
INSERT INTO schema_migrations (version, name, checksum, applied_at)
VALUES (:version, :name, :checksum, :applied_at);
