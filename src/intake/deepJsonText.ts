type Frame = { readonly entries: Iterator<[string, unknown]>; readonly list: boolean; first: boolean };

/** JSON text of a value nested too deep for `JSON.stringify`, which would run out of stack. */
export function deepJsonText(value: unknown): string {
  const parts: string[] = [];
  const open: Frame[] = [];
  const write = (item: unknown): void => {
    if (item === null || typeof item !== "object") {
      parts.push(JSON.stringify(item) ?? "null");
      return;
    }
    const list = Array.isArray(item);
    parts.push(list ? "[" : "{");
    open.push({ entries: Object.entries(item).values(), list, first: true });
  };
  write(value);
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    const next = frame.entries.next();
    if (next.done) {
      parts.push(frame.list ? "]" : "}");
      open.pop();
      continue;
    }
    const [key, member] = next.value;
    if (!frame.first) parts.push(",");
    frame.first = false;
    if (!frame.list) parts.push(JSON.stringify(key), ":");
    write(member);
  }
  return parts.join("");
}
