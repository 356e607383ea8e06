import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Message } from "./world.ts";

/** What the channels of a store were handed for a campaign, each message once. */
export function messagesOf(folder: string, campaignId: string): readonly Message[] {
  const outbox = join(folder, "outbox");
  if (!existsSync(outbox)) return [];
  const found = new Map<string, Message>();
  for (const file of readdirSync(outbox))
    for (const line of readFileSync(join(outbox, file), "utf8").split("\n").slice(0, -1)) {
      const message = JSON.parse(line) as Message;
      if (message.campaignId === campaignId) found.set(message.decisionId, message);
    }
  return [...found.values()];
}
