import type { Channel, ChannelMessage } from "../channel.ts";

/** Prints each message, for trying things out. */
export const consoleChannel = (name: string, print: (line: string) => void): Channel => ({
  name,
  deliver: async (message: ChannelMessage) => {
    print(`c360: ${name} ${JSON.stringify(message)}`);
    return { kind: "accepted" };
  },
});
