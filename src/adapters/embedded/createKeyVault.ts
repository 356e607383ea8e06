import { createSecretKey, type KeyObject, randomBytes } from "node:crypto";
import { chmodSync } from "node:fs";
import { LRUCache } from "lru-cache";
import { StorageFailure } from "../../domain/eventLog.ts";
import type { KeyVault, PersonalKey } from "../eventFormat/keyVault.ts";
import { openForReading, openForWriting } from "./openDatabase.ts";

const schema = `
CREATE TABLE keys (
  subject TEXT NOT NULL, generation INTEGER NOT NULL, key BLOB, PRIMARY KEY (subject, generation)
) WITHOUT ROWID;
CREATE TABLE erasures (count INTEGER NOT NULL);
INSERT INTO erasures VALUES (0);
CREATE TABLE secrets (name TEXT PRIMARY KEY, secret BLOB NOT NULL) WITHOUT ROWID;
`;

const keysKept = 50_000;
/** New keys lie on pages all over the file: so many of them fill some 16 MB of the write-ahead log. */
const keysPerCheckpoint = 4_000;

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
    "SELECT generation, key FROM keys WHERE subject = CAST(? AS TEXT) ORDER BY generation DESC LIMIT 1",
  );
  const one = database
    .prepare<[string, number], Buffer | null>("SELECT key FROM keys WHERE subject = ? AND generation = ?")
    .pluck();
  const countErasures = database.prepare<[], number>("SELECT count FROM erasures").pluck();
  const findSecret = database.prepare<[string], Buffer>("SELECT secret FROM secrets WHERE name = ?").pluck();
  // Making a key object out of its bytes costs three times what sealing with it does.
  const current = new LRUCache<string, PersonalKey>({ max: keysKept });
  const found = new LRUCache<string, KeyObject>({ max: keysKept });
  let made = new Map<string, PersonalKey>();
  let erasures = countErasures.get() as number;
  let uncopied = 0;

  const refresh = (): void => {
    const now = countErasures.get() as number;
    if (now === erasures) return;
    current.clear();
    found.clear();
    erasures = now;
  };

  const write = () => {
    const add = database.prepare("INSERT INTO keys VALUES (?, ?, ?)");
    const addSecret = database.prepare("INSERT INTO secrets VALUES (?, ?) ON CONFLICT DO NOTHING");
    const forget = database.prepare("UPDATE keys SET key = NULL WHERE subject = ?");
    const countOne = database.prepare("UPDATE erasures SET count = count + 1");
    return {
      add: database.transaction(() => {
        for (const [subject, { generation, key }] of made) add.run(subject, generation, key.export());
      }),
      destroy: database.transaction((subject: string) => {
        forget.run(subject);
        countOne.run();
      }),
      secret: (name: string) => addSecret.run(name, randomBytes(32)),
    };
  };
  const writing = mode === "write" ? write() : null;

  return {
    refresh,
    ensure: subject => {
      const known = made.get(subject) ?? current.get(subject);
      if (known !== undefined) return known;
      const stored = newest.get(subject);
      if (stored?.key != null) {
        const key = { generation: stored.generation, key: createSecretKey(stored.key) };
        current.set(subject, key);
        return key;
      }
      const key = { generation: (stored?.generation ?? -1) + 1, key: createSecretKey(randomBytes(32)) };
      made.set(subject, key);
      return key;
    },
    find: (subject, generation) => {
      const fresh = made.get(subject);
      if (fresh?.generation === generation) return fresh.key;
      const place = `${generation}/${subject}`;
      const known = found.get(place);
      if (known !== undefined) return known;
      const stored = one.get(subject, generation);
      if (stored === undefined)
        throw new StorageFailure(
          "STORAGE_CORRUPT",
          `${path} has no key for ${subject}, though the log has values sealed with it: the key file was lost or is another log's; put back the one that belongs to this log`,
        );
      if (stored === null) return null;
      const key = createSecretKey(stored);
      found.set(place, key);
      return key;
    },
    commit: () => {
      if (made.size === 0) return;
      writing?.add.immediate();
      for (const [subject, key] of made) current.set(subject, key);
      uncopied += made.size;
      made = new Map();
    },
    maintain: () => {
      if (uncopied < keysPerCheckpoint) return;
      uncopied = 0;
      database.pragma("wal_checkpoint(PASSIVE)");
    },
    rollback: () => {
      made = new Map();
    },
    destroy: subject => {
      made.delete(subject);
      writing?.destroy.immediate(subject);
      refresh();
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
