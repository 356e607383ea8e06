import type { Database } from "better-sqlite3";
import type { Actor } from "../../../domain/event.ts";

export type Interning = {
  readonly type: (name: string) => number;
  readonly source: (name: string) => number;
  readonly actor: (actor: Actor) => number;
  readonly newStream: (name: string) => number;
  /** After a rolled back commit: names learned in it are not in the file. */
  readonly forget: () => void;
};

/** Small integers for names that repeat in every event. */
export function createInterning(database: Database): Interning {
  const known = {
    types: new Map<string, number>(),
    sources: new Map<string, number>(),
    actors: new Map<string, number>(),
  };
  const named = (table: "types" | "sources") => {
    const find = database.prepare<[string], number>(`SELECT id FROM ${table} WHERE name = ?`).pluck();
    const add = database.prepare(`INSERT INTO ${table} (name) VALUES (?)`);
    return (name: string): number => {
      const id = known[table].get(name) ?? find.get(name) ?? Number(add.run(name).lastInsertRowid);
      known[table].set(name, id);
      return id;
    };
  };
  const findActor = database
    .prepare<[string, string], number>("SELECT id FROM actors WHERE kind = ? AND name = ?")
    .pluck();
  const addActor = database.prepare("INSERT INTO actors (kind, name) VALUES (?, ?)");
  const addStream = database.prepare("INSERT INTO streams (name) VALUES (?)");
  return {
    type: named("types"),
    source: named("sources"),
    actor: ({ kind, id: name }) => {
      const key = `${kind}/${name}`;
      const id = known.actors.get(key) ?? findActor.get(kind, name) ?? Number(addActor.run(kind, name).lastInsertRowid);
      known.actors.set(key, id);
      return id;
    },
    newStream: name => Number(addStream.run(name).lastInsertRowid),
    forget: () => {
      for (const names of Object.values(known)) names.clear();
    },
  };
}
