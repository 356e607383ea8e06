import "reflect-metadata";
import { pino } from "pino";
import { serve } from "../../src/serve.ts";
import { benchConfig } from "../importBank.ts";
import { type Contestant, contestants } from "./contestants.ts";
import { startBare } from "./startBare.ts";
import { startMercurius } from "./startMercurius.ts";

/* Runs one contestant over a store's folder (`bare`: with the text to answer); the parent asks for the CPU time it has used. */
const [contestant, given] = process.argv.slice(2) as [Contestant, string];
if (!contestants.includes(contestant) || process.send === undefined)
  throw new Error("this process is started by the bench");

async function start(): Promise<string> {
  if (contestant === "bare") return startBare(given);
  if (contestant === "mercuriusJit") return startMercurius(given);
  const production = { ...benchConfig(given), production: true, introspection: false };
  const { url } = await serve(production, pino({ level: "warn" }));
  return url;
}

process.on("disconnect", () => process.exit());
process.on("message", () => process.send?.({ cpu: process.cpuUsage() }));
process.send({ url: await start() });
