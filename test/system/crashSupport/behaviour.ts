import { toCloudEvent } from "../../../src/demo/cloudEvent.ts";
import type { Fact } from "../../../src/intake/fact.ts";

/** Something small that a customer did; its id is all that tells it from the next. */
export const behaviour = (id: string, customer = "1"): Fact => ({
  id,
  source: "web",
  type: "behaviour-observed",
  subject: { customer: { system: "web", id: customer } },
  occurredAt: "2026-01-05T10:00:00Z",
  data: { name: "page.viewed", properties: { page: "mortgages" } },
});

/** The same as one line of a CloudEvents stream, without its end. */
export const behaviourLine = (id: string, customer?: string): string =>
  JSON.stringify(toCloudEvent(behaviour(id, customer)));
