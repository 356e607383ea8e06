/**
 * The type of the fact that a fact of this type ends, where it names one in `corrects`: a reversal ends a transaction, and any
 * other fact corrects one of its own kind, in whose place it stands.
 */
export const endedType = (type: string): string => (type === "transaction-reversed" ? "transaction-posted" : type);
