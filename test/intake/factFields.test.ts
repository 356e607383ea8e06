import { expect, test } from "vitest";
import { createFactFields } from "../../src/intake/factFields.ts";
import { shippedCatalogue } from "./shippedCatalogue.ts";

const fields = createFactFields(shippedCatalogue, ["transaction-posted"]);
const kindOf = (type: string, path: string) => {
  const answer = fields.find(type, path);
  return answer?.kind === "known" ? answer.content.kind : (answer?.kind ?? null);
};

test("each field is what its schema says, through references", () => {
  expect(fields.find("transaction-posted", "direction")).toEqual({
    kind: "known",
    content: { kind: "enumeration", values: ["credit", "debit"] },
  });
  const paths = ["amount", "amount.currency", "account", "sequence", "mcc", "occurredAt"];
  expect(paths.map(path => kindOf("transaction-posted", path))).toEqual([
    "money",
    "text",
    "text",
    "integer",
    "text",
    "instant",
  ]);
  expect(kindOf("complaint-recorded", "receivedOn")).toBe("date");
  expect(kindOf("complaint-recorded", "timely")).toBe("boolean");
  expect(kindOf("call-recorded", "endedAt")).toBe("instant");
  expect(kindOf("score-reported", "score")).toBe("decimal");
  expect(kindOf("preference-set", "value")).toBe("open");
});

test("values under names of the source's own are open, where the name could be one", () => {
  expect(kindOf("transaction-posted", "details.cds")).toBe("open");
  expect(kindOf("behaviour-observed", "properties.page.name")).toBe("open");
  expect(kindOf("transaction-posted", "details.")).toBe("unknown");
  expect(kindOf("transaction-posted", "details.1st")).toBe("unknown");
  expect(kindOf("transaction-posted", "details")).toBe("unknown");
});

test("personal values are sealed for the types that stay sealed, and for no others", () => {
  expect(kindOf("transaction-posted", "counterparty")).toBe("sealed");
  expect(kindOf("transaction-posted", "details.iban")).toBe("sealed");
  expect(kindOf("customer-registered", "attributes.birthDate")).toBe("open");
  expect(kindOf("transaction-posted", "transactionId")).toBe("unasked");
});

test("what is not there is answered with what is", () => {
  expect(fields.find("transaction-lost", "amount")).toBeNull();
  expect(fields.find("preference-set", "amount")).toEqual({ kind: "unknown", known: ["occurredAt", "name", "value"] });
  expect(fields.find("preference-set", "__proto__")).toMatchObject({ kind: "unknown" });
  expect(fields.find("toString", "amount")).toBeNull();
});
