/*
 * An image of the columns: a head, chunks as they lie in memory, a directory in JSON that says where they are and what they mean, and a
 * foot with the directory's place. The foot comes last, so that a file that was cut short has none.
 */
export const imageVersion = 3;
export const head = Buffer.from(`c360 columns ${imageVersion}\n`.padEnd(32));
export const footBytes = 32;
const footMark = 0x63333630;

export type Directory = {
  /** Whose columns these are: of which log, by which generation. */
  readonly origin: string;
  /** Changes beyond this count of the store may be missing: see `SegmentTables.rowsChanged`. */
  readonly rowsChanged: number;
  /** What the values reflect at least; some may be newer. */
  readonly position: number;
  readonly time: number;
  readonly rows: number;
  /** Entries of the layout but for chunks. */
  readonly entries: readonly unknown[];
  readonly chunks: readonly StoredChunk[];
};
export type StoredChunk = {
  readonly of: ChunkOwner;
  readonly block: number;
  /** Where in the file. */
  readonly from: number;
  readonly bytes: number;
  /** CRC-32. */
  readonly checksum: number;
};
export type ChunkOwner =
  | readonly ["codes" | "exact", slot: number]
  | readonly ["member" | "list", slot: number, member: string]
  | readonly ["bits", name: string]
  | readonly ["ids" | "live"];

export function foot(directoryAt: number, directoryBytes: number, checksum: number): Buffer {
  const bytes = Buffer.alloc(footBytes);
  bytes.writeUInt32LE(footMark, 0);
  bytes.writeUInt32LE(checksum, 4);
  bytes.writeBigUInt64LE(BigInt(directoryAt), 8);
  bytes.writeBigUInt64LE(BigInt(directoryBytes), 16);
  return bytes;
}

export function readFoot(
  bytes: Buffer,
): { readonly at: number; readonly bytes: number; readonly checksum: number } | null {
  if (bytes.length !== footBytes || bytes.readUInt32LE(0) !== footMark) return null;
  return {
    checksum: bytes.readUInt32LE(4),
    at: Number(bytes.readBigUInt64LE(8)),
    bytes: Number(bytes.readBigUInt64LE(16)),
  };
}
