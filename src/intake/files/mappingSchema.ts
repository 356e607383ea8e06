const name = { type: "string", minLength: 1 };
const names = { type: "array", items: name, minItems: 1 };
const texts = { type: "array", items: { type: "string" } };
const scalar = { type: ["string", "number", "boolean"] };
const value = { $ref: "#/$defs/value" };
const oneCharacter = { type: "string", minLength: 1, maxLength: 1 };
const encoding = { type: "string", pattern: "^(utf-8|latin1|windows-125[0-8])$" };

const closed = (properties: object, required: readonly string[] = []) => ({
  type: "object",
  additionalProperties: false,
  required,
  properties,
});

const conditions = {
  type: "array",
  minItems: 1,
  items: {
    ...closed({ column: name, equals: { type: "string" }, in: texts, notIn: texts, empty: { type: "boolean" } }, [
      "column",
    ]),
    minProperties: 2,
    maxProperties: 2,
  },
};

// One flat form instead of a choice between forms: its refusals name the wrong entry rather than every form it is not.
const valueForm = {
  ...closed({
    column: name,
    constant: scalar,
    template: name,
    lookup: name,
    firstOf: { type: "array", minItems: 1, items: value },
    customer: value,
    account: value,
    date: value,
    dateTime: value,
    key: value,
    take: name,
    system: name,
    time: value,
    timeFormat: name,
    defaultTime: name,
    nextDayIfBefore: value,
    zone: name,
    as: { enum: ["text", "decimal", "integer", "boolean", "date", "money", "sign"] },
    format: name,
    currency: value,
    abs: { type: "boolean" },
    codes: name,
    empty: texts,
  }),
  type: ["string", "object"],
  minLength: 1,
};

const fact = closed(
  {
    type: name,
    schemaVersion: { type: "integer", minimum: 1 },
    id: { type: ["string", "array"], minLength: 1, minItems: 1, items: name },
    numberRepeats: { type: "boolean" },
    oncePer: value,
    when: conditions,
    subject: closed({
      customer: value,
      account: value,
      unattributed: { const: true },
      system: name,
      ifEmpty: { enum: ["unattributed", "refuse"] },
    }),
    occurredAt: value,
    correlationId: value,
    corrects: value,
    data: {
      type: "object",
      propertyNames: { pattern: "^[A-Za-z][A-Za-z0-9_]*(\\.[A-Za-z][A-Za-z0-9_]*)*$" },
      additionalProperties: value,
    },
  },
  ["type", "id", "subject", "occurredAt", "data"],
);

const file = closed(
  {
    name,
    optional: { type: "boolean" },
    delimiter: oneCharacter,
    encoding,
    quotes: { enum: ["strict", "literal", "none"] },
    columns: names,
    optionalColumns: names,
    withoutYear: closed({ month: name, format: name, firstYear: { type: "integer", minimum: 1 } }, [
      "month",
      "firstYear",
    ]),
    facts: { type: "array", items: fact },
  },
  ["name", "facts"],
);

const lookup = closed({ file: name, key: name, take: names, where: conditions, optional: { type: "boolean" } }, [
  "file",
  "key",
  "take",
]);

const codeTable = closed(
  {
    values: { type: "object", additionalProperties: scalar },
    // "refuse", "keep", or { default: … }
    unknown: { ...closed({ default: scalar }, ["default"]), type: ["string", "object"], pattern: "^(refuse|keep)$" },
  },
  ["values", "unknown"],
);

/** The form of a mapping file, as a JSON Schema. What a form cannot say (names that must exist) is in checkMapping.ts. */
export const mappingSchema = {
  ...closed(
    {
      mapping: { const: 1 },
      source: { type: "string", pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$" },
      description: { type: "string" },
      timeZone: name,
      currency: { type: "string", pattern: "^[A-Z]{3}$" },
      customerSystem: name,
      accountSystem: name,
      numbers: closed({ decimal: oneCharacter, group: oneCharacter }),
      twoDigitYearsFrom: { type: "integer", minimum: 0, maximum: 9900 },
      delimiter: oneCharacter,
      encoding,
      empty: texts,
      codes: { type: "object", additionalProperties: codeTable },
      lookups: { type: "object", additionalProperties: lookup },
      files: { type: "array", minItems: 1, items: file },
    },
    ["mapping", "source", "timeZone", "customerSystem", "files"],
  ),
  $defs: { value: valueForm },
};
