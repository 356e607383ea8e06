import { StorageFailure } from "../../../domain/eventLog.ts";
import { storageFailure } from "../storageFailure.ts";

/** What went wrong with a generation's file. A damaged one is no loss: it can be made anew at any time. */
export function readModelFailure(error: unknown, file: string): StorageFailure {
  const failure = storageFailure(error, file);
  if (failure.code !== "STORAGE_CORRUPT") return failure;
  return new StorageFailure(
    "STORAGE_CORRUPT",
    `the read models in ${file} are damaged: \`c360 rebuild\` makes them anew from the log, which is not concerned`,
    { cause: failure },
  );
}
