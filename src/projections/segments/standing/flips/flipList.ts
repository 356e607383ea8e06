/** Leaves that turned, as `flipOf` writes them. Used again for other customers: to make one at each change would be dear. */
export type FlipList = { items: Int32Array; count: number };

export const createFlipList = (): FlipList => ({ items: new Int32Array(32), count: 0 });

export function addFlip(list: FlipList, flip: number): void {
  if (list.count === list.items.length) {
    const larger = new Int32Array(list.count * 2);
    larger.set(list.items);
    list.items = larger;
  }
  list.items[list.count] = flip;
  list.count += 1;
}
