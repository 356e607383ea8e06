import { expect, test } from "vitest";
import { createBreaker } from "../../src/campaigns/breaker.ts";

const limits = { failures: 2, openMs: 10 };
const opened = () => {
  const breaker = createBreaker(limits);
  for (const at of [0, 1]) {
    expect(breaker.begun(at)).toBe("attempt");
    breaker.failed(at, "attempt");
  }
  return breaker;
};

test("opens after failures in a row, which a success breaks", () => {
  const breaker = createBreaker(limits);
  breaker.failed(0, "attempt");
  breaker.succeeded();
  breaker.failed(1, "attempt");
  expect([breaker.state(), breaker.mayBegin()]).toEqual(["closed", Number.NEGATIVE_INFINITY]);
  breaker.failed(2, "attempt");
  expect([breaker.state(), breaker.mayBegin()]).toEqual(["open", 12]);
  // Others that were under way when it opened.
  breaker.failed(5, "attempt");
  expect(breaker.mayBegin()).toBe(12);
});

test("one attempt tries it out, and no other begins until that has ended", () => {
  const breaker = opened();
  expect(breaker.begun(11)).toBe("probe");
  expect([breaker.state(), breaker.mayBegin()]).toEqual(["probing", null]);
  breaker.failed(12, "probe");
  expect([breaker.state(), breaker.mayBegin()]).toEqual(["open", 22]);
  expect(breaker.begun(22)).toBe("probe");
  breaker.succeeded();
  expect([breaker.state(), breaker.begun(23)]).toEqual(["closed", "attempt"]);
  breaker.failed(24, "attempt");
  expect(breaker.state()).toBe("closed");
});

test("one that says nothing of the channel leaves it open to be tried out", () => {
  const breaker = opened();
  breaker.begun(11);
  breaker.letGo("probe");
  expect([breaker.state(), breaker.mayBegin()]).toEqual(["open", 11]);
});
