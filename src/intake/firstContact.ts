import type { NewEvent } from "../domain/event.ts";
import { type CustomerId, customerStream } from "../domain/ids.ts";
import type { FactSubject } from "./fact.ts";
import { firstContactIdOf, type IdSecret } from "./identify.ts";

/**
 * What goes before the first fact of a customer: as which identity it is known. Nothing where the fact itself links
 * that identity.
 */
export function firstContact(
  fact: NewEvent,
  subject: FactSubject,
  customerId: CustomerId,
  secret: IdSecret,
): NewEvent[] {
  if (!("customer" in subject)) return [];
  const { system, id } = subject.customer;
  if (fact.type === "identity-linked" && fact.data.system === system && fact.personal?.fields["/id"] === id) return [];
  return [
    {
      eventId: firstContactIdOf(secret, customerId),
      type: "identity-linked",
      schemaVersion: 1,
      occurredAt: fact.occurredAt,
      actor: { kind: "system", id: "intake" },
      source: fact.source,
      sourceEventId: null,
      correlationId: fact.correlationId,
      causationId: fact.eventId,
      corrects: null,
      flags: [],
      data: { primary: true, system },
      personal: { subject: customerStream(customerId), fields: { "/id": id } },
    },
  ];
}
