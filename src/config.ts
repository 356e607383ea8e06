import { resolve } from "node:path";
import { accept, type Result, refuse } from "./domain/result.ts";
import { isLoopback } from "./graphql/server/loopback.ts";

/** Everything that can be set from outside; nothing else reads the environment. */
export type Config = {
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  readonly production: boolean;
  readonly introspection: boolean;
  readonly logLevel: string;
  /** How far in the future a fact may lie before it is quarantined, in milliseconds. */
  readonly maxFutureMs: number;
  /** How long a query waits for `minPosition`, in milliseconds. */
  readonly minPositionTimeoutMs: number;
  /** Milliseconds that a question about everybody may take. */
  readonly previewTimeoutMs: number;
  /** How long a request may take as a whole, in milliseconds. */
  readonly requestTimeoutMs: number;
  /** Largest body of a request that is not a stream, in bytes. */
  readonly bodyLimit: number;
  /** Customer states that the projector keeps in memory. */
  readonly projectorCache: number;
  /** How many bytes of answers are remembered; 0 for none. */
  readonly answerMemory: number;
  /** What takes the messages of each channel; null: `channels.json` in the data folder, if it is there. */
  readonly channelsFile: string | null;
};

export type ConfigProblem = { readonly variable: string; readonly message: string };

const levels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"];

/** Reads the configuration, or names every problem with it at once. */
export function loadConfig(env: NodeJS.ProcessEnv): Result<Config, readonly ConfigProblem[]> {
  const problems: ConfigProblem[] = [];
  const whole = (variable: string, fallback: number, min: number, max: number): number => {
    const text = env[variable];
    if (text === undefined || text === "") return fallback;
    const value = Number(text);
    if (Number.isInteger(value) && value >= min && value <= max) return value;
    problems.push({ variable, message: `must be a whole number from ${min} to ${max}, got "${text}"` });
    return fallback;
  };
  const oneOf = (variable: string, fallback: string, choices: readonly string[]): string => {
    const text = env[variable] || fallback;
    if (choices.includes(text)) return text;
    problems.push({ variable, message: `must be one of ${choices.join(", ")}, got "${text}"` });
    return fallback;
  };
  const host = env.C360_HOST || "127.0.0.1";
  if (!isLoopback(host))
    problems.push({
      variable: "C360_HOST",
      message: `must be a loopback address (127.0.0.1, ::1, localhost) while there is no authentication, got "${host}"`,
    });
  const production = env.NODE_ENV === "production";
  const config: Config = {
    dataDir: resolve(env.C360_DATA_DIR || "data"),
    host,
    port: whole("C360_PORT", 4360, 0, 65_535),
    production,
    introspection: oneOf("C360_INTROSPECTION", production ? "off" : "on", ["on", "off"]) === "on",
    logLevel: oneOf("C360_LOG_LEVEL", "info", levels),
    maxFutureMs: whole("C360_MAX_FUTURE_HOURS", 24, 0, 24 * 366) * 3_600_000,
    minPositionTimeoutMs: whole("C360_MIN_POSITION_TIMEOUT_MS", 5000, 1, 600_000),
    previewTimeoutMs: whole("C360_PREVIEW_TIMEOUT_MS", 20_000, 100, 600_000),
    requestTimeoutMs: whole("C360_REQUEST_TIMEOUT_MS", 30_000, 100, 600_000),
    bodyLimit: whole("C360_BODY_LIMIT_MB", 16, 1, 1024) * 2 ** 20,
    projectorCache: whole("C360_PROJECTOR_CACHE", 50_000, 1, 10_000_000),
    answerMemory: whole("C360_ANSWER_MEMORY_MB", 64, 0, 4096) * 2 ** 20,
    channelsFile: env.C360_CHANNELS ? resolve(env.C360_CHANNELS) : null,
  };
  return problems.length === 0 ? accept(config) : refuse(problems);
}
