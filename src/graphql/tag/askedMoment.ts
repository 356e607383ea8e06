import type { Instant } from "../../domain/instant.ts";
import type { TagCode } from "../../domain/tag/definition.ts";
import type { TagState } from "../../domain/tag/tagCatalogue.ts";
import type { MaybePromise } from "../../projections/readModels.ts";
import type { Moment } from "../../projections/tags/evaluation/evaluateTag.ts";
import { inputsNeeded, type VersionsInUse, versionsInForce } from "../../projections/tags/versionsInUse.ts";
import type { RequestContext } from "../context.ts";
import type { CustomerNode } from "../customer/customerNode.ts";
import { badUserInput } from "../errors.ts";
import { whenReady } from "../maybePromise.ts";
import { tagSession } from "./tagSession.ts";

/** What a question about a customer's tags stands on. */
export type AskedMoment = Moment & {
  /** The definitions that answer. */
  readonly versions: VersionsInUse;
  /** Every tag there is now, for what can be said of those that do not answer. */
  readonly tags: ReadonlyMap<TagCode, TagState>;
  /** Whether this is the present, for which values are stored. */
  readonly now: boolean;
};

/** The moment of the customer's node, or that moment with another instant. */
export function askedMoment(
  context: RequestContext,
  { moment }: Pick<CustomerNode, "moment">,
  at: Instant | null | undefined,
): MaybePromise<AskedMoment> {
  return whenReady(tagSession(context), ({ catalogue, inUse }) => {
    const { position } = context.session();
    const known = Math.min(moment?.known ?? position, position);
    const asked = { at: at ?? moment?.at ?? context.now, known, tags: catalogue.tags };
    if (known === position) return { ...asked, versions: inUse, now: at == null && moment === null };
    return { ...asked, versions: versionsInForce(catalogue, known), now: false };
  });
}

/** The same moment with one tag in a version of its own, which may be a draft. Throws BAD_USER_INPUT where there is none. */
export function inVersion(asked: AskedMoment, code: TagCode, version: number): AskedMoment {
  const record = asked.tags.get(code)?.versions.find(candidate => candidate.version === version);
  if (record === undefined) throw badUserInput("version", `The tag \`${code}\` has no version ${version}.`);
  if (asked.versions.get(code) === record) return asked;
  const missing = inputsNeeded(record.definition.rule).find(input => !asked.versions.has(input));
  if (missing !== undefined)
    throw badUserInput(
      "version",
      `Version ${version} of \`${code}\` is computed from \`${missing}\`, which is not in force.`,
    );
  return { ...asked, versions: new Map(asked.versions).set(code, record), now: false };
}
