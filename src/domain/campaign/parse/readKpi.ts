import type { FieldForm } from "../../tag/factSelection.ts";
import { readKinds } from "../../tag/parse/facts.ts";
import { type Field, readField } from "../../tag/parse/fields.ts";
import { checkReadable, readForm } from "../../tag/parse/form.ts";
import {
  fault,
  isThere,
  member,
  type Reading,
  readChoice,
  readMembers,
  readText,
  readTrue,
  type Spot,
} from "../../tag/parse/reading.ts";
import { readDuration } from "../../tag/parse/window.ts";
import type { Kpi } from "../campaign.ts";
import { KpiCode } from "../campaign.ts";
import { buckets } from "./limits.ts";
import { noDecisions, readId, readPercent } from "./readParts.ts";

export function readKpi(reading: Reading, spot: Spot): Kpi | null {
  const members = ["code", "name", "facts", "measure", "margin", "prePeriod"];
  if (!readMembers(reading, spot, members, "a KPI")) return null;
  const code = readId(reading, member(spot, "code"), KpiCode.parse);
  const name = readText(reading, member(spot, "name"), 200);
  const factsSpot = member(spot, "facts");
  const isSelection = readMembers(reading, factsSpot, ["types", "where"], "the facts that count");
  const facts = isSelection ? readKinds(reading, factsSpot) : null;
  if (facts !== null) noDecisions(reading, member(factsSpot, "types"));
  const measure = readKpiMeasure(reading, member(spot, "measure"), facts?.types ?? []);
  const margin = readMargin(reading, member(spot, "margin"), measure);
  const preSpot = member(spot, "prePeriod");
  const prePeriod = isThere(preSpot) ? readDuration(reading, preSpot) : undefined;
  if (code === null || name === null || facts?.kinds == null || measure === null) return null;
  if (margin === null || prePeriod === null) return null;
  return { code, name, facts: facts.kinds, measure, margin, prePeriod: prePeriod ?? null };
}

function readKpiMeasure(reading: Reading, spot: Spot, types: readonly string[]): Kpi["measure"] | null {
  if (!isThere(spot)) return { kind: "conversion" };
  const choice = readChoice(reading, spot, ["conversion", "count", "sum"], "what is measured");
  if (choice === null) return null;
  const { name, spot: inner } = choice;
  if (name !== "sum") return readTrue(reading, inner) && { kind: name };
  if (!readMembers(reading, inner, ["field", "as"], "a sum")) return null;
  const field = readField(reading, member(inner, "field"), { types, on: "every" });
  const said = readForm(reading, member(inner, "as"));
  if (field === null || said === null) return null;
  const form = said ?? formOf(reading, inner, field);
  if (form === null) return null;
  const formPath = said === undefined ? field.path : `${inner.path}.as`;
  if (form.kind !== "money" && form.kind !== "decimal")
    return fault(
      reading,
      formPath,
      "type-mismatch",
      `only money and numbers have a sum; ${field.name} is read as ${form.kind}`,
    );
  if (!checkReadable(reading, formPath, field.name, field.content, form)) return null;
  return { kind: "sum", field: field.name, form };
}

/** How a field is read of which nothing is said. */
function formOf(reading: Reading, { path }: Spot, { name, content, path: fieldPath }: Field): FieldForm | null {
  switch (content.kind) {
    case "integer":
      return { kind: "decimal", decimals: 0 };
    case "money":
      return fault(
        reading,
        `${path}.as`,
        "currency-needed",
        `${name} is money: name the currency, {"money": {"currency": "…"}}`,
      );
    case "number":
    case "decimal":
    case "open":
      return fault(
        reading,
        `${path}.as`,
        "form-needed",
        `say to how many decimals ${name} is summed up: {"decimal": {"decimals": 2}}`,
      );
    default:
      return fault(
        reading,
        fieldPath,
        "type-mismatch",
        `only money and numbers have a sum; ${name} is ${content.kind === "enumeration" ? "text" : content.kind}`,
      );
  }
}

function readMargin(reading: Reading, spot: Spot, measure: Kpi["measure"] | null): number | null {
  if (!isThere(spot)) return buckets;
  const margin = readPercent(reading, spot, "zero allowed");
  if (measure === null || (measure.kind === "sum" && measure.form.kind === "money")) return margin;
  return fault(reading, spot.path, "not-allowed", "only a sum of money has a margin");
}
