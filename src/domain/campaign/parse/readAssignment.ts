import {
  fault,
  isThere,
  member,
  quoted,
  type Reading,
  readBoolean,
  readMembers,
  readText,
  readWhole,
  type Spot,
} from "../../tag/parse/reading.ts";
import type { Arm, Assignment, VariantContent } from "../campaign.ts";
import {
  buckets,
  longestContent,
  longestName,
  mostArms,
  mostAssignmentVersions,
  mostContents,
  mostVariants,
} from "./limits.ts";
import { isWithoutRepeats, readName, readPercent, readShortList } from "./readParts.ts";

type Variant = Arm["variants"][number];

/** `salt`: where none is said. Without anything, one arm of everybody. */
export function readAssignment(reading: Reading, spot: Spot, salt: string): Assignment | null {
  if (!isThere(spot)) return { version: 1, salt, arms: [everybody] };
  if (!readMembers(reading, spot, ["version", "salt", "arms"], "an assignment")) return null;
  const [versionSpot, saltSpot, armsSpot] = [member(spot, "version"), member(spot, "salt"), member(spot, "arms")];
  const version = isThere(versionSpot) ? readWhole(reading, versionSpot, 1, mostAssignmentVersions) : 1;
  const said = isThere(saltSpot) ? readText(reading, saltSpot, longestName) : salt;
  const arms = readShortList(reading, armsSpot, { fewest: 1, most: mostArms }, item => readArm(reading, item));
  if (version === null || said === null || arms === null || !areArms(reading, armsSpot, arms)) return null;
  return { version, salt: said, arms };
}

const onlyVariant = (name: string): readonly Variant[] => [{ name, share: buckets, content: {} }];
const everybody: Arm = { name: "all", share: buckets, control: false, variants: onlyVariant("all") };

/** What the arms have to be together. */
function areArms(reading: Reading, spot: Spot, arms: readonly Arm[]): boolean {
  let right = isWithoutRepeats(
    reading,
    spot,
    arms.map(({ name }) => name),
    "name",
  );
  const wrong = (code: string, message: string): void => {
    right = false;
    fault(reading, spot.path, code, message);
  };
  const total = arms.reduce((sum, { share }) => sum + share, 0);
  if (total > buckets) wrong("out-of-range", `shares add up to ${total / 100} percent; at most 100 are possible`);
  const controls = arms.filter(({ control }) => control);
  if (controls.length > 1)
    wrong("too-many", `${controls.map(({ name }) => name).join(", ")} are control; at most one arm can be`);
  if (controls.length === arms.length && arms.length > 0)
    wrong("too-few", "needs an arm that is not control: nobody would be contacted");
  return right;
}

function readArm(reading: Reading, spot: Spot): Arm | null {
  if (!readMembers(reading, spot, ["name", "share", "control", "variants"], "an arm")) return null;
  const name = readName(reading, member(spot, "name"));
  const share = readPercent(reading, member(spot, "share"), "above zero");
  const [controlSpot, variantsSpot] = [member(spot, "control"), member(spot, "variants")];
  const control = isThere(controlSpot) ? readBoolean(reading, controlSpot) : false;
  const variants = readVariants(reading, variantsSpot, name, control);
  return name === null || share === null || control === null || variants === null
    ? null
    : { name, share, control, variants };
}

function readVariants(
  reading: Reading,
  spot: Spot,
  arm: string | null,
  control: boolean | null,
): readonly Variant[] | null {
  if (control === true) {
    const none = !isThere(spot) || (Array.isArray(spot.value) && spot.value.length === 0);
    return none ? [] : fault(reading, spot.path, "not-allowed", "control gets nothing, and so has no variants");
  }
  if (!isThere(spot)) return arm === null ? null : onlyVariant(arm);
  const limits = { fewest: 1, most: mostVariants };
  const variants = readShortList(reading, spot, limits, item => readVariant(reading, item));
  if (
    variants === null ||
    !isWithoutRepeats(
      reading,
      spot,
      variants.map(({ name }) => name),
      "name",
    )
  )
    return null;
  const total = variants.reduce((sum, { share }) => sum + share, 0);
  if (total === buckets) return variants;
  const message = `shares of variants add up to ${total / 100} percent; they have to be 100 percent of the arm`;
  return fault(reading, spot.path, "out-of-range", message);
}

function readVariant(reading: Reading, spot: Spot): Variant | null {
  if (!readMembers(reading, spot, ["name", "share", "content"], "a variant")) return null;
  const name = readName(reading, member(spot, "name"));
  const share = readPercent(reading, member(spot, "share"), "above zero");
  const contentSpot = member(spot, "content");
  const content = isThere(contentSpot) ? readContent(reading, contentSpot) : {};
  return name === null || share === null || content === null ? null : { name, share, content };
}

function readContent(reading: Reading, spot: Spot): VariantContent | null {
  const names = Object.keys(Object(spot.value));
  if (!readMembers(reading, spot, names, "content")) return null;
  if (names.length > mostContents)
    return fault(reading, spot.path, "too-many", `has ${names.length} entries; at most ${mostContents} are possible`);
  const entries = names.map(name => {
    if (name.length > longestName || !/^[A-Za-z][A-Za-z0-9_.-]*$/.test(name))
      return fault(
        reading,
        spot.path,
        "malformed",
        `${quoted(name)} is no name: a letter, then letters, digits, _ . or -, at most ${longestName} characters`,
      );
    const text = readText(reading, member(spot, name), longestContent, true);
    return text === null ? null : ([name, text] as const);
  });
  return entries.includes(null) ? null : Object.fromEntries(entries as (readonly [string, string])[]);
}
