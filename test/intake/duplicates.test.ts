import { expect, test } from "vitest";
import { fact, openDoor, opened, paid, registered, today } from "./openDoor.ts";

test("how many facts came again is written down by source and type, once", async () => {
  const clock = { now: today };
  const door = openDoor({ now: () => clock.now });
  const payment = paid();
  const elsewhere = fact("preference-set", { name: "colour", value: "blue" }, { source: "app" });
  const wrong = paid("1.234");
  await door.submit(registered(), opened(), payment, payment, elsewhere, wrong);
  clock.now += 1_000;
  await door.submit(payment, elsewhere, wrong, wrong);
  clock.now += 1_000;
  expect(await door.intake.observe()).toBe(true);

  const told = (await door.log()).filter(({ type }) => type === "source-observed");
  expect(told.map(({ stream, source, data }) => ({ stream, source, ...data }))).toEqual([
    {
      stream: "source-core",
      source: "core",
      from: "2024-05-01T12:00:00.000Z",
      to: "2024-05-01T12:00:02.000Z",
      duplicates: [{ factType: "transaction-posted", facts: 4 }],
    },
    {
      stream: "source-app",
      source: "app",
      from: "2024-05-01T12:00:00.000Z",
      to: "2024-05-01T12:00:02.000Z",
      duplicates: [{ factType: "preference-set", facts: 1 }],
    },
  ]);
  expect(await door.intake.observe()).toBe(false);
  expect((await door.log()).length).toBe(1 + 5 + 2); // the first contact, five facts, two counts
});
