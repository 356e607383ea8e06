import type { Position } from "../../domain/event.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Provenance, Restated } from "./customer.ts";

type Moment = { readonly occurredAt: Instant; readonly position: Position };

/** Which of two facts is the truth of today: the one that was true later; of the same instant, the one learned later. */
export const isNewer = (fact: Moment, than: Moment): boolean =>
  fact.occurredAt > than.occurredAt || (fact.occurredAt === than.occurredAt && fact.position > than.position);

/** The parts of an entity that one fact states. A part's fields stand and fall together. */
export type Statements<Entity, Part extends string> = { readonly [Name in Part]?: Partial<Entity> };

/**
 * Lays one fact over an entity: each part it states takes effect unless a newer fact stated that part, so a late fact
 * fills what is missing and never overwrites what is newer, whatever the order of arrival.
 */
export function restate<Entity extends Restated, Part extends string>(
  entity: Entity,
  parts: readonly Part[],
  by: Provenance,
  statements: Statements<Entity, Part>,
): Entity {
  const standing = parts.map(part => standingOf(entity, part));
  const fields: Partial<Entity> = {};
  const now = parts.map((part, index) => {
    const said = statements[part];
    const stands = standing[index] ?? null;
    if (said === undefined || (stands !== null && !isNewer(by, stands))) return stands;
    Object.assign(fields, said);
    return by;
  });
  // A merely mentioned entity has the mention as provenance; the first real statement takes its place, however old.
  const newest = standing.every(stands => stands === null) || isNewer(by, entity) ? by : entity;
  const older: Record<string, Provenance | null> = {};
  parts.forEach((part, index) => {
    const stands = now[index] ?? null;
    if (stands === null || stands.position !== newest.position) older[part] = stands === null ? null : pick(stands);
  });
  const { older: _, ...rest } = entity;
  const hasOlder = Object.keys(older).length > 0;
  return { ...rest, ...fields, ...pick(newest), ...(hasOlder ? { older } : {}) } as unknown as Entity;
}

/** The provenance of a part as it stands; null while no fact has stated it. */
const standingOf = (entity: Restated, part: string): Provenance | null =>
  entity.older !== undefined && Object.hasOwn(entity.older, part) ? (entity.older[part] ?? null) : pick(entity);

const pick = ({ source, occurredAt, position }: Provenance): Provenance => ({ source, occurredAt, position });

/** `older` of an entity that was mentioned but of which no part is stated. */
export const nothingStated = (parts: readonly string[]): Readonly<Record<string, null>> =>
  Object.fromEntries(parts.map(part => [part, null]));
