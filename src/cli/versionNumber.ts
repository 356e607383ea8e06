import { InvalidArgumentError } from "commander";

/** The version of a definition, as a command line names it. */
export function versionNumber(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("not a version: a whole number from 1 on");
}
