import { expect, test } from "vitest";
import { systemTimers } from "../../src/campaigns/timers.ts";

const long = 3_600_000;

test("a wait ends with its time, and at once where its signal is or was aborted", async () => {
  const { signal } = new AbortController();
  const before = performance.now();
  await systemTimers.wait(20, signal);
  expect(performance.now() - before).toBeGreaterThan(18);
  await systemTimers.wait(-5, signal);
  await systemTimers.wait(long, AbortSignal.abort());
  const cut = new AbortController();
  const waiting = systemTimers.wait(long, cut.signal);
  cut.abort("enough");
  await waiting;
  expect(performance.now() - before).toBeLessThan(10_000);
});

test("a time that is longer than timers go is waited for, not skipped", async () => {
  const cut = new AbortController();
  let over = false;
  const waiting = systemTimers.wait(2 ** 40, cut.signal).then(() => {
    over = true;
  });
  await new Promise(setImmediate);
  await systemTimers.wait(5, new AbortController().signal);
  expect(over).toBe(false);
  cut.abort("enough");
  await waiting;
});
