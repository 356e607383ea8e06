import { StorageFailure } from "../../domain/eventLog.ts";

/** Puts a driver's or the file system's error into words an operator can act on. */
export function storageFailure(error: unknown, path: string): StorageFailure {
  if (error instanceof StorageFailure) return error;
  const cause = error instanceof Error ? error : new Error(String(error));
  const code = String((cause as { code?: unknown }).code ?? "");
  const options = { cause };
  if (code === "SQLITE_FULL" || code === "ENOSPC")
    return new StorageFailure(
      "STORAGE_FULL",
      `no space left for ${path}; nothing was stored, free some and send again`,
      options,
    );
  if (code.startsWith("SQLITE_READONLY") || code === "SQLITE_CANTOPEN" || ["EACCES", "EPERM", "EROFS"].includes(code))
    return new StorageFailure(
      "STORAGE_READ_ONLY",
      `cannot open or write ${path} (${code}): make the data folder readable and writable for this user, or name another one with C360_DATA_DIR`,
      options,
    );
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB")
    return new StorageFailure(
      "STORAGE_CORRUPT",
      `${path} is damaged (${cause.message}): stop writing, keep the file, and restore a verified backup`,
      options,
    );
  if (code.startsWith("SQLITE_BUSY"))
    return new StorageFailure("STORAGE_LOCKED", `${path} is in use by another process`, options);
  return new StorageFailure("STORAGE_FAILED", `${path}: ${cause.message}${code === "" ? "" : ` (${code})`}`, options);
}
