/**
 * The address of a page follows its state with a delay (browsers limit how often it may be written). A navigation that
 * begins before the write is abandoned by the router when the write comes: so it begins after it.
 */
let lastWrite: Promise<unknown> = Promise.resolve();

/** Notes a write of the address that is under way. */
export function noteUrlWrite(write: Promise<unknown>): void {
  lastWrite = write;
}

/** Calls `act` once the address is written, at once in a microtask when nothing is under way. */
export function afterUrlWrites(act: () => void): void {
  void lastWrite.then(act, act);
}
