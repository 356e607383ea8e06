import { createHash } from "node:crypto";
import { accept, type Result, refuse } from "../../../domain/result.ts";
import { SegmentId } from "../../../domain/segment/segment.ts";

/** A reader's place in a segment's feed: everything up to `sequence` is told. `log`: the id of the log that the feed is of. */
export type FeedToken = {
  readonly log: string;
  readonly epoch: string;
  readonly segment: SegmentId;
  readonly sequence: number;
};

export type TokenRefusal = {
  readonly kind: "malformedToken";
  /** What is wrong with it: no token at all, of a newer program, or not as it was given out. */
  readonly reason: "notAToken" | "otherVersion" | "damaged";
  readonly message: string;
};

/*
 * Base64url of a version byte, six bytes of the SHA-256 of the rest, and the rest: a JSON list. The sum finds what was cut off or
 * mistyped; it is no secret, since a place in the feed allows nothing that its reader may not do anyhow.
 */
const version = 1;
const headBytes = 7;
const longest = 1_000;

const sumOf = (body: Uint8Array): Buffer => createHash("sha256").update(body).digest().subarray(0, 6);

/** Opaque to whoever gets it; `readToken` understands it. */
export function printToken({ log, epoch, segment, sequence }: FeedToken): string {
  const body = Buffer.from(JSON.stringify([log, epoch, segment, sequence]));
  return Buffer.concat([Buffer.of(version), sumOf(body), body]).toString("base64url");
}

export function readToken(text: string): Result<FeedToken, TokenRefusal> {
  if (text === "" || text.length > longest || !/^[A-Za-z0-9_-]+$/.test(text))
    return refused("notAToken", "this is no token of a segment's changes");
  const bytes = Buffer.from(text, "base64url");
  if (bytes.length <= headBytes) return refused("notAToken", "this is no token of a segment's changes");
  if (bytes[0] !== version)
    return refused("otherVersion", `this token is of version ${bytes[0]}; this program reads version ${version}`);
  const body = bytes.subarray(headBytes);
  if (!sumOf(body).equals(bytes.subarray(1, headBytes)))
    return refused("damaged", "this token is not as it was given out; use the last one that was stored whole");
  return tokenOf(body.toString());
}

function tokenOf(body: string): Result<FeedToken, TokenRefusal> {
  const [log, epoch, segment, sequence] = listOf(body);
  const id = typeof segment === "string" ? SegmentId.parse(segment) : null;
  if (typeof log !== "string" || typeof epoch !== "string" || id === null || !isSequence(sequence))
    return refused("damaged", "this token names no place in a segment's changes");
  return accept({ log, epoch, segment: id, sequence });
}

function listOf(body: string): readonly unknown[] {
  try {
    const list: unknown = JSON.parse(body);
    return Array.isArray(list) ? list : [];
  } catch {
    return [];
  }
}

const isSequence = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0;

const refused = (reason: TokenRefusal["reason"], message: string): Result<FeedToken, TokenRefusal> =>
  refuse({ kind: "malformedToken", reason, message });
