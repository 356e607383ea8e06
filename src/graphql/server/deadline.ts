/** Says that something did not come in time; a value, so that nobody mistakes it for an answer. */
export const late: unique symbol = Symbol("late");

/** The promise's value, or `late` once `ms` have passed. What the promise does after that is nobody's business any more. */
export function within<Value>(promise: Promise<Value>, ms: number): Promise<Value | typeof late> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve(late), ms);
    promise.then(
      value => {
        clearTimeout(timer);
        resolve(value);
      },
      error => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}
