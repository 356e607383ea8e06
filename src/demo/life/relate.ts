import type { Second } from "../calendar.ts";
import type { Person } from "../person.ts";
import { type Telling, tell } from "../telling.ts";

const relationshipId = (from: Person, kind: string, to: Person): string => `${kind}-${from.ref.id}-${to.ref.id}`;

/** `from` is `kind` of `to`. A relationship with two ends is told once from each. */
export function relate(telling: Telling, from: Person, kind: string, to: Person, at: Second): void {
  tell(telling, from, at, "crm", "relationship-established", {
    relationshipId: relationshipId(from, kind, to),
    kind,
    customer: to.ref,
  });
}

export function unrelate(telling: Telling, from: Person, kind: string, to: Person, at: Second, reason: string): void {
  tell(telling, from, at, "crm", "relationship-ended", { relationshipId: relationshipId(from, kind, to), reason });
}
