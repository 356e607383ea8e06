import { formatInstant } from "../../instant.ts";
import { durationInWords } from "../duration.ts";
import type { FactFilter, FactSelection } from "../factSelection.ts";
import { typeOfForm } from "../print/printFacts.ts";
import type { Standards } from "../standards.ts";
import type { Window } from "../window.ts";
import { describeValue, listed, numbered } from "./describeValue.ts";

/** "transaction-posted facts where direction is debit, in the last 30 days". */
export function describeFacts({ types, where, window }: FactSelection, standards: Standards): string {
  const condition = where === null ? "" : ` where ${describeFilter(where, standards)}`;
  return `${listed(types, "or")} facts${condition}${describeWindow(window)}`;
}

const orders = { "<": "is less than", "<=": "is at most", ">": "is more than", ">=": "is at least" } as const;
const texts = { contains: "contains", startsWith: "starts with", endsWith: "ends with" } as const;

export function describeFilter(filter: FactFilter, standards: Standards): string {
  switch (filter.kind) {
    case "all":
    case "any": {
      const parts = filter.of.map(part => grouped(part, standards));
      return parts.join(filter.kind === "all" ? " and " : " or ");
    }
    case "not":
      return `not ${grouped(filter.of, standards)}`;
    case "in":
      return `${filter.field} is ${listed(filter.values.map(String), "or")}`;
    case "compare":
      return `${filter.field} ${orders[filter.operator]} ${describeValue(filter.value, typeOfForm(filter.as), standards)}`;
    case "text":
      return `${filter.field} ${texts[filter.operator]} "${filter.value}"`;
    case "exists":
      return `${filter.field} is there`;
  }
}

const grouped = (filter: FactFilter, standards: Standards): string =>
  (filter.kind === "all" || filter.kind === "any") && filter.of.length > 1
    ? `(${describeFilter(filter, standards)})`
    : describeFilter(filter, standards);

export function describeWindow(window: Window): string {
  switch (window.kind) {
    case "lifetime":
      return "";
    case "rolling":
      return `, in the last ${durationInWords(window.length)}`;
    case "ago":
      return `, from ${durationInWords(window.from)} to ${durationInWords(window.to)} ago`;
    case "absolute":
      return `, from ${formatInstant(window.from)} until before ${formatInstant(window.to)}`;
    case "calendar":
      if (window.previous === 0) return `, in this calendar ${window.unit} (${window.zone})`;
      if (window.current)
        return `, in this calendar ${window.unit} and the ${window.previous === 1 ? "one" : window.previous} before (${window.zone})`;
      return `, in the previous ${window.previous === 1 ? "" : `${window.previous} `}calendar ${numbered(window.unit, window.previous)} (${window.zone})`;
  }
}
