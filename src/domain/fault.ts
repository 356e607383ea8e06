/** One thing wrong with a fact. `field` is a dotted path from the fact's root ("data.amount.currency"). */
export type Fault = { readonly field: string; readonly code: string; readonly message: string };
