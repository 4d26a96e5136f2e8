/** Runs one operation after the other, in the order of the calls; a failure does not stop the next. */
export type InTurn = <T>(operation: () => Promise<T>) => Promise<T>;

export function createInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return (operation) => {
    const result = last.then(operation);
    last = result.catch(() => {});
    return result;
  };
}
