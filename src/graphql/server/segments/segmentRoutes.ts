import type { IncomingMessage, ServerResponse } from "node:http";
import { SegmentId } from "../../../domain/segment/segment.ts";
import { answerJson } from "../answer.ts";
import type { ServerLimits } from "../serverLimits.ts";
import { exportChanges } from "./exportChanges.ts";
import { exportMembers } from "./exportMembers.ts";
import type { FeedSource } from "./feedSource.ts";
import { answerProblem, badRequest } from "./problem.ts";

export type SegmentRoutes = {
  /** `/segments/<id>/changes` and `/segments/<id>/members`. */
  readonly pattern: RegExp;
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Ends what is followed, with a line that says so. */
  readonly close: () => void;
};

const pattern = /^\/segments\/([^/]+)\/(changes|members)$/;

/** Segments as lines of JSON (`application/x-ndjson`), for programs without GraphQL; refusals as `application/problem+json`. */
export function segmentRoutes(source: FeedSource, limits: ServerLimits): SegmentRoutes {
  const closing = new AbortController();
  return {
    pattern,
    close: () => closing.abort(),
    handle: async (request, response) => {
      if (request.method !== "GET")
        return answerJson(response, 405, { code: "METHOD_NOT_ALLOWED", message: "Ask by GET." }, { allow: "GET" });
      const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
      const [, name = "", part] = pattern.exec(pathname) ?? [];
      const id = SegmentId.parse(name);
      if (id === null)
        return answerProblem(response, { status: 404, code: "UNKNOWN_SEGMENT", title: `There is no segment ${name}.` });
      if (part === "members") return exportMembers(source, response, id, limits.stallMs);

      const limit = wholeNumber(searchParams.get("limit"));
      if (limit === null) return answerProblem(response, badRequest("`limit` is a whole number above zero."));
      const follow = searchParams.get("follow") ?? "false";
      if (follow !== "true" && follow !== "false")
        return answerProblem(response, badRequest("`follow` is true or false."));
      const asked = { id, after: searchParams.get("after"), limit, follow: follow === "true" };
      return exportChanges(source, response, asked, { stallMs: limits.stallMs, signal: closing.signal });
    },
  };
}

/** Without one: as many as there are. */
function wholeNumber(text: string | null): number | null {
  if (text === null) return Number.POSITIVE_INFINITY;
  return /^[1-9]\d{0,14}$/.test(text) ? Number(text) : null;
}
