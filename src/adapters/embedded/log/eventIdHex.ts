/** The 32 hex digits of a UUID text, and back. */
export const toIdHex = (id: string): string => id.replaceAll("-", "");

export const toIdText = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
