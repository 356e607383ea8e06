import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseChannelSettings, readChannelSettings } from "../../../src/campaigns/channels/channelConfig.ts";
import { tempFolder } from "../../support/tempFolder.ts";

const toFiles = { plugin: "file", file: null, limits: {} };

test("without a file every channel's messages go to a file of its own", () => {
  expect(readChannelSettings(tempFolder(), null)).toEqual({ channels: new Map(), fallback: toFiles });
});

test("reads what takes each channel's messages, and what takes the rest", () => {
  const folder = tempFolder();
  const content = {
    channels: {
      email: { plugin: "webhook", url: "https://mail.example/hook", secret: "s", concurrency: 4, deadlineMs: 500 },
      push: { plugin: "console" },
      letter: { plugin: "file", file: "/var/letters.ndjson" },
    },
    default: { plugin: "console" },
  };
  writeFileSync(join(folder, "channels.json"), JSON.stringify(content));
  expect(readChannelSettings(folder, null)).toEqual({
    channels: new Map<string, unknown>([
      [
        "email",
        {
          ...{ plugin: "webhook", url: "https://mail.example/hook", secret: "s" },
          limits: { concurrency: 4, deadlineMs: 500 },
        },
      ],
      ["push", { plugin: "console", limits: {} }],
      ["letter", { plugin: "file", file: "/var/letters.ndjson", limits: {} }],
    ]),
    fallback: { plugin: "console", limits: {} },
  });
});

test("names everything that is wrong at once, and the file", () => {
  const content = {
    channels: {
      a: { plugin: "smtp" },
      b: { plugin: "webhook", url: "ftp://x", secret: "", attempts: 0 },
      c: { plugin: "webhook", url: "https://user:pass@x/" },
      d: 7,
      e: { plugin: "file", file: "/x", url: "y" },
      f: { plugin: "file", file: "/x" },
    },
    default: { plugin: "file", file: "/all" },
    more: 1,
  };
  const parsed = parseChannelSettings(content);
  expect(parsed.ok ? [] : parsed.refusal.map(({ field, code }) => `${field} ${code}`)).toEqual([
    ...["more unknown-field", "channels.a.plugin unknown-plugin", "channels.b.attempts out-of-range"],
    ...["channels.b.url not-a-url", "channels.b.secret not-a-text", "channels.c.url not-allowed"],
    ...["channels.d not-an-object", "channels.e.url unknown-field", "default.file not-allowed"],
    "channels.f.file used-twice",
  ]);
  expect(parseChannelSettings([])).toMatchObject({ ok: false, refusal: [{ code: "not-an-object" }] });
  const file = join(tempFolder(), "my.json");
  expect(() => readChannelSettings(tempFolder(), file)).toThrow(`${file} cannot be used`);
  writeFileSync(file, "{");
  expect(() => readChannelSettings(tempFolder(), file)).toThrow(`${file} cannot be used`);
  writeFileSync(file, JSON.stringify({ channels: { a: { plugin: "smtp" } } }));
  expect(() => readChannelSettings(tempFolder(), file)).toThrow("channels.a.plugin: has to be one of");
});
