import type { JsonObject } from "../domain/json.ts";
import type { ExternalRef, Fact, FactSubject } from "../intake/fact.ts";

/** The fact as a CloudEvents 1.0 event in the JSON format. A fact of nobody known has no subject. */
export function toCloudEvent(fact: Fact): JsonObject {
  const { subject, actor } = fact;
  return {
    specversion: "1.0",
    id: fact.id,
    source: fact.source,
    type: fact.type,
    time: fact.occurredAt,
    ...subjectOf(subject),
    datacontenttype: "application/json",
    ...(fact.correlationId === undefined ? {} : { correlationid: fact.correlationId }),
    ...(fact.corrects === undefined ? {} : { corrects: fact.corrects }),
    ...(actor === undefined ? {} : { actorkind: actor.kind, actorid: actor.id }),
    data: fact.data,
  };
}

function subjectOf(subject: FactSubject): { readonly subject?: string } {
  if ("customer" in subject) return { subject: `customer/${segments(subject.customer)}` };
  if ("account" in subject) return { subject: `account/${segments(subject.account)}` };
  return {};
}

const segments = ({ system, id }: ExternalRef): string => `${encodeURIComponent(system)}/${encodeURIComponent(id)}`;
