import { registerEnumType } from "type-graphql";

export const TagKind = {
  ATTRIBUTE: "attribute",
  STATISTIC: "statistic",
  FORMULA: "formula",
  TIERS: "tiers",
  RELATION: "relation",
  MANUAL: "manual",
  RFM: "rfm",
  SCORE: "score",
  LOOK_ALIKE: "lookAlike",
} as const;
export type TagKind = (typeof TagKind)[keyof typeof TagKind];

registerEnumType(TagKind, {
  name: "TagKind",
  description: "Where a tag's value comes from.",
  valuesConfig: {
    ATTRIBUTE: { description: "What stands in the profile: an attribute, a consent, a balance, what is held." },
    STATISTIC: { description: "A measure over facts in a window of time." },
    FORMULA: { description: "Arithmetic and logic over other tags." },
    TIERS: { description: "Ordered rules over other tags; the first that matches gives the value." },
    RELATION: { description: "A measure over related customers' tags." },
    MANUAL: { description: "Set by hand or from a list." },
    RFM: { description: "Recency, frequency and monetary groups over the whole population, renewed at each refresh." },
    SCORE: { description: "A score that a model outside reported." },
    LOOK_ALIKE: { description: "Likeness to the customers of a seed tag, fitted at each refresh." },
  },
});

export const TagStatus = { DRAFT: "draft", PUBLISHED: "published", RETIRED: "retired" } as const;
export type TagStatus = (typeof TagStatus)[keyof typeof TagStatus];

registerEnumType(TagStatus, {
  name: "TagStatus",
  description: "How far a tag has come.",
  valuesConfig: {
    DRAFT: { description: "No version was published yet." },
    PUBLISHED: { description: "A version is in force." },
    RETIRED: { description: "No longer in force." },
  },
});

export const TagSensitivity = {
  PUBLIC: "public",
  INTERNAL: "internal",
  CONFIDENTIAL: "confidential",
  RESTRICTED: "restricted",
} as const;
export type TagSensitivity = (typeof TagSensitivity)[keyof typeof TagSensitivity];

registerEnumType(TagSensitivity, {
  name: "TagSensitivity",
  description: "Who may see a tag's values.",
  valuesConfig: {
    PUBLIC: { description: "Anyone." },
    INTERNAL: { description: "Anyone in the bank." },
    CONFIDENTIAL: { description: "Those whose work needs it." },
    RESTRICTED: { description: "Those named for it." },
  },
});

export const TagValueKind = {
  BOOLEAN: "boolean",
  ENUMERATION: "enumeration",
  NUMBER: "number",
  MONEY: "money",
  DATE: "date",
  TEXT: "text",
  SET: "set",
} as const;
export type TagValueKind = (typeof TagValueKind)[keyof typeof TagValueKind];

registerEnumType(TagValueKind, {
  name: "TagValueKind",
  description: "What kind of value a tag has; it says which field of a `TagValue` is set.",
  valuesConfig: {
    BOOLEAN: { description: "`boolean`." },
    ENUMERATION: { description: "`text`, one of a closed list." },
    NUMBER: { description: "`number`, an exact decimal." },
    MONEY: { description: "`money`, in one currency." },
    DATE: { description: "`instant`, with its calendar `date`." },
    TEXT: { description: "`text`." },
    SET: { description: "`members`." },
  },
});
