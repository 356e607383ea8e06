import type { RecordedEvent } from "../domain/event.ts";
import type { QuarantineEvent } from "../domain/quarantine.ts";
import type { QuarantineRow } from "./readModels.ts";

/** The quarantined fact an event is about, or null where it is about none. */
export function quarantineIdOf(event: RecordedEvent): string | null {
  if (event.type !== "fact-quarantined" && event.type !== "quarantine-settled") return null;
  const { quarantineId } = (event as unknown as QuarantineEvent).data;
  if (typeof quarantineId !== "string") throw new Error("quarantineId: a text is missing");
  return quarantineId;
}

/** The row after one more quarantine event. Throws when a fact is settled that never was refused. */
export function foldQuarantine(row: QuarantineRow | null, event: RecordedEvent): QuarantineRow {
  const { type, data } = event as unknown as QuarantineEvent;
  switch (type) {
    case "fact-quarantined":
      return {
        quarantineId: data.quarantineId,
        position: event.position,
        source: event.source,
        factType: data.factType,
        recordedAt: event.recordedAt,
        faults: data.faults,
        status: "open",
        settledBy: null,
      };
    case "quarantine-settled":
      if (row === null) throw new Error(`quarantineId: ${data.quarantineId} was never quarantined`);
      return { ...row, status: data.status, settledBy: event.position };
  }
}
