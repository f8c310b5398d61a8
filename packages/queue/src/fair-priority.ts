/** BullMQ takes priorities below 2^21, the lowest first; half of them is for the clock, half for what waits. */
const half = 2 ** 20;

/** What one organisation is taken to be owed while others wait as well. */
const shareBytesPerSecond = 1024 ** 2;

export interface Arrival {
  readonly nowMs: number;
  /** Of the organisation, the segment that comes included. */
  readonly waitingBytes: number;
  /** The priority of the segment that is served next; undefined while none waits. */
  readonly nextPriority: number | undefined;
}

/**
 * The place of a segment in the line: the second in which it came, and a second later for each mebibyte that its
 * organisation has waiting. A flood stands behind its own backlog, so that whoever sends little is served at once; within
 * one organisation the order stays, nearly; and because the clock goes on, nobody is overtaken for longer than its own
 * backlog takes at that rate. When the line as a whole is late, its clock is the place that is served next (the virtual
 * time of start-time fair queueing): whoever comes then takes turns with the floods that came before, and does not wait
 * for their end. The clock's half begins anew every twelve days: what waits at that moment is overtaken once.
 */
export function fairPriority({ nowMs, waitingBytes, nextPriority }: Arrival): number {
  const second = Math.floor(nowMs / 1000) % half;
  const served = nextPriority === undefined ? second : Math.min(second, nextPriority - 1);
  const behind = Math.min(half - 1, Math.floor(Math.max(0, waitingBytes) / shareBytesPerSecond));
  return 1 + served + behind;
}
