import type { OutsideDefinition } from "../../../../src/domain/tag/outside.ts";
import { testBank } from "../../support/testBank.ts";

export const ada = `{ kind: PERSON, id: "ada" }`;

/** A definition with everything a sentence leaves out filled in. */
export const definition = (given: Partial<OutsideDefinition> & Pick<OutsideDefinition, "code">): OutsideDefinition => ({
  name: given.code,
  category: "behaviour/payments",
  owner: "analytics",
  description: "A tag of a test.",
  type: { number: {} },
  rule: { statistic: { measure: { count: true }, facts: { types: ["transaction-posted"] } } },
  ...given,
});

export const czk = { money: { currency: "CZK" } } as const;
/** What left the accounts in thirty days. */
export const spend30d = definition({
  code: "spend-30d",
  name: "Spend, 30 days",
  type: czk,
  rule: {
    statistic: {
      measure: { sum: { field: "amount" } },
      facts: {
        types: ["transaction-posted"],
        where: { field: "direction", equals: "debit" },
        window: { rolling: "P30D" },
      },
    },
  },
});
export const bigSpender = definition({
  code: "big-spender",
  category: "behaviour",
  type: { boolean: true },
  rule: { formula: { atLeast: [{ tag: "spend-30d" }, { money: { amount: "100", currency: "CZK" } }] } },
});

const draft = `mutation ($definition: TagDefinitionInput!) { draftTag(definition: $definition, actor: ${ada}) {
  __typename ... on TagChanged { outcome version position tag { code status } }
  ... on TagRefused { reason code message faults { field code } } ... on TagInUse { dependents { code reason } } } }`;
const publish = `mutation ($code: ID!, $version: Int!) { publishTag(code: $code, version: $version, actor: ${ada}) {
  __typename ... on TagChanged { outcome version position tag { code status } }
  ... on TagRefused { reason code message } ... on TagInUse { message dependents { code version reason tag { name } } } } }`;

/** A bank in memory whose tags are defined through the API. */
export function tagBank(...given: Parameters<typeof testBank>) {
  const bank = testBank(...given);
  const draftTag = async (json: unknown) => {
    const { data, errors } = await bank.query(draft, { definition: json });
    await bank.engine.drain();
    return data?.draftTag ?? errors;
  };
  const publishTag = async (code: string, version: number) => {
    const { data, errors } = await bank.query(publish, { code, version });
    await bank.engine.drain();
    return data?.publishTag ?? errors;
  };
  return {
    ...bank,
    draftTag,
    publishTag,
    /** Drafted and published; throws with the reason where either was refused. */
    define: async (...definitions: readonly OutsideDefinition[]) => {
      for (const json of definitions) {
        const drafted = await draftTag(json);
        const published = drafted.outcome && (await publishTag(json.code, drafted.version));
        if (published?.outcome === undefined) throw new Error(JSON.stringify(published ?? drafted));
      }
    },
  };
}
