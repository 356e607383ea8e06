import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { ascending } from "../../../domain/ascending.ts";
import { StorageFailure } from "../../../domain/eventLog.ts";

/*
 * A folder holds one generation of read models in use, named by a pointer file, and while rebuilding the next one. The
 * pointer changes by rename, so that after a crash at any moment it names the old or the new generation, whole.
 */

const pointerName = "readmodels.current";
const fileName = /^readmodels-(\d+)\.db(-wal|-shm|-journal)?$/;

export const generationFile = (folder: string, generation: number): string =>
  join(folder, `readmodels-${generation}.db`);

/** What the columns of a generation held some time ago; it spares a start from reading every row. */
export const columnImageFile = (folder: string, generation: number): string =>
  join(folder, `columns-${generation}.image`);

/** The generation in use; null before the first one. Throws StorageFailure for a pointer nobody wrote like that. */
export function currentGeneration(folder: string): number | null {
  const pointer = join(folder, pointerName);
  if (!existsSync(pointer)) return null;
  const text = readFileSync(pointer, "utf8").trim();
  if (!/^[1-9]\d{0,8}$/.test(text))
    throw new StorageFailure(
      "STORAGE_CORRUPT",
      `${pointer} names no generation ("${text.slice(0, 40)}"): remove it and rebuild the read models from the log`,
    );
  return Number(text);
}

/** A number no file in the folder has, above the one in use. */
export const nextGeneration = (folder: string): number =>
  Math.max(currentGeneration(folder) ?? 0, ...generationsIn(folder)) + 1;

/** Takes a finished generation into use. Its file is already complete on disk; the old one stays until `removeOtherGenerations`. */
export function flipTo(folder: string, generation: number): void {
  if (!existsSync(generationFile(folder, generation)))
    throw new StorageFailure("STORAGE_FAILED", `there is no ${generationFile(folder, generation)} to take into use`);
  mkdirSync(folder, { recursive: true });
  syncFile(generationFile(folder, generation));
  const draft = join(folder, `${pointerName}.new`);
  const handle = openSync(draft, "w");
  try {
    writeSync(handle, `${generation}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, join(folder, pointerName));
  syncFile(folder);
}

/** Removes what is not in use: generations before the flip, and rebuilds that were cut short. Removes nothing while none is in use. */
export function removeOtherGenerations(folder: string): number[] {
  const current = currentGeneration(folder);
  if (current === null) return [];
  const others = generationsIn(folder).filter(generation => generation !== current);
  for (const generation of others) removeGeneration(folder, generation);
  return others;
}

export function removeGeneration(folder: string, generation: number): void {
  const file = generationFile(folder, generation);
  for (const suffix of ["", "-wal", "-shm", "-journal"]) rmSync(file + suffix, { force: true });
  const image = columnImageFile(folder, generation);
  for (const suffix of ["", ".new"]) rmSync(image + suffix, { force: true });
}

function generationsIn(folder: string): number[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).flatMap(name => fileName.exec(name)?.[1] ?? []);
  return ascending(new Set(found.map(Number)));
}

function syncFile(path: string): void {
  const handle = openSync(path, "r");
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
