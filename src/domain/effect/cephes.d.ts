/** The package has types, but its list of exports does not lead to them. */
declare module "cephes" {
  /** Until then every function throws. */
  export const compiled: Promise<void>;
  export const ndtri: (probability: number) => number;
  export const chdtrc: (degreesOfFreedom: number, x: number) => number;
}
