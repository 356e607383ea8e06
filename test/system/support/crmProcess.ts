import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import Database from "better-sqlite3";

const main = fileURLToPath(new URL("../../../examples/crm-sync/main.ts", import.meta.url));
/** Node 22 strips types only when asked to. */
const stripTypes = process.features.typescript === false ? ["--experimental-strip-types", "--no-warnings"] : [];

/** The example CRM, as a process that a test may kill. */
export type CrmProcess = {
  readonly said: () => string;
  readonly kill: (signal: "SIGKILL" | "SIGTERM") => Promise<{ readonly code: number | null }>;
};

export function startCrm({ url, segment, file }: Record<"url" | "segment" | "file", string>): CrmProcess {
  const child: ChildProcess = spawn(
    process.execPath,
    [...stripTypes, main, "--url", url, "--segment", segment, "--file", file],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let said = "";
  child.stdout!.on("data", part => (said += part));
  child.stderr!.on("data", part => (said += part));
  const closed = once(child, "close") as Promise<[number | null]>;
  return {
    said: () => said,
    kill: async signal => {
      child.kill(signal);
      const [code] = await closed;
      return { code };
    },
  };
}

export type CrmState = { readonly sequence: number; readonly members: readonly string[] };

/** What the CRM holds, in one read; null before its first snapshot. */
export function readCrm(file: string, segment: string): CrmState | null {
  let db: Database.Database;
  try {
    db = new Database(file, { readonly: true, fileMustExist: true });
  } catch {
    return null; // not made yet
  }
  try {
    return db.transaction(() => {
      const place = db.prepare("SELECT sequence FROM places WHERE segment = ?").get(segment) as CrmState | undefined;
      if (place === undefined) return null;
      const rows = db.prepare("SELECT customer FROM members WHERE segment = ? ORDER BY customer").all(segment);
      return { sequence: place.sequence, members: (rows as { customer: string }[]).map(({ customer }) => customer) };
    })();
  } catch {
    return null; // its tables are not made yet
  } finally {
    db.close();
  }
}
