/** Runs tasks one after the other, in the order they were asked for; one task's failure is its own. */
export function oneAtATime(): <Value>(task: () => Value | Promise<Value>) => Promise<Value> {
  let last: Promise<unknown> = Promise.resolve();
  return task => {
    const mine = last.then(task);
    last = mine.catch(() => {});
    return mine;
  };
}
