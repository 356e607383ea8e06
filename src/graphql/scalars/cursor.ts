import { textScalar } from "./textScalar.ts";

/** Longer than any cursor we give out; what is longer is not worth decoding. */
const longest = 2_000;

export const CursorText = textScalar<string>({
  name: "Cursor",
  description: "A place in one list. Opaque text, valid for the list that gave it and as long as that list exists.",
  expected: "a cursor as an earlier page of the same list gave it",
  read: text => (text.length <= longest ? text : null),
  write: text => text,
});
