import type { Position } from "../../domain/event.ts";
import { textScalar } from "./textScalar.ts";

export function parsePosition(text: string): Position | null {
  if (!/^(0|[1-9]\d{0,15})$/.test(text)) return null;
  const position = Number(text);
  return Number.isSafeInteger(position) ? position : null;
}

export const PositionText = textScalar<Position>({
  name: "Position",
  description:
    "A place in the event log. Opaque text: keep it, hand it back as `minPosition`, and do not calculate with it. Every answer says in `extensions.position` which position it reflects.",
  expected: "a position as an earlier answer gave it",
  read: parsePosition,
  write: String,
});
