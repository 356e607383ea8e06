import type { CustomerEvent } from "../../domain/customer/events.ts";
import type { Merge } from "../../domain/customer/mergeGraph.ts";
import type { RecordedEvent } from "../../domain/event.ts";
import { type CustomerId, customerOfStream } from "../../domain/ids.ts";
import { foldConsent } from "../customer/consents.ts";
import type { Consent, Customer, Provenance } from "../customer/customer.ts";
import { ownValue } from "../customer/entities.ts";
import { provenanceOf } from "../customer/factData.ts";
import { newcomer } from "../customer/fold.ts";
import { isNewer } from "../customer/restate.ts";

type Consents = Customer["consents"];

/**
 * The consents of merged customers: until a merge each says their own, at a merge the stricter of both stands, from then on
 * it is one person who speaks. `merges`: those in force among them, by position. `events`: all of theirs, upcast, in log
 * order, without those that were corrected.
 */
export function groupConsents(
  survivor: CustomerId,
  merges: readonly Merge[],
  events: readonly RecordedEvent[],
): Consents {
  const speaksFor = new Map<CustomerId, CustomerId>();
  const said = new Map<CustomerId, Customer>();
  const speakerOf = (id: CustomerId): CustomerId => {
    let speaker = id;
    for (let next = speaksFor.get(speaker); next !== undefined; next = speaksFor.get(speaker)) speaker = next;
    return speaker;
  };
  const sayingOf = (id: CustomerId): Customer => said.get(id) ?? newcomer(id, 0, 0);
  const unite = (merge: Merge, by: Provenance): void => {
    const consents = stricter(sayingOf(merge.survivor).consents, sayingOf(merge.absorbed).consents, by);
    said.set(merge.survivor, { ...sayingOf(merge.survivor), consents });
    speaksFor.set(merge.absorbed, merge.survivor);
  };

  const ahead = [...merges];
  for (const event of events) {
    const stream = customerOfStream(event.stream);
    if (stream === null) continue;
    if (event.position === ahead[0]?.position) unite(ahead.shift() as Merge, provenanceOf(event));
    const fact = event as unknown as CustomerEvent;
    if (fact.type !== "consent-granted" && fact.type !== "consent-withdrawn") continue;
    const speaker = speakerOf(stream);
    const status = fact.type === "consent-granted" ? "granted" : "withdrawn";
    said.set(speaker, foldConsent(sayingOf(speaker), fact.data, status, provenanceOf(event)));
  }
  return sayingOf(survivor).consents;
}

/** Withdrawn is stricter than granted, and then it is the merge that says so. To have said nothing is not stricter than a grant. */
function stricter(survivor: Consents, absorbed: Consents, merge: Provenance): Consents {
  const both: Record<string, Consent> = { ...survivor };
  for (const [key, theirs] of Object.entries(absorbed)) {
    const ours = ownValue(survivor, key);
    if (ours === null) both[key] = theirs;
    else if (ours.status !== theirs.status) both[key] = { ...ours, status: "withdrawn", ...merge };
    else if (isNewer(theirs, ours)) both[key] = theirs;
  }
  return both;
}
