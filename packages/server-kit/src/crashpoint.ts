/** Called where a crash is worth testing, with the name of the place. */
export type Crashpoint = (name: string) => void;

const nowhere: Crashpoint = () => undefined;

/**
 * For fault drills: `name[:n]` makes the process kill itself with SIGKILL, without any cleaning up, when the place
 * `name` is passed for the n-th time (the first by default). Without a spec nothing ever happens.
 */
export function armCrashpoint(spec: string | undefined, kill: () => void = killSelf): Crashpoint {
  if (spec === undefined || spec === '') return nowhere;
  const [armedName, nth] = spec.split(':');
  let left = nth === undefined ? 1 : Number(nth);
  if (!Number.isInteger(left) || left < 1) throw new RangeError('a crash point is name or name:n');
  return (name) => {
    if (name === armedName && --left === 0) kill();
  };
}

function killSelf(): void {
  process.kill(process.pid, 'SIGKILL');
  // The signal comes a moment later; no further step may be taken until then.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10_000);
}
