import { type FileHandle, mkdir, open } from "node:fs/promises";
import { dirname } from "node:path";
import type { Channel, Delivery } from "../channel.ts";

type Waiting = {
  readonly line: string;
  readonly resolve: (delivery: Delivery) => void;
  readonly reject: (error: Error) => void;
};

/**
 * Appends each message as a line of JSON to a file, made durable before it counts as accepted; messages that come meanwhile share the
 * next sync. A line that a crash left unfinished is cut off when the file is opened: it was never accepted, and comes again. After a
 * failure the file is opened anew, and so mended.
 */
export function fileChannel(name: string, file: string): Channel {
  let waiting: Waiting[] = [];
  let handle: FileHandle | null = null;
  let writing: Promise<void> | null = null;

  const writeGroup = async (group: readonly Waiting[]): Promise<void> => {
    try {
      handle ??= await openMended(file);
      await handle.appendFile(group.map(({ line }) => line).join(""));
      await handle.datasync();
      for (const { resolve } of group) resolve({ kind: "accepted" });
    } catch (error) {
      await handle?.close().catch(() => undefined);
      handle = null;
      for (const { reject } of group) reject(error as Error);
    }
  };
  const write = async (): Promise<void> => {
    while (waiting.length > 0) {
      const group = waiting;
      waiting = [];
      await writeGroup(group);
    }
    writing = null;
  };

  return {
    name,
    deliver: message =>
      new Promise((resolve, reject) => {
        waiting.push({ line: `${JSON.stringify(message)}\n`, resolve, reject });
        writing ??= new Promise(setImmediate).then(write);
      }),
    close: async () => {
      await writing;
      await handle?.close();
      handle = null;
    },
  };
}

const newline = 0x0a;
const stretch = 65_536;

/** Opens the file for appending, without what stands after its last whole line. A file that is new is made durable with its name. */
async function openMended(file: string): Promise<FileHandle> {
  const folder = dirname(file);
  await mkdir(folder, { recursive: true });
  const handle = await open(file, "a+");
  try {
    const { size } = await handle.stat();
    const whole = await endOfLastLine(handle, size);
    if (whole < size) await handle.truncate(whole);
    await handle.sync();
    const names = await open(folder, "r");
    await names.sync().finally(() => names.close());
    return handle;
  } catch (error) {
    await handle.close();
    throw error;
  }
}

async function endOfLastLine(handle: FileHandle, size: number): Promise<number> {
  const buffer = Buffer.alloc(stretch);
  for (let end = size; end > 0; ) {
    const start = Math.max(0, end - stretch);
    const { bytesRead } = await handle.read(buffer, 0, end - start, start);
    const last = buffer.subarray(0, bytesRead).lastIndexOf(newline);
    if (last !== -1) return start + last + 1;
    end = start;
  }
  return 0;
}
