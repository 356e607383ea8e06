import "reflect-metadata";
import { type Contestant, contestants } from "./contestants.ts";
import { start } from "./servers.ts";

/* Runs one contestant; the parent asks for the CPU time it has used. */
const contestant = process.argv[2] as Contestant;
if (!contestants.includes(contestant) || process.send === undefined)
  throw new Error("this process is started by the bench");
process.on("disconnect", () => process.exit());
process.on("message", () => process.send?.({ cpu: process.cpuUsage() }));
process.send({ port: await start[contestant]() });
