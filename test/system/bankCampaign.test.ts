import { spawn } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { packageRoot } from "../../src/packageRoot.ts";
import { tempFolder } from "../support/tempFolder.ts";
import { endOf } from "./crashSupport/cli.ts";

/** Node 22 strips types only when asked to. */
const stripTypes = process.features.typescript === false ? ["--experimental-strip-types", "--no-warnings"] : [];

const numberIn = (text: string, pattern: RegExp): number => Number(pattern.exec(text)?.[1]?.replaceAll(",", ""));

test("the example goes from a generated bank to the effects of its campaigns, and leaves nothing behind", async () => {
  const temporary = tempFolder();
  const main = join(packageRoot, "examples/bank-campaign/main.ts");
  const child = spawn(process.execPath, [...stripTypes, main, "--customers", "400", "--seed", "3"], {
    env: { ...process.env, TMPDIR: temporary },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { status, stdout, stderr } = await endOf(child, 270_000);
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(readdirSync(temporary)).toEqual([]);

  expect(stdout).toContain("campaign savings-spring  started, version 1");
  const [, wave = "", travel = ""] = stdout.split(/\n(?=The wave of |\d+ purchases abroad)/);
  const messages = numberIn(wave, /([\d,]+) messages in the outbox/);
  expect(messages).toBe(numberIn(wave, /([\d,]+) sent/));
  expect(numberIn(travel, /([\d,]+) messages in the outbox/)).toBe(numberIn(travel, /([\d,]+) sent/));

  const [, savings = "", abroad = ""] = stdout.split(/\$ c360 campaigns effects \S+\n/);
  expect(numberIn(savings, / {2}sent +([\d,]+)/) + numberIn(savings, / {2}bounced +([\d,]+)/)).toBeGreaterThan(0);
  expect(numberIn(savings, / {2}to be sent +([\d,]+)/)).toBe(messages);
  // Whoever is in an arm, and whoever is in none, are all that the wave met.
  const assigned = [...savings.matchAll(/: ([\d,]+) assigned/g)].reduce((sum, [, n]) => sum + Number(n), 0);
  expect(assigned + numberIn(savings, /of these in no arm: ([\d,]+)/)).toBe(numberIn(savings, /met +([\d,]+)/));
  expect(savings).toMatch(/put-aside, treated: [+-][\d,.]+ EUR a head/);
  expect(savings).toMatch(/return on cost [+-]/);
  expect(savings).toMatch(/\n {2}consent +\d+ {2}\d+\.\d\d EUR\n/);
  expect(savings).toContain("The truth that was put in: ");
  expect(abroad).toMatch(/Customer \d+, gate by gate:\n {4}suppression +pass/);
  expect(abroad).toContain("Not contacted: ");
  const [, tried = ""] = stdout.split("$ c360 policies replay ");
  const [made, wouldBe] = [numberIn(tried, /Contacts: ([\d,]+) made/), numberIn(tried, /made, ([\d,]+) would be/)];
  expect(made).toBe(messages + numberIn(travel, /([\d,]+) messages in the outbox/));
  // Arms differ from store to store, and with so few customers maybe nobody was in both campaigns.
  expect(wouldBe).toBeLessThanOrEqual(made);
  expect(tried).toMatch(/-> not sent \(cap\)/);
});
