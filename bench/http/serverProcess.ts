import "reflect-metadata";
import { pino } from "pino";
import { serve } from "../../src/serve.ts";
import { benchConfig } from "../importBank.ts";
import { type Contestant, contestants } from "./contestants.ts";
import { startBare } from "./startBare.ts";
import { startMercurius } from "./startMercurius.ts";

/*
 * Runs one contestant over a store's folder (`bare`: with the text to answer); the parent asks for the CPU time it has used,
 * and how many answers came from memory.
 */
export type Used = { readonly cpu: NodeJS.CpuUsage; readonly fromMemory: number };

/** Bytes: every request looks for its answer, makes it, and has it remembered for nothing. */
const tooLittle = 1_000_000;
const [contestant, given] = process.argv.slice(2) as [Contestant, string];
if (!contestants.includes(contestant) || process.send === undefined)
  throw new Error("this process is started by the bench");

let fromMemory = (): number => 0;

async function start(): Promise<string> {
  if (contestant === "bare") return startBare(given);
  if (contestant === "mercuriusJit") return startMercurius(given);
  const shipped = { ...benchConfig(given), production: true, introspection: false };
  const { url, answers } = await serve(
    contestant === "anew" ? { ...shipped, answerMemory: tooLittle } : shipped,
    pino({ level: "warn" }),
  );
  fromMemory = () => answers()?.hits ?? 0;
  return url;
}

process.on("disconnect", () => process.exit());
process.on("message", () => process.send?.({ cpu: process.cpuUsage(), fromMemory: fromMemory() } satisfies Used));
process.send({ url: await start() });
