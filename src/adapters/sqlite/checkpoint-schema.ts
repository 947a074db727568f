/**
 * `blob` is the file that a restore of this entry needs. SQLite itself refuses an entry without its
 * blob, and to remove a blob that an entry needs. `totals` follows what is kept, so that nobody has
 * to count gigabytes before a step may begin.
 */
export const CHECKPOINT_SCHEMA = `
  CREATE TABLE checkpoints (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    plan TEXT NOT NULL,
    step TEXT NOT NULL,
    at TEXT NOT NULL,
    undoes INTEGER,
    status TEXT NOT NULL
  ) STRICT;
  CREATE INDEX checkpoints_of_plan ON checkpoints (plan);
  CREATE INDEX checkpoints_by_status ON checkpoints (status);

  CREATE TABLE blobs (
    hash TEXT NOT NULL PRIMARY KEY,
    size INTEGER NOT NULL,
    bytes BLOB NOT NULL
  ) STRICT;

  CREATE TABLE entries (
    checkpoint INTEGER NOT NULL REFERENCES checkpoints (id),
    ordinal INTEGER NOT NULL,
    blob TEXT REFERENCES blobs (hash),
    before TEXT NOT NULL,
    after TEXT NOT NULL,
    PRIMARY KEY (checkpoint, ordinal)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX entries_of_blob ON entries (blob) WHERE blob IS NOT NULL;

  CREATE TABLE totals (
    bytes INTEGER NOT NULL,
    given_up INTEGER NOT NULL,
    given_up_bytes INTEGER NOT NULL
  ) STRICT;
  INSERT INTO totals VALUES (0, 0, 0);
  CREATE TRIGGER blob_kept AFTER INSERT ON blobs BEGIN
    UPDATE totals SET bytes = bytes + new.size;
  END;
  CREATE TRIGGER blob_gone AFTER DELETE ON blobs BEGIN
    UPDATE totals SET bytes = bytes - old.size;
  END;
  CREATE TRIGGER entry_kept AFTER INSERT ON entries BEGIN
    UPDATE totals SET bytes = bytes + octet_length(new.before) + octet_length(new.after);
  END;
  CREATE TRIGGER entry_gone AFTER DELETE ON entries BEGIN
    UPDATE totals SET bytes = bytes - octet_length(old.before) - octet_length(old.after);
  END;
`;
