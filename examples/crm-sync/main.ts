import { parseArgs } from "node:util";
import { openCrmStore } from "./crmStore.ts";
import { syncSegment } from "./syncSegment.ts";

const { values } = parseArgs({
  options: {
    url: { type: "string", default: "http://127.0.0.1:4360" },
    segment: { type: "string" },
    file: { type: "string", default: "crm.db" },
  },
});
if (values.segment === undefined) {
  console.error("usage: node main.ts --segment <id> [--url http://127.0.0.1:4360] [--file crm.db]");
  process.exit(2);
}
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

const store = openCrmStore(values.file);
const say = (text: string) => console.log(`${new Date().toISOString()} ${values.segment}: ${text}`);
await syncSegment({ url: values.url.replace(/\/$/, ""), segment: values.segment, store, say, signal: stop.signal });
store.close();
