import type { Fault } from "../domain/fault.ts";
import type { JsonValue } from "../domain/json.ts";
import { accept, type Result, refuse } from "../domain/result.ts";
import type { Fact, FactBatch } from "./fact.ts";
import { factOfCloudEvent } from "./factOfCloudEvent.ts";
import { kindOf } from "./plainText.ts";
import type { Submitted } from "./quarantineRequests.ts";

/** One thing that came to the door: the fact in it, or why there is none. */
export type Arrival = Submitted & { readonly fact: Result<Fact, readonly Fault[]> };

/** Opens a batch, item by item. */
export function arrivalsOf(batch: FactBatch): Arrival[] {
  switch (batch.format) {
    case "facts":
      return batch.facts.map(fact => arrivalOf({ form: "fact", raw: fact }));
    case "cloudevents":
      return batch.events.map(event => arrivalOf({ form: "cloudevent", raw: event }));
    case "cloudevents-lines":
      return batch.lines.map(line => arrivalOf({ form: "text", raw: line }));
    case "refused-rows":
      return batch.rows.map(row => arrivalOf({ form: "row", raw: row }));
  }
}

/** Reads the fact in what came; a text that is JSON counts as the CloudEvent it holds. */
export function arrivalOf({ form, raw }: Submitted): Arrival {
  switch (form) {
    case "fact":
      return { form, raw, fact: factIn(raw) };
    case "cloudevent":
      return { form, raw, fact: factOfCloudEvent(raw as JsonValue) };
    case "row":
      return { form, raw, fact: refuse((raw as { readonly faults: readonly Fault[] }).faults) };
    case "text": {
      const parsed = parse(raw as string);
      return parsed.ok ? arrivalOf({ form: "cloudevent", raw: parsed.value }) : { form, raw, fact: parsed };
    }
  }
}

const factIn = (raw: unknown): Result<Fact, readonly Fault[]> =>
  raw !== null && typeof raw === "object" && !Array.isArray(raw)
    ? accept(raw as Fact)
    : refuse([{ field: "", code: "not-an-object", message: `expected a fact, an object; got ${kindOf(raw)}` }]);

function parse(line: string): Result<JsonValue, readonly Fault[]> {
  try {
    return accept(JSON.parse(line) as JsonValue);
  } catch {
    // The parser's own message quotes the text, which may be personal.
    return refuse([{ field: "", code: "not-json", message: `the line of ${line.length} characters is not JSON` }]);
  }
}
