/** Lists in one campaign, policy or offer. */
export const mostChannels = 10;
export const mostArms = 20;
export const mostVariants = 20;
export const mostOffers = 50;
export const mostKpis = 20;
export const mostBreakdowns = 20;
export const mostCaps = 20;
/** Channels and purposes that a cap or a policy names. */
export const mostNames = 50;
/** Named texts of a variant's content, and the length of each. */
export const mostContents = 50;
export const longestContent = 4_000;
/** Of a purpose, a channel, an arm, a variant: as long as facts can name them. */
export const longestName = 100;
export const mostContacts = 1_000_000_000;
/** Contacts in the window of a cap. */
export const mostInCap = 10_000;
export const mostAssignmentVersions = 1_000_000;
/** Shares are whole buckets of so many: hundredths of a percent. */
export const buckets = 10_000;
