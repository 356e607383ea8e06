import type { TagSubject } from "./evaluateTag.ts";

/** The same customer, of whom no value is taken as known already: an explanation stands on the facts alone. */
export const askedAnew = ({ customerId, history, related, survivorOf }: TagSubject): TagSubject => ({
  customerId,
  history,
  ...(survivorOf === undefined ? {} : { survivorOf }),
  related: id => {
    const other = related(id);
    return other === null ? null : askedAnew(other);
  },
});
