import Database from "better-sqlite3";

export type Change = { readonly sequence: number; readonly kind: "ENTERED" | "EXITED"; readonly customerId: string };
/** What is stored stands for everything up to `sequence`; the feed goes on after `token`. */
export type Place = { readonly token: string; readonly sequence: number };

/** The changes do not follow on what is stored: something was missed. */
export class ChangesMissing extends Error {
  override readonly name = "ChangesMissing";
}

export type CrmStore = {
  readonly place: (segment: string) => Place | null;
  readonly size: (segment: string) => number;
  /** Begins to take the members anew; what is stored stays as it is until `adopt`. */
  readonly beginSnapshot: () => void;
  readonly addToSnapshot: (customerIds: readonly string[]) => void;
  /** The snapshot takes the place of what was known. */
  readonly adopt: (segment: string, place: Place) => void;
  /** Changes and token together, or nothing. Throws ChangesMissing. */
  readonly apply: (segment: string, changes: readonly Change[], place: Place) => void;
  readonly close: () => void;
};

/** The CRM's own small database; `file` is made where it is missing. */
export function openCrmStore(file: string): CrmStore {
  const db = new Database(file);
  db.pragma("journal_mode = WAL");
  db.pragma("synchronous = FULL");
  db.exec(`
    CREATE TABLE IF NOT EXISTS members (segment TEXT, customer TEXT, PRIMARY KEY (segment, customer)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS places (segment TEXT PRIMARY KEY, token TEXT NOT NULL, sequence INTEGER NOT NULL);
    CREATE TEMP TABLE incoming (customer TEXT PRIMARY KEY) WITHOUT ROWID;
  `);
  const place = db.prepare<[string], Place>("SELECT token, sequence FROM places WHERE segment = ?");
  const size = db.prepare<[string], { n: number }>("SELECT count(*) n FROM members WHERE segment = ?");
  const keepPlace = db.prepare(
    "INSERT INTO places VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET token = excluded.token, sequence = excluded.sequence",
  );
  const enter = db.prepare("INSERT OR IGNORE INTO members VALUES (?, ?)");
  const exit = db.prepare("DELETE FROM members WHERE segment = ? AND customer = ?");
  const take = db.prepare("INSERT INTO incoming VALUES (?)");

  const adopt = db.transaction((segment: string, { token, sequence }: Place) => {
    db.prepare("DELETE FROM members WHERE segment = ?").run(segment);
    db.prepare("INSERT INTO members SELECT ?, customer FROM incoming").run(segment);
    keepPlace.run(segment, token, sequence);
  });
  const apply = db.transaction((segment: string, changes: readonly Change[], { token, sequence }: Place) => {
    let last = place.get(segment)?.sequence ?? 0;
    for (const change of changes) {
      if (change.sequence !== last + 1) throw new ChangesMissing(`change ${change.sequence} came after ${last}`);
      const { changes: rows } = (change.kind === "ENTERED" ? enter : exit).run(segment, change.customerId);
      if (rows !== 1) throw new ChangesMissing(`${change.customerId} ${change.kind}, as was known already`);
      last = change.sequence;
    }
    if (last !== sequence) throw new ChangesMissing(`the message is of change ${sequence}, but ends with ${last}`);
    keepPlace.run(segment, token, sequence);
  });
  return {
    place: segment => place.get(segment) ?? null,
    size: segment => size.get(segment)!.n,
    beginSnapshot: () => void db.exec("DELETE FROM incoming"),
    addToSnapshot: db.transaction((customerIds: readonly string[]) => {
      for (const id of customerIds) take.run(id);
    }),
    adopt,
    apply,
    close: () => void db.close(),
  };
}
