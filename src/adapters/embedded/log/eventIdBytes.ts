/** 16 bytes of a UUID text, and back. */
export const toIdBytes = (id: string): Buffer => Buffer.from(id.replaceAll("-", ""), "hex");

export function toIdText(bytes: Buffer): string {
  const hex = bytes.toString("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
