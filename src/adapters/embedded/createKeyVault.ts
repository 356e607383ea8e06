import { randomBytes } from "node:crypto";
import { chmodSync } from "node:fs";
import { LRUCache } from "lru-cache";
import type { KeyVault } from "../../domain/keyVault.ts";
import { openForReading, openForWriting } from "./openDatabase.ts";

const schema = `
CREATE TABLE keys (
  subject TEXT NOT NULL, generation INTEGER NOT NULL, key BLOB, PRIMARY KEY (subject, generation)
) WITHOUT ROWID;
CREATE TABLE secrets (name TEXT PRIMARY KEY, secret BLOB NOT NULL) WITHOUT ROWID;
`;

type Current = { readonly generation: number; readonly key: Buffer };
const keysKept = 50_000;

/**
 * keys.db, apart from the log and from its backups, readable by its owner only. A destroyed key is overwritten in place
 * (`secure_delete`) and the write-ahead log is emptied, so that its bytes are gone from the folder when `destroy` returns.
 */
export function createKeyVault(path: string, mode: "write" | "read"): KeyVault {
  const database = mode === "write" ? openForWriting(path, "FULL", schema) : openForReading(path);
  if (mode === "write") {
    chmodSync(path, 0o600);
    database.pragma("secure_delete = ON");
  }
  const newest = database.prepare<[string], { generation: number; key: Buffer | null }>(
    "SELECT generation, key FROM keys WHERE subject = ? ORDER BY generation DESC LIMIT 1",
  );
  const one = database
    .prepare<[string, number], Buffer | null>("SELECT key FROM keys WHERE subject = ? AND generation = ?")
    .pluck();
  const findSecret = database.prepare<[string], Buffer>("SELECT secret FROM secrets WHERE name = ?").pluck();
  const current = new LRUCache<string, Current>({ max: keysKept });
  const made = new Map<string, Current>();

  const write = () => {
    const add = database.prepare("INSERT INTO keys VALUES (?, ?, ?)");
    const addSecret = database.prepare("INSERT INTO secrets VALUES (?, ?) ON CONFLICT DO NOTHING");
    return {
      add: database.transaction(() => {
        for (const [subject, { generation, key }] of made) add.run(subject, generation, key);
      }),
      secret: (name: string) => addSecret.run(name, randomBytes(32)),
    };
  };
  const writing = mode === "write" ? write() : null;

  return {
    ensure: subject => {
      const known = current.get(subject) ?? made.get(subject);
      if (known !== undefined) return known;
      const stored = newest.get(subject);
      const key: Current =
        stored?.key != null
          ? { generation: stored.generation, key: stored.key }
          : { generation: (stored?.generation ?? -1) + 1, key: randomBytes(32) };
      if (stored?.key == null) made.set(subject, key);
      current.set(subject, key);
      return key;
    },
    find: (subject, generation) => {
      const fresh = made.get(subject);
      if (fresh?.generation === generation) return fresh.key;
      // Never from the cache: a key destroyed by the process beside this one must be gone here too.
      return one.get(subject, generation) ?? null;
    },
    commit: () => {
      if (made.size === 0) return;
      writing?.add.immediate();
      made.clear();
    },
    rollback: () => {
      for (const subject of made.keys()) current.delete(subject);
      made.clear();
    },
    destroy: subject => {
      current.delete(subject);
      made.delete(subject);
      database.prepare("UPDATE keys SET key = NULL WHERE subject = ?").run(subject);
      database.pragma("wal_checkpoint(TRUNCATE)");
    },
    secret: name => {
      writing?.secret(name);
      const secret = findSecret.get(name);
      if (secret === undefined) throw new Error(`the key vault has no secret named ${name}`);
      return secret;
    },
    close: () => database.close(),
  };
}
