/** Slips of the pen that a name may be away: letters left out, put in, changed, or two that changed places. */
const mostSlips = 2;

/** The name most like the one given, if any is so near that it may have been meant. */
export function nearestName(given: string, names: Iterable<string>): string | null {
  let nearest: string | null = null;
  let least = Math.min(mostSlips, Math.floor(given.length / 3)) + 1;
  for (const name of names) {
    if (Math.abs(name.length - given.length) >= least) continue;
    const slips = slipsBetween(given, name);
    if (slips < least) [least, nearest] = [slips, name];
  }
  return nearest;
}

/** Optimal string alignment distance. */
function slipsBetween(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let slips = Math.min(changed, last[j]! + 1, row[j - 1]! + 1);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        slips = Math.min(slips, beforeLast[j - 2]! + 1);
      row.push(slips);
    }
    [beforeLast, last] = [last, row];
  }
  return last[b.length]!;
}
