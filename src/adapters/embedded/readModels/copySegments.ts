import type Database from "better-sqlite3";

const tables = ["segment_standing", "segment_images", "segment_image_blocks", "segment_feed", "segment_days"] as const;
const columns: Partial<Record<(typeof tables)[number], string>> = {
  // Its hidden rowid would be copied otherwise, and meet others.
  segment_image_blocks: "number, sequence, block, bits",
};

/** See `ReadModelStore.copySegments`; `from`: the file of the other generation. All of it or nothing. */
export function copySegments(database: Database.Database, from: string): void {
  database.prepare("ATTACH ? AS old").run(from);
  try {
    database.transaction(() => {
      assertSameRows(database, from);
      if (database.prepare("SELECT 1 FROM old.segment_epoch").get() === undefined) return;
      makeRoom(database);
      for (const table of tables) {
        const named = columns[table];
        database.exec(
          `INSERT INTO main.${table} ${named === undefined ? "" : `(${named})`} SELECT ${named ?? "*"} FROM old.${table}`,
        );
      }
      database.exec("INSERT OR REPLACE INTO main.segment_epoch SELECT * FROM old.segment_epoch");
    })();
  } finally {
    database.exec("DETACH old");
  }
}

/** The feed names customers by row. Both indexes are read in order of the ids, so this is no dearer than reading them. */
function assertSameRows(database: Database.Database, from: string): void {
  const other = database
    .prepare(
      `SELECT id FROM old.customers theirs
       WHERE NOT EXISTS (SELECT 1 FROM main.customers ours WHERE ours.id = theirs.id AND ours.row = theirs.row) LIMIT 1`,
    )
    .pluck()
    .get() as string | undefined;
  if (other !== undefined)
    throw new Error(`${database.name} and ${from} number customer ${other} differently: they are not of one log`);
}

/** Takes away what both have, and numbers what stands only here above the rest. */
function makeRoom(database: Database.Database): void {
  const numbers = database
    .prepare(`SELECT ours.number FROM main.segment_standing ours JOIN old.segment_standing theirs USING (id)`)
    .pluck()
    .all() as number[];
  const listed = JSON.stringify(numbers);
  const above = database
    .prepare(
      `SELECT max(number) FROM (SELECT number FROM main.segment_standing UNION ALL SELECT number FROM old.segment_standing)`,
    )
    .pluck()
    .get() as number;
  for (const table of tables) {
    database.prepare(`DELETE FROM main.${table} WHERE number IN (SELECT value FROM json_each(?))`).run(listed);
    database.prepare(`UPDATE main.${table} SET number = number + ?`).run(above);
  }
}
