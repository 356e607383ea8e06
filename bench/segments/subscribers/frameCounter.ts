/** Counts the messages in the bytes a WebSocket server sends (unmasked, whole messages), and looks into none of them. Pings are empty. */
export function createFrameCounter(onFrame: () => void, onPing: () => void): (part: Buffer) => void {
  let head = Buffer.alloc(0);
  let skip = 0;
  return part => {
    let at = 0;
    while (at < part.length) {
      if (skip > 0) {
        const taken = Math.min(skip, part.length - at);
        skip -= taken;
        at += taken;
        if (skip === 0) onFrame();
        continue;
      }
      head = Buffer.concat([head, part.subarray(at, at + 1)]);
      at += 1;
      const length = lengthOf(head);
      if (length === null) continue;
      const opcode = (head[0] ?? 0) & 0x0f;
      head = Buffer.alloc(0);
      if (opcode === 1) skip = length;
      else if (opcode === 9 && length === 0) onPing();
      else throw new Error(`the server sent a frame of kind ${opcode}`);
    }
  };
}

/** Null while the head is not whole. */
function lengthOf(head: Buffer): number | null {
  if (head.length < 2) return null;
  const short = (head[1] ?? 0) & 0x7f;
  if (short < 126) return short;
  if (short === 126) return head.length < 4 ? null : head.readUInt16BE(2);
  return head.length < 10 ? null : Number(head.readBigUInt64BE(2));
}
