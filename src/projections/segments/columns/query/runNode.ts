import type { ColumnsView } from "./columnsView.ts";
import type { Node } from "./node.ts";

/** Leaves the rows of the mask that pass in `into`; says whether there are any. `into` may be the mask. */
export function runNode(
  view: ColumnsView,
  node: Node,
  block: number,
  into: number,
  mask: number,
  depth: number,
): boolean {
  if (node.kind === "leaf") return node.run(block, into, mask, 0);
  const kernels = view.kernels(block);
  if (node.kind === "all") {
    let left = true;
    let from = mask;
    for (const child of node.of) {
      left = runNode(view, child, block, into, from, depth);
      if (!left) return false;
      from = into;
    }
    return from === into ? left : kernels.rowBits(0, -1, into, mask, 0) !== 0;
  }
  const found = kernels.temporary(depth);
  kernels.rowBits(0, 0, found, mask, 0);
  for (const child of node.of) addNode(view, child, block, found, mask, depth + 1);
  return kernels.rowBits(found, 0, into, mask, 0) !== 0;
}

/** Adds the rows of the mask that pass. */
function addNode(view: ColumnsView, node: Node, block: number, into: number, mask: number, depth: number): void {
  if (node.kind === "leaf") {
    node.run(block, into, mask, 1);
    return;
  }
  if (node.kind === "any") {
    for (const child of node.of) addNode(view, child, block, into, mask, depth);
    return;
  }
  const kernels = view.kernels(block);
  const open = kernels.temporary(depth);
  if (kernels.rowBits(into, -1, open, mask, 0) === 0) return;
  if (runNode(view, node, block, open, open, depth + 1)) kernels.rowBits(open, 0, into, mask, 1);
}
