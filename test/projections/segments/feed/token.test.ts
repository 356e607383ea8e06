import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { resume } from "../../../../src/projections/segments/feed/resume.ts";
import type { StandingSegment } from "../../../../src/projections/segments/feed/segmentChange.ts";
import { type FeedToken, printToken, readToken } from "../../../../src/projections/segments/feed/token.ts";
import { segmentId } from "../../../contracts/support/segmentBook.ts";

const gold = segmentId("gold");
const token: FeedToken = { log: "log-1", epoch: "epoch-1", segment: gold, sequence: 7 };
const standing: StandingSegment = {
  ...{ id: gold, version: 2, size: 5, sequence: 9, since: { position: 1, at: 1 }, archived: false },
};
const reads = (given: StandingSegment | null = standing, epoch: string | null = "epoch-1") => ({
  segmentEpoch: () => epoch,
  standingSegment: () => given,
});

describe("a token", () => {
  test("is read back as it was printed, whatever it names", () => {
    fc.assert(
      fc.property(
        fc.string({ maxLength: 50 }),
        fc.string({ maxLength: 50 }),
        fc.maxSafeNat(),
        (log, epoch, sequence) => {
          const token = { log, epoch, segment: gold, sequence };
          expect(readToken(printToken(token))).toEqual({ ok: true, value: token });
          expect(printToken(token)).toMatch(/^[A-Za-z0-9_-]+$/);
        },
      ),
    );
  });

  test("that was changed in any character is refused", () => {
    const text = printToken(token);
    for (const index of Array.from(text, (_, index) => index)) {
      const other = text[index] === "A" ? "Q" : "A";
      const read = readToken(text.slice(0, index) + other + text.slice(index + 1));
      expect(read).toMatchObject({ ok: false, refusal: { kind: "malformedToken" } });
    }
    expect(readToken(text.slice(0, -4))).toMatchObject({ refusal: { reason: "damaged" } });
  });

  test("that is none, or of another version, is refused with the reason", () => {
    const reasonOf = (text: string) => {
      const read = readToken(text);
      return read.ok ? null : read.refusal.reason;
    };
    expect(["", "42", "not a token", "x".repeat(2_000), "{}"].map(reasonOf)).toEqual(Array(5).fill("notAToken"));
    const bytes = Buffer.from(printToken(token), "base64url");
    bytes[0] = 2;
    expect(reasonOf(bytes.toString("base64url"))).toBe("otherVersion");
    expect(reasonOf(printToken({ ...token, segment: "Not An Id" as never }))).toBe("damaged");
    expect(reasonOf(printToken({ ...token, sequence: -1 }))).toBe("damaged");
  });
});

describe("resuming", () => {
  test("goes on from the token's sequence", () => {
    expect(resume(token, "log-1", reads())).toEqual({ kind: "from", sequence: 7 });
    expect(resume({ ...token, sequence: 9 }, "log-1", reads())).toEqual({ kind: "from", sequence: 9 });
  });

  test("says why a token is expired, and where to take the members anew", () => {
    const expired = (given: Partial<FeedToken>) => {
      const resumed = resume({ ...token, ...given }, "log-1", reads());
      if (resumed.kind !== "expired") throw new Error(`not expired but ${resumed.kind}`);
      expect(readToken(resumed.resync.token)).toEqual({ ok: true, value: { ...token, sequence: 9 } });
      expect(resumed.resync).toMatchObject({ sequence: 9, size: 5 });
      return resumed.reason;
    };
    expect(expired({ log: "log-2" })).toBe("otherLog");
    expect(expired({ epoch: "epoch-0" })).toBe("feedBegunAnew");
    expect(expired({ sequence: 10 })).toBe("ahead");
  });

  test("knows no segment that does not stand", () => {
    expect(resume(token, "log-1", reads(null))).toMatchObject({ kind: "unknownSegment" });
    expect(resume(token, "log-1", reads(standing, null))).toMatchObject({ kind: "unknownSegment" });
  });
});
