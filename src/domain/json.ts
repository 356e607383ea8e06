export type JsonScalar = string | number | boolean | null;
export type JsonValue = JsonScalar | readonly JsonValue[] | JsonObject;
export type JsonObject = { readonly [key: string]: JsonValue };
