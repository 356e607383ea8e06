/**
 * Top-level fields of facts that no tag can ask about: ids that a source gives each single fact. They only tell facts
 * apart, which positions do already, and would take more room than the rest of a transaction. A definition that names one is refused.
 */
export const unaskedFields: ReadonlySet<string> = new Set(["transactionId", "callId"]);
