import "reflect-metadata";
import { pino } from "pino";
import { serve } from "../../src/serve.ts";
import { benchConfig } from "../importBank.ts";

/* Serves a store's folder and says where, once it answers; leaves as a process leaves that is killed. */
const [folder] = process.argv.slice(2) as [string];
if (process.send === undefined) throw new Error("this process is started by the bench");
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
const { url } = await serve({ ...benchConfig(folder), production: true }, pino({ level: "warn" }));
process.send({ url });
