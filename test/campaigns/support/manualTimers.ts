import type { Timers } from "../../../src/campaigns/timers.ts";

/** Time that goes by only when it is told to. */
export function manualTimers(start: number) {
  let now = start;
  let alarms: { readonly at: number; readonly ring: () => void }[] = [];
  const timers: Timers = {
    now: () => now,
    wait: (ms, signal) =>
      new Promise(resolve => {
        if (signal.aborted) return resolve();
        const alarm = { at: now + Math.max(0, ms), ring: resolve };
        alarms.push(alarm);
        signal.addEventListener("abort", () => {
          alarms = alarms.filter(other => other !== alarm);
          resolve();
        });
      }),
  };
  const ringDue = (): void => {
    const due = alarms.filter(({ at }) => at <= now).sort((a, b) => a.at - b.at);
    alarms = alarms.filter(({ at }) => at > now);
    for (const { ring } of due) ring();
  };
  return {
    timers,
    advance: async (ms: number): Promise<void> => {
      now += ms;
      ringDue();
      await settled();
    },
    /** Milliseconds from now to the next alarm; null where there is none. */
    next: (): number | null => (alarms.length === 0 ? null : Math.min(...alarms.map(({ at }) => at)) - now),
  };
}

/** What can go on without time or anybody else has gone on. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise(setImmediate);
}
