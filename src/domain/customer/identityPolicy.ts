/** What the bank says about ids of a system: how many of them one person may have, and texts that are no ids. */
export type SystemPolicy = { readonly maxPerCustomer: number | null; readonly blocked: readonly string[] };

/** How a value is brought into the one form in which equal values are equal. */
export type ValueForm = "email" | "phone" | "text" | "date";

/** Customers who agree in all of these attributes may be one person. */
export type MatchingRule = {
  readonly name: string;
  readonly attributes: readonly { readonly name: string; readonly form: ValueForm }[];
};

export type IdentityPolicy = {
  readonly systems: Readonly<Record<string, SystemPolicy>>;
  readonly matching: {
    readonly rules: readonly MatchingRule[];
    /** What more customers than this have in common says nothing about any two of them: a family's phone, a branch's e-mail. */
    readonly sharedByAtMost: number;
    /** Values that stand for "not known", in any capitals. */
    readonly ignored: readonly string[];
  };
};

export const noIdentityPolicy: IdentityPolicy = {
  systems: {},
  matching: { rules: [], sharedByAtMost: 10, ignored: [] },
};

/** Blocked and ignored values are compared without regard to capitals and outer spaces. */
export const plainly = (value: string): string => value.normalize("NFKC").trim().toLowerCase();

export const isBlocked = ({ systems }: IdentityPolicy, system: string, id: string): boolean =>
  Object.hasOwn(systems, system) && systems[system]!.blocked.some(blocked => plainly(blocked) === plainly(id));

export const limitOf = ({ systems }: IdentityPolicy, system: string): number | null =>
  Object.hasOwn(systems, system) ? systems[system]!.maxPerCustomer : null;
