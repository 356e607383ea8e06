import type { AttributeSource, Standing } from "../rule.ts";
import { standingTypes } from "../standing.ts";
import type { ValueType } from "../tagValue.ts";
import { readFilter } from "./filter.ts";
import { formOfType, readForm } from "./form.ts";
import {
  fault,
  isThere,
  member,
  type Reading,
  readChoice,
  readCurrency,
  readMembers,
  readText,
  readTrue,
  readWord,
  type Spot,
  typePath,
} from "./reading.ts";

const longestName = 100;
const sources = ["profile", "preference", "consent", "balance", "registeredAt", "standing"] as const;

/** Types that a source can give values of. */
const typesOf: Readonly<Record<(typeof sources)[number], readonly ValueType["kind"][]>> = {
  profile: ["boolean", "enumeration", "number", "date", "text"],
  preference: ["boolean", "enumeration", "number", "date", "text"],
  consent: ["boolean"],
  balance: ["money"],
  registeredAt: ["date"],
  standing: ["number", "boolean"],
};

export function readAttribute(reading: Reading, spot: Spot): AttributeSource | null {
  const choice = readChoice(reading, spot, sources, "an attribute");
  if (choice === null) return null;
  const { name, spot: inner } = choice;
  const { type } = reading;
  if (type !== null && !typesOf[name].includes(type.kind))
    fault(
      reading,
      inner.path,
      "type-mismatch",
      `${name} gives ${typesOf[name].join(" or ")}; the type is ${type.kind}`,
    );
  switch (name) {
    case "profile":
    case "preference":
      return readNamed(reading, inner, name);
    case "consent": {
      if (!readMembers(reading, inner, ["channel", "purpose"], "a consent")) return null;
      const channel = readText(reading, member(inner, "channel"), longestName);
      const purpose = readText(reading, member(inner, "purpose"), longestName);
      return channel === null || purpose === null ? null : { kind: "consent", channel, purpose };
    }
    case "balance": {
      if (!readMembers(reading, inner, ["currency"], "a balance")) return null;
      const at = member(inner, "currency");
      const currency = readCurrency(reading, at);
      if (currency !== null && type?.kind === "money" && type.currency !== currency)
        fault(reading, at.path, "currency-mismatch", `is ${currency}; the type's currency is ${type.currency}`);
      return currency === null ? null : { kind: "balance", currency };
    }
    case "registeredAt":
      return readTrue(reading, inner) && { kind: "registeredAt" };
    case "standing":
      return readStanding(reading, inner);
  }
}

function readNamed(reading: Reading, spot: Spot, source: "profile" | "preference"): AttributeSource | null {
  if (!readMembers(reading, spot, ["name", "as"], `a ${source} attribute`)) return null;
  const nameSpot = member(spot, "name");
  const name = readText(reading, nameSpot, longestName);
  const said = readForm(reading, member(spot, "as"));
  const { type } = reading;
  if (name === null || said === null || type === null) return null;
  if (reading.fields.find("customer-attributes-changed", `attributes.${name}`)?.kind === "unknown")
    return fault(reading, nameSpot.path, "malformed", "expected a letter, then letters, digits, _ . or -");
  const wanted = formOfType(type);
  const form = said ?? wanted;
  const fits =
    form.kind === wanted.kind &&
    (form.kind !== "decimal" || wanted.kind !== "decimal" || form.decimals === wanted.decimals);
  if (!fits) {
    const got = form.kind === "decimal" ? `${form.decimals} decimals` : form.kind;
    return fault(reading, `${spot.path}.as`, "type-mismatch", `is read as ${got}; the type is ${type.kind}`);
  }
  return { kind: source === "profile" ? "attribute" : "preference", name, form };
}

function readStanding(reading: Reading, spot: Spot): AttributeSource | null {
  if (!readMembers(reading, spot, ["what", "where"], "what stands")) return null;
  const what = readWord(reading, member(spot, "what"), Object.keys(standingTypes) as Standing[]);
  if (reading.type?.kind === "number" && reading.type.decimals !== 0)
    fault(
      reading,
      typePath(reading, "number.decimals"),
      "type-mismatch",
      "standing gives whole numbers; it has no use for decimals",
    );
  if (what === null) return null;
  const whereSpot = member(spot, "where");
  if (!isThere(whereSpot)) return { kind: "standing", what, where: null };
  const where = readFilter(reading, whereSpot, { types: standingTypes[what], on: "some" });
  return where === null ? null : { kind: "standing", what, where };
}
