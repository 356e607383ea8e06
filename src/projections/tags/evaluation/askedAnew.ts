import type { TagSubject } from "./evaluateTag.ts";

/** The same customer, of whom no value is taken as known already: an explanation stands on the facts alone. */
export const askedAnew = (subject: TagSubject): TagSubject => ({
  customerId: subject.customerId,
  history: subject.history,
  ...(subject.survivorOf === undefined ? {} : { survivorOf: subject.survivorOf }),
  related: id => {
    const other = subject.related(id);
    return other === null ? null : askedAnew(other);
  },
});
