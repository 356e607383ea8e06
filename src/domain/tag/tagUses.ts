import type { TagCode, TagDefinition } from "./definition.ts";

/** Something in force, other than a tag, that asks for a tag: what it is called ("segment dormant-gold") and why it would break. */
export type TagUse = { readonly name: string; readonly version: number; readonly reason: string };

/** What would break if the definition took the place of the tag's version in force; if null, if there were no such tag any more. */
export type TagUses = (code: TagCode, becomes: TagDefinition | null) => readonly TagUse[];

export const noUses: TagUses = () => [];
