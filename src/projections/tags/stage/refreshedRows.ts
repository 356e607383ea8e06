import type { Position } from "../../../domain/event.ts";
import type { Instant } from "../../../domain/instant.ts";
import { refreshedTable } from "../evaluation/reportedTag.ts";
import type { History } from "../history/history.ts";

/**
 * What refreshes found for a customer is its own, whoever is merged with it: they computed it once, over everybody as they were then,
 * and no fact gives it again.
 */
export function keepRefreshed(from: History, to: History): void {
  for (const type of from.types()) {
    if (!type.startsWith(refreshedTable(""))) continue;
    const table = from.table(type);
    for (let row = 0; row < (table?.length ?? 0); row += 1) {
      const value = table?.value(row, "value");
      if (value !== undefined)
        to.addFound(type, table?.occurredAt(row) as Instant, table?.position(row) as Position, { value });
    }
  }
}
