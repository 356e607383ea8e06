import { isLoopback } from "./loopback.ts";

/**
 * Whether a request's `Host` names this machine or is expressly allowed ("c360.bank.example:8443"). A web page whose own
 * name was made to point at 127.0.0.1 (DNS rebinding) could otherwise read customers' data through a visitor's browser.
 */
export function authorityCheck(allowed: readonly string[]): (authority: string | undefined) => boolean {
  const known = new Set(allowed);
  return authority => {
    if (authority === undefined) return false;
    if (known.has(authority)) return true;
    if (!isLoopback(authority.replace(/:\d+$/, ""))) return false;
    if (known.size < 100) known.add(authority);
    return true;
  };
}

export const misdirected = (authority: string | undefined) => ({
  code: "MISDIRECTED_REQUEST",
  message: `This server does not answer to the name "${authority ?? ""}"; add it to the allowed authorities if it should.`,
});
