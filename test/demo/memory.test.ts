import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { expect, test } from "vitest";
import { generateBank } from "../../src/demo/generateBank.ts";

test("what stays in memory does not grow with the number of customers", () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heldAfter: number[] = [];
  let customers = 0;
  for (const _ of generateBank({ seed: 1, customers: 20_000, months: 3, factsPerCustomer: 25 })) {
    customers += 50;
    if (customers % 5000 !== 0) continue;
    collect();
    heldAfter.push(process.memoryUsage().heapUsed);
  }
  expect(heldAfter).toHaveLength(4);
  const growth = heldAfter[3]! - heldAfter[0]!;
  expect(growth).toBeLessThan(2_000_000);
});
