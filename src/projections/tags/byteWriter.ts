/** Grows as it is written to; one for many rows, since each `take` starts it over. Integers are safe integers from 0 on. */
export type ByteWriter = {
  readonly byte: (value: number) => void;
  readonly count: (value: number) => void;
  readonly text: (value: string) => void;
  /** A copy of what was written since the last time. */
  readonly take: () => Buffer;
};

export function createByteWriter(): ByteWriter {
  let bytes = Buffer.allocUnsafe(4096);
  let length = 0;
  const room = (more: number): void => {
    if (length + more <= bytes.length) return;
    const wider = Buffer.allocUnsafe(Math.max(bytes.length * 2, length + more));
    bytes.copy(wider, 0, 0, length);
    bytes = wider;
  };
  /** Seven bits a byte, lowest first. Bit operations end at 32 bits, a tag's value at 53. */
  const count = (value: number): void => {
    room(8);
    let rest = value;
    while (rest >= 2 ** 28) {
      bytes[length++] = (rest % 128) | 128;
      rest = Math.floor(rest / 128);
    }
    while (rest >= 128) {
      bytes[length++] = (rest & 127) | 128;
      rest >>>= 7;
    }
    bytes[length++] = rest;
  };
  return {
    byte: value => {
      room(1);
      bytes[length++] = value;
    },
    count,
    text: value => {
      const size = Buffer.byteLength(value);
      count(size);
      room(size);
      length += bytes.write(value, length);
    },
    take: () => {
      const taken = Buffer.from(bytes.subarray(0, length));
      length = 0;
      return taken;
    },
  };
}

export type ByteReader = {
  readonly count: () => number;
  readonly text: () => string;
  readonly done: () => boolean;
};

export function byteReader(source: Uint8Array): ByteReader {
  const bytes = Buffer.from(source.buffer, source.byteOffset, source.byteLength);
  let at = 0;
  const count = (): number => {
    let value = 0;
    for (let unit = 1; ; unit *= 128) {
      const next = bytes[at++];
      if (next === undefined) throw new Error("the bytes of a tag row end too early");
      value += (next & 127) * unit;
      if (next < 128) return value;
    }
  };
  return {
    count,
    text: () => {
      const size = count();
      at += size;
      return bytes.toString("utf8", at - size, at);
    },
    done: () => at >= bytes.length,
  };
}
