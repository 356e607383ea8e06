import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ChannelMessage } from "../../../src/campaigns/channel.ts";
import { fileChannel } from "../../../src/campaigns/channels/fileChannel.ts";
import { fileNameOf } from "../../../src/campaigns/channels/openChannels.ts";
import { tempFolder } from "../../support/tempFolder.ts";

const message = (name: string) => ({ decisionId: name, content: { text: "line\nbreak" } }) as unknown as ChannelMessage;
const never = new AbortController().signal;
const accepted = { kind: "accepted" };
const linesOf = (file: string): unknown[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .slice(0, -1)
    .map(line => (JSON.parse(line) as ChannelMessage).decisionId);

test("writes each message as a line, also many at once, and goes on where it was", async () => {
  const file = join(tempFolder(), "outbox", "email.ndjson");
  const names = Array.from({ length: 100 }, (_, index) => `m${index}`);
  const first = fileChannel("email", file);
  expect(existsSync(file)).toBe(false);
  expect(await Promise.all(names.map(name => first.deliver(message(name), never)))).toEqual(names.map(() => accepted));
  await first.close?.();
  const second = fileChannel("email", file);
  await second.deliver(message("last"), never);
  await second.close?.();
  expect(linesOf(file)).toEqual([...names, "last"]);
});

test.each(['{"decisionId":"torn', "x".repeat(200_000)])(
  "a line that a crash left unfinished is cut off",
  async torn => {
    const file = join(tempFolder(), "email.ndjson");
    const before = fileChannel("email", file);
    await before.deliver(message("whole"), never);
    await before.close?.();
    appendFileSync(file, torn);
    const after = fileChannel("email", file);
    await after.deliver(message("next"), never);
    await after.close?.();
    expect(linesOf(file)).toEqual(["whole", "next"]);
  },
);

test("a file with nothing but a torn line begins anew", async () => {
  const file = join(tempFolder(), "email.ndjson");
  writeFileSync(file, "torn");
  const channel = fileChannel("email", file);
  await channel.deliver(message("first"), never);
  await channel.close?.();
  expect(linesOf(file)).toEqual(["first"]);
});

test("what cannot be written is not accepted, and can be once the trouble is over", async () => {
  const folder = join(tempFolder(), "outbox");
  writeFileSync(folder, "in the way");
  const channel = fileChannel("email", join(folder, "email.ndjson"));
  await expect(channel.deliver(message("a"), never)).rejects.toThrow();
  rmSync(folder);
  mkdirSync(folder);
  expect(await channel.deliver(message("a"), never)).toEqual(accepted);
  await channel.close?.();
  expect(linesOf(join(folder, "email.ndjson"))).toEqual(["a"]);
});

test("a channel's name leads nowhere else in the file system, and meets no other there", () => {
  expect(["email", "E-Mail", "../keys", "", "sms/1", "sms%2f1", "邮件"].map(fileNameOf)).toEqual([
    ...["email", "%45-%4dail", "%2e%2e%2fkeys", "%", "sms%2f1", "sms%252f1", "%e982ae%e4bbb6"],
  ]);
});
