/** Numbers in order; a function made for each call would be compiled anew after each full garbage collection (decision 022). */
export const ascending = (numbers: Iterable<number>): number[] => [...numbers].sort(byNumber);

const byNumber = (a: number, b: number): number => a - b;
