import { describeRefusal } from "../intake/files/fileRefusal.ts";
import type { ImportSummary } from "../intake/files/importSummary.ts";

const n = (count: number): string => count.toLocaleString("en");

/** What an import did, for a person. `visible`: whether all of it can be read. */
export function printImport(
  summary: ImportSummary,
  seconds: number,
  visible: boolean,
  detail: "whole" | "brief" = "whole",
): void {
  const { read, accepted, duplicate, quarantined, flagged } = summary;
  const rate = Math.round(read / Math.max(seconds, 0.001));
  console.log(
    `${n(read)} facts in ${seconds.toFixed(1)} s (${n(rate)}/s): ${n(accepted)} accepted, ${n(duplicate)} duplicates, ${n(quarantined)} quarantined`,
  );
  if (accepted === 0 && duplicate > 0) console.log("Nothing new: every fact of these files is stored already.");
  for (const [type, counts] of detail === "whole" ? Object.entries(summary.byType).sort() : [])
    console.log(
      `  ${type.padEnd(28)} ${n(counts.accepted).padStart(10)} accepted ${n(counts.duplicate).padStart(10)} duplicates ${n(counts.quarantined).padStart(8)} quarantined`,
    );
  if (flagged > 0)
    console.log(
      `Flagged, but kept: ${Object.entries(summary.byFlag)
        .map(([flag, count]) => `${n(count)} ${flag}`)
        .join(", ")}`,
    );
  for (const { count, code, field, example } of detail === "whole" ? summary.faults.slice(0, 10) : [])
    console.log(`  refused ${n(count)} times: ${code}${field === "" ? "" : ` in ${field}`} (${example})`);
  if (summary.lastPosition !== null)
    console.log(
      `The log now reaches position ${summary.lastPosition}; ` +
        (visible ? "all of it is visible in profiles." : "profiles are still catching up with it."),
    );
  if (summary.stopped !== null)
    console.log(`Stopped early: ${describeRefusal(summary.stopped)}. What is counted above is stored.`);
  if (summary.interrupted)
    console.log("Interrupted. What is counted above is stored; importing again goes on where this stopped.");
}
