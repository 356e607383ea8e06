/** What one commit changes of the stored tags; filled by the tag stage, written by the adapters. */
export type TagChanges = { readonly histories: readonly { readonly row: number }[] };
