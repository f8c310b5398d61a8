/** Each may take some hundred megabytes, so a process has few at once, whoever asks. */
const mostThreads = 2;

let taken = 0;
const waiting: (() => void)[] = [];

/** Waits until a thread may begin, in the order of asking. Whoever took a place gives it back once. */
export async function takePlace(): Promise<() => void> {
  if (taken >= mostThreads) await new Promise<void>((resolve) => waiting.push(resolve));
  else taken += 1;
  return () => {
    const next = waiting.shift();
    // The place goes on to whoever waits; it is free only when nobody does.
    if (next === undefined) taken -= 1;
    else next();
  };
}
