/** A rule's nodes nest this deep at most: all, any, not, and what holds of related customers. */
export const deepestRule = 32;
export const mostRuleNodes = 1_000;
/** Values that one test names at most. */
export const mostValues = 1_000;
export const mostSteps = 20;
export const mostSameFields = 5;
/** Facts that a leaf asks for at least; more than any customer has. */
export const mostTimes = 1_000_000;
/** Customers that `top` takes. */
export const largestTop = 10_000_000;
/** Calendar units that `regularly` looks back over. */
export const mostPeriods = 1_000;
