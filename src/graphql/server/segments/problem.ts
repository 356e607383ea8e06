import type { ServerResponse } from "node:http";
import type { FeedExpired, FeedRefusal } from "../../segment/feed/readSegmentFeed.ts";
import { answer } from "../answer.ts";

/** Why a request about a segment is refused; `code` is stable. */
export type Problem = {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly [more: string]: unknown;
};

/** RFC 9457. */
export const answerProblem = (response: ServerResponse, problem: Problem): void =>
  answer(response, problem.status, JSON.stringify(problem), "application/problem+json; charset=utf-8");

const refusals: Readonly<Record<FeedRefusal["reason"], Pick<Problem, "status" | "code">>> = {
  unknownSegment: { status: 404, code: "UNKNOWN_SEGMENT" },
  notPublished: { status: 409, code: "NOT_PUBLISHED" },
  malformedToken: { status: 400, code: "TOKEN_MALFORMED" },
  otherSegment: { status: 400, code: "TOKEN_OF_OTHER_SEGMENT" },
};

export const refusalProblem = ({ reason, message }: FeedRefusal): Problem => ({ ...refusals[reason], title: message });

/** With where to take the members anew. */
export const expiredProblem = (id: string, { reason, message, sequence, size }: FeedExpired): Problem => ({
  status: 410,
  code: "TOKEN_EXPIRED",
  title: message,
  ...{ reason, sequence, size, resync: `/segments/${id}/members` },
});

export const badRequest = (title: string): Problem => ({ status: 400, code: "BAD_REQUEST", title });
