import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Fault } from "../../domain/fault.ts";
import { accept, type Result, refuse } from "../../domain/result.ts";
import type { LaneLimits } from "../channelLane.ts";

/** What takes a channel's messages. */
export type ChannelSetting = (
  | { readonly plugin: "file"; readonly file: string | null }
  | { readonly plugin: "webhook"; readonly url: string; readonly secret: string | null }
  | { readonly plugin: "console" }
) & { readonly limits: Partial<LaneLimits> };

/** By channel; `fallback` takes what goes to any other. */
export type ChannelSettings = {
  readonly channels: ReadonlyMap<string, ChannelSetting>;
  readonly fallback: ChannelSetting;
};

/** The file of channels cannot be used; the message names it and everything wrong with it. */
export class ChannelsUnusable extends Error {
  override readonly name = "ChannelsUnusable";
  readonly code = "CHANNELS_UNUSABLE";
}

const toFiles: ChannelSetting = { plugin: "file", file: null, limits: {} };

/** `channels.json` in the data folder (or `file`); without one every channel's messages go to a file. Throws ChannelsUnusable. */
export function readChannelSettings(dataDir: string, file: string | null): ChannelSettings {
  const path = file ?? join(dataDir, "channels.json");
  if (file === null && !existsSync(path)) return { channels: new Map(), fallback: toFiles };
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    throw new ChannelsUnusable(`${path} cannot be used: ${(error as Error).message}`);
  }
  const parsed = parseChannelSettings(content);
  if (parsed.ok) return parsed.value;
  const faults = parsed.refusal.map(({ field, message }) => `${field}: ${message}`).join("; ");
  throw new ChannelsUnusable(`${path} cannot be used: ${faults}`);
}

type Node = Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value);
const numbers = {
  window: [1, 10_000],
  concurrency: [1, 1_000],
  deadlineMs: [1, 600_000],
  attempts: [1, 1_000],
} as const;
const fieldsOf = {
  file: ["file"],
  webhook: ["url", "secret"],
  console: [],
} as const;

/** `{"channels": {"email": {"plugin": "webhook", "url": "…", "secret": "…"}}, "default": {"plugin": "file"}}`, or all that is wrong with it. */
export function parseChannelSettings(content: unknown): Result<ChannelSettings, readonly Fault[]> {
  const faults: Fault[] = [];
  const fault = (field: string, code: string, message: string): null => {
    faults.push({ field, code, message });
    return null;
  };
  const unknownFields = (node: Node, known: readonly string[], field: string): void => {
    for (const name of Object.keys(node))
      if (!known.includes(name))
        fault(below(field, name), "unknown-field", `is not known; there is ${known.join(", ") || "nothing else"}`);
  };

  const limitsOf = (node: Node, field: string): Partial<LaneLimits> => {
    const limits: Record<string, number> = {};
    for (const [name, [least, most]] of Object.entries(numbers)) {
      const value = node[name];
      if (value === undefined) continue;
      if (Number.isInteger(value) && Number(value) >= least && Number(value) <= most) limits[name] = Number(value);
      else fault(below(field, name), "out-of-range", `has to be a whole number from ${least} to ${most}`);
    }
    return limits;
  };
  const urlOf = (node: Node, field: string): string => {
    const { url } = node;
    const parsed = typeof url === "string" && URL.canParse(url) ? new URL(url) : null;
    if (parsed === null || !["http:", "https:"].includes(parsed.protocol))
      fault(below(field, "url"), "not-a-url", "has to be an http or https URL");
    else if (parsed.username !== "" || parsed.password !== "")
      fault(below(field, "url"), "not-allowed", "must not hold a user or password");
    return String(url);
  };
  const optionalText = (node: Node, name: string, field: string): string | null => {
    const value = node[name];
    if (value === undefined) return null;
    if (typeof value === "string" && value !== "") return value;
    return fault(below(field, name), "not-a-text", "has to be a text that is not empty");
  };
  const settingOf = (node: unknown, field: string): ChannelSetting | null => {
    if (!isNode(node)) return fault(field, "not-an-object", "has to be an object");
    const { plugin } = node;
    if (plugin !== "file" && plugin !== "webhook" && plugin !== "console")
      return fault(below(field, "plugin"), "unknown-plugin", "has to be one of file, webhook, console");
    unknownFields(node, ["plugin", ...Object.keys(numbers), ...fieldsOf[plugin]], field);
    const limits = limitsOf(node, field);
    switch (plugin) {
      case "file":
        return { plugin, file: optionalText(node, "file", field), limits };
      case "webhook":
        return { plugin, url: urlOf(node, field), secret: optionalText(node, "secret", field), limits };
      case "console":
        return { plugin, limits };
    }
  };

  if (!isNode(content)) return refuse([{ field: "", code: "not-an-object", message: "has to be an object" }]);
  unknownFields(content, ["channels", "default"], "");
  const { channels = {}, default: fallback = { plugin: "file" } } = content;
  const settings = new Map<string, ChannelSetting>();
  if (!isNode(channels)) fault("channels", "not-an-object", "has to be an object by channel");
  else
    for (const [name, node] of Object.entries(channels)) {
      const setting = settingOf(node, `channels.${name}`);
      if (setting !== null) settings.set(name, setting);
    }
  const other = settingOf(fallback, "default");
  if (other?.plugin === "file" && other.file !== null)
    fault("default.file", "not-allowed", "would be the file of many channels; each gets its own without it");
  const files = new Map<string, string>();
  for (const [name, setting] of settings) {
    if (setting.plugin !== "file" || setting.file === null) continue;
    const twice = files.get(setting.file);
    if (twice !== undefined) fault(`channels.${name}.file`, "used-twice", `is the file of channel ${twice} already`);
    files.set(setting.file, name);
  }
  return faults.length > 0 || other === null ? refuse(faults) : accept({ channels: settings, fallback: other });
}

const below = (field: string, name: string): string => (field === "" ? name : `${field}.${name}`);
