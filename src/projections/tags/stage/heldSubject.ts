import type { CustomerId } from "../../../domain/ids.ts";
import type { Instant } from "../../../domain/instant.ts";
import type { TagCode } from "../../../domain/tag/definition.ts";
import type { Evaluated } from "../evaluation/evaluated.ts";
import type { TagSubject } from "../evaluation/evaluateTag.ts";
import type { History } from "../history/history.ts";
import type { Held } from "./heldTags.ts";
import type { Lane } from "./lane.ts";
import { never } from "./tagRow.ts";

/** What the subjects of one stage have in common. */
export type SubjectSurroundings = {
  readonly survivorOf: (id: CustomerId) => CustomerId;
  /** Whom an id stands for now; null where nothing is kept of it. */
  readonly survivor: (id: CustomerId) => Held | null;
  /** Whether the column has been filled as far as this row. */
  readonly isFilled: (column: number, row: number) => boolean;
};

/** A customer in memory as its tags are asked about: what it holds already need not be computed again. */
export class HeldSubject implements TagSubject {
  readonly customerId: CustomerId;
  readonly history: History;
  readonly survivorOf: (id: CustomerId) => CustomerId;
  readonly #held: Held;
  readonly #lane: Lane;
  readonly #at: Instant;
  readonly #around: SubjectSurroundings;

  constructor(held: Held, lane: Lane, at: Instant, around: SubjectSurroundings) {
    this.customerId = held.id;
    this.history = held.history;
    this.survivorOf = around.survivorOf;
    this.#held = held;
    this.#lane = lane;
    this.#at = at;
    this.#around = around;
  }

  related(id: CustomerId): TagSubject | null {
    const other = this.#around.survivor(id);
    return other === null ? null : new HeldSubject(other, this.#lane, this.#at, this.#around);
  }

  known(code: TagCode): Evaluated | null {
    const column = this.#lane.columnOf(code);
    const { values, until, valued, row } = this.#held;
    if (column === undefined || !valued) return null;
    const value = values[column];
    const expiry = until[column] as number;
    if (value === undefined || expiry <= this.#at || !this.#around.isFilled(column, row)) return null;
    return { value, validUntil: expiry === never ? null : expiry };
  }
}
