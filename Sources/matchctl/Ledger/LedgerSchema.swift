import GRDB

/// The tables of the ledger, version by version. A migration that was shipped is never changed.
///
/// `entry` is the history; `present` is what stands now, one row a record, made from it. `file` names
/// what entries came from. `contact` may be changed and erased, and no hash covers it.
enum LedgerSchema {
  static var migrator: DatabaseMigrator {
    var migrator = DatabaseMigrator()
    migrator.registerMigration("1 entries", migrate: entries)
    migrator.registerMigration("2 accounts", migrate: accounts)
    migrator.registerMigration("3 locks", migrate: locks)
    return migrator
  }

  private static func entries(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE file (
          hash TEXT NOT NULL PRIMARY KEY,
          name TEXT NOT NULL,
          size INTEGER NOT NULL,
          at TEXT NOT NULL
        ) STRICT;

        CREATE TABLE entry (
          seq INTEGER PRIMARY KEY AUTOINCREMENT,
          at TEXT NOT NULL,
          who TEXT NOT NULL,
          kind TEXT NOT NULL,
          subject TEXT NOT NULL,
          source TEXT REFERENCES file (hash),
          body TEXT NOT NULL,
          hash TEXT NOT NULL UNIQUE
        ) STRICT;
        CREATE INDEX entry_subject ON entry (kind, subject, seq);

        CREATE TRIGGER entry_stays BEFORE UPDATE ON entry
        BEGIN SELECT RAISE(ABORT, 'an entry is never changed'); END;
        CREATE TRIGGER entry_is_kept BEFORE DELETE ON entry
        BEGIN SELECT RAISE(ABORT, 'an entry is never deleted'); END;

        CREATE TABLE present (
          kind TEXT NOT NULL,
          subject TEXT NOT NULL,
          seq INTEGER NOT NULL REFERENCES entry (seq),
          state TEXT NOT NULL,
          park TEXT,
          own TEXT,
          PRIMARY KEY (kind, subject)
        ) STRICT;
        CREATE INDEX present_own ON present (kind, park, own);

        CREATE TABLE number (
          series TEXT NOT NULL PRIMARY KEY,
          last INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE contact (
          id TEXT NOT NULL PRIMARY KEY,
          kind TEXT NOT NULL,
          subject TEXT NOT NULL,
          body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX contact_subject ON contact (kind, subject);
        """)
  }

  /// Who may sign in and with what: not history, since a password that was changed must be gone.
  private static func accounts(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE account (
          name TEXT NOT NULL PRIMARY KEY,
          body TEXT NOT NULL
        ) STRICT;
        CREATE TABLE token (
          hash TEXT NOT NULL PRIMARY KEY,
          account TEXT NOT NULL REFERENCES account (name) ON DELETE CASCADE,
          kind TEXT NOT NULL,
          expires TEXT NOT NULL,
          body TEXT NOT NULL
        ) STRICT;
        CREATE INDEX token_account ON token (account);
        CREATE TABLE replay (
          account TEXT NOT NULL,
          key TEXT NOT NULL,
          at TEXT NOT NULL,
          request TEXT NOT NULL,
          status INTEGER NOT NULL,
          body TEXT NOT NULL,
          PRIMARY KEY (account, key)
        ) STRICT;
        """)
  }

  /// Who must wait before another password is tried, by hashes of names.
  private static func locks(_ db: Database) throws {
    try db.execute(
      sql: """
        CREATE TABLE lock (
          key TEXT NOT NULL PRIMARY KEY,
          failures INTEGER NOT NULL,
          until TEXT NOT NULL
        ) STRICT;
        """)
  }
}
