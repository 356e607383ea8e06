/** What the courier reports of a send that it handed to no channel, since consent did not stand any more. */
export const withheldStatus = "withheld";

type Statuses = { readonly size: number; readonly has: (status: string) => boolean };

/**
 * Whether a send was never made, by all statuses that were reported of it: that it was withheld, and nothing else. Any other report
 * says that a channel had it, whatever came first; so it counts, since what is not known must not let more through.
 */
export const isWithheld = (statuses: Statuses): boolean => statuses.size === 1 && statuses.has(withheldStatus);
