import { parentPort, workerData } from "node:worker_threads";
import type { TagCode } from "../../../../../src/domain/tag/definition.ts";
import { openColumns } from "../../../../../src/projections/segments/columns/openColumns.ts";
import type { SharedBlocks } from "../../../../../src/projections/segments/columns/sharedBlocks.ts";

/** Counts over and over until what it sees is of the position it was told to wait for, and tells everything it saw. */
const { shared, until } = workerData as { readonly shared: SharedBlocks; readonly until: number };
const reader = openColumns(shared);
const city = "city" as TagCode;
const around = { segmentBits: () => "some", snapshot: () => null };
const count = (plan: Parameters<Parameters<Parameters<typeof reader.ask>[0]>[0]["queries"]["count"]>[0]) =>
  reader.ask(({ queries, reflects, idAt, rows, read, typeOf }) => {
    const counted = queries.count(plan, around);
    const last = rows() - 1;
    return {
      position: reflects().position,
      count: counted.ok ? counted.value : -1,
      last: [last, idAt(last), typeOf(city) === null ? null : read(city, last)],
    };
  }, 5000);

parentPort?.postMessage("ready");
const seen: ReturnType<typeof count>[] = [];
do
  seen.push(
    count({
      kind: "any",
      of: [
        {
          kind: "all",
          of: [
            { kind: "column", code: "flag" as TagCode, test: { kind: "is", value: true } },
            { kind: "not", of: { kind: "segment", id: "some" as never } },
          ],
        },
        {
          kind: "all",
          of: [
            { kind: "not", of: { kind: "column", code: "flag" as TagCode, test: { kind: "is", value: true } } },
            { kind: "segment", id: "some" as never },
          ],
        },
      ],
    }),
  );
while ((seen.at(-1) as { position: number }).position < until && seen.length < 100_000);
reader.close();
parentPort?.postMessage(seen);
