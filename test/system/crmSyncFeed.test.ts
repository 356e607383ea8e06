import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { person, type Told } from "../contracts/support/segmentBook.ts";
import { followedBank } from "../graphql/segment/feed/followedBank.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { readCrm, startCrm } from "./support/crmProcess.ts";

/** Numbers that look drawn, the same each time. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const people = 40;
const patience = { timeout: 30_000, interval: 20 };

test("a CRM that is killed again and again while customers come and go ends equal to the segment", async () => {
  const draw = numbers(7);
  const bank = await followedBank({ people });
  const file = join(tempFolder(), "crm.db");
  const members = new Set([1, 2, 3]);
  let sequence = 0;
  bank.begin("gold", ...members);

  const flip = (): Told => {
    const row = draw(people);
    sequence += 1;
    if (members.delete(row)) return [row, "out"];
    members.add(row);
    return [row, "in"];
  };
  const equal = () =>
    vi.waitFor(
      () => expect(readCrm(file, "gold")).toEqual({ sequence, members: [...members].map(person).sort() }),
      patience,
    );

  for (let round = 0; round < 12; round += 1) {
    const crm = startCrm({ url: bank.url, segment: "gold", file });
    const before = readCrm(file, "gold")?.sequence ?? -1;
    const enough = before + 1 + draw(60);
    // Facts flow until it has stored some, and some more that it may or may not get before it dies.
    await vi.waitFor(() => {
      bank.tell("gold", ...Array.from({ length: 1 + draw(6) }, flip));
      const now = readCrm(file, "gold");
      expect(now?.sequence ?? -1, crm.said()).toBeGreaterThan(Math.min(enough, sequence - 1));
    }, patience);
    bank.tell("gold", ...Array.from({ length: draw(300) }, flip));
    await crm.kill("SIGKILL");
  }
  const crm = startCrm({ url: bank.url, segment: "gold", file });
  onTestFinished(() => void crm.kill("SIGKILL"));
  await equal();
  expect(crm.said()).not.toContain("took"); // no snapshot was needed after the first
  expect(await crm.kill("SIGTERM")).toEqual({ code: 0 });
});

test("a CRM whose feed was begun anew takes the members again", async () => {
  const bank = await followedBank({ people });
  const file = join(tempFolder(), "crm.db");
  bank.begin("gold", 1, 2);
  bank.tell("gold", [3, "in"]);
  const crm = startCrm({ url: bank.url, segment: "gold", file });
  onTestFinished(() => void crm.kill("SIGKILL"));
  await vi.waitFor(() => expect(readCrm(file, "gold")?.sequence, crm.said()).toBe(1), patience);
  await crm.kill("SIGKILL");

  const other = await followedBank({ people, epoch: "epoch-2" });
  other.begin("gold", 7);
  const again = startCrm({ url: other.url, segment: "gold", file });
  onTestFinished(() => void again.kill("SIGKILL"));
  await vi.waitFor(
    () => expect(readCrm(file, "gold"), again.said()).toEqual({ sequence: 0, members: [person(7)] }),
    patience,
  );
  expect(again.said()).toContain("begun anew");
});

test("a CRM ends by itself once the segment is archived", async () => {
  const bank = await followedBank({ people });
  const file = join(tempFolder(), "crm.db");
  bank.begin("gold", 1);
  const crm = startCrm({ url: bank.url, segment: "gold", file });
  onTestFinished(() => void crm.kill("SIGKILL"));
  await vi.waitFor(() => expect(crm.said()).toContain("following after change 0"), patience);
  bank.tell("gold", [2, "in"]);
  bank.archive("gold");
  await vi.waitFor(() => expect(crm.said()).toContain("archived after change 1"), patience);
  expect(readCrm(file, "gold")).toEqual({ sequence: 1, members: [1, 2].map(person).sort() });
});
