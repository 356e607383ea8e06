import { type Assignment, type CampaignDefinition, type CampaignStart, ownZoneOf } from "./campaign.ts";

/**
 * Members of a new definition that differ from the one in force though they have to stay as they are once a campaign has started: by
 * path. What kind of start it has and whether it goes by customers' own zones, which says what a wave's instant means, and, within one version of the assignment, everything that says who is in which arm and
 * variant. A later version of the assignment may differ in all of that; an earlier one is never gone back to.
 */
export function lockedFields(inForce: CampaignDefinition, next: CampaignDefinition): readonly string[] {
  const start = startedOtherwise(inForce.start, next.start);
  const [before, after] = [inForce.assignment, next.assignment];
  if (after.version > before.version) return start;
  if (after.version < before.version) return [...start, "assignment.version"];
  return [...start, ...dealtOtherwise(before, after)];
}

function startedOtherwise(before: CampaignStart, after: CampaignStart): readonly string[] {
  if (before.kind !== after.kind) return ["start"];
  return (ownZoneOf(before) === null) === (ownZoneOf(after) === null) ? [] : [`start.${after.kind}.zoneAttribute`];
}

/** In order of the arms, as the buckets are dealt. Contents are no part of it. */
function dealtOtherwise(before: Assignment, after: Assignment): readonly string[] {
  const changed: string[] = before.salt === after.salt ? [] : ["assignment.salt"];
  if (before.arms.length !== after.arms.length) return [...changed, "assignment.arms"];
  after.arms.forEach((arm, index) => {
    const old = before.arms[index]!;
    const at = `assignment.arms[${index}]`;
    for (const member of ["name", "share", "control"] as const)
      if (arm[member] !== old[member]) changed.push(`${at}.${member}`);
    if (arm.variants.length !== old.variants.length) changed.push(`${at}.variants`);
    else
      arm.variants.forEach((variant, place) => {
        for (const member of ["name", "share"] as const)
          if (variant[member] !== old.variants[place]![member]) changed.push(`${at}.variants[${place}].${member}`);
      });
  });
  return changed;
}
