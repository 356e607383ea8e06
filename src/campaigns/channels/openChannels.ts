import { join } from "node:path";
import type { OpenChannel } from "../createCourier.ts";
import type { Timers } from "../timers.ts";
import type { ChannelSettings } from "./channelConfig.ts";
import { consoleChannel } from "./consoleChannel.ts";
import { fileChannel } from "./fileChannel.ts";
import { webhookChannel } from "./webhookChannel.ts";

/** Messages to a file share its syncs, so many may be under way, and more on their way into the log and back. */
const intoAFile = { concurrency: 256, window: 2_000 };

/** Opens a channel by its name as it is set up. Files stand in `<dataDir>/outbox` unless set otherwise. */
export const channelOpener =
  (
    { channels, fallback }: ChannelSettings,
    dataDir: string,
    now: Timers["now"],
    print: (line: string) => void,
  ): ((name: string) => OpenChannel) =>
  name => {
    const setting = channels.get(name) ?? fallback;
    const { limits } = setting;
    switch (setting.plugin) {
      case "file": {
        const file = setting.file ?? join(dataDir, "outbox", `${fileNameOf(name)}.ndjson`);
        return { channel: fileChannel(name, file), limits: { ...intoAFile, ...limits } };
      }
      case "webhook":
        return { channel: webhookChannel(name, { ...setting, now }), limits };
      case "console":
        return { channel: consoleChannel(name, print), limits };
    }
  };

/** A channel may be called anything: what could lead elsewhere in the file system, or meet another name there, is spelt out. */
export const fileNameOf = (name: string): string =>
  name === ""
    ? "%"
    : name.replace(/[^a-z0-9_-]/gu, character => `%${Buffer.from(character).toString("hex")}`).slice(0, 200);
