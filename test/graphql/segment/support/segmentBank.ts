import type { OutsideSegment, OutsideSegmentRule } from "../../../../src/domain/segment/outside.ts";
import { ada, tagBank } from "../../tag/support/tagBank.ts";

/** A definition with everything that the sentence at hand leaves out. */
export const segment = (id: string, rule: OutsideSegmentRule): OutsideSegment => ({
  ...{ id, name: `The ${id}`, owner: "insight", description: "Said by a test." },
  rule,
});

export const said = `__typename
  ... on SegmentChanged { outcome version position segment { segmentId status } }
  ... on SegmentRefused { reason segmentId message faults { field code } }
  ... on SegmentInUse { segmentId message dependents { segmentId version reason segment { name } } }`;
const draft = `mutation ($input: SegmentInput!) { draftSegment(input: $input, actor: ${ada}) { ${said} } }`;
const publish = `mutation ($id: ID!, $version: Int!) { publishSegment(id: $id, version: $version, actor: ${ada}) { ${said} } }`;
const archive = `mutation ($id: ID!, $reason: String!) { archiveSegment(id: $id, reason: $reason, actor: ${ada}) { ${said} } }`;

/** A bank in memory whose tags and segments are defined through the API. */
export function segmentBank(...given: Parameters<typeof tagBank>) {
  const bank = tagBank(...given);
  const run = async (name: string, text: string, variables: Record<string, unknown>) => {
    const { data, errors } = await bank.query(text, variables);
    await bank.engine.drain();
    return data?.[name] ?? errors;
  };
  const draftSegment = (input: unknown) => run("draftSegment", draft, { input });
  const publishSegment = (id: string, version: number) => run("publishSegment", publish, { id, version });
  return {
    ...bank,
    draftSegment,
    publishSegment,
    archiveSegment: (id: string, reason: string) => run("archiveSegment", archive, { id, reason }),
    /** Drafted and published; throws with the reason where either was refused. */
    stand: async (...definitions: readonly OutsideSegment[]) => {
      for (const input of definitions) {
        const drafted = await draftSegment(input);
        const published = drafted.outcome && (await publishSegment(input.id, drafted.version));
        if (published?.outcome === undefined) throw new Error(JSON.stringify(published ?? drafted));
      }
    },
    /** The data of an answer without errors. */
    ask: async (text: string, variables: Record<string, unknown> = {}) => {
      const { data, errors } = await bank.query(text, variables);
      if (errors !== undefined) throw new Error(JSON.stringify(errors));
      return data;
    },
  };
}
