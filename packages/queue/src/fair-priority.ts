/** BullMQ takes priorities below 2^21, the lowest first; half of them is for the clock, half for what waits. */
const half = 2 ** 20;

/** What one organisation is taken to be owed while others wait as well. */
const shareBytesPerSecond = 1024 ** 2;

/**
 * The place of a segment in the line: the second in which it came, and a second later for each mebibyte that its
 * organisation has waiting. A flood stands behind its own backlog, so that whoever sends little is served at once; within
 * one organisation the order stays, nearly; and because the clock goes on, nobody waits for longer than its own backlog
 * at that rate. The clock's half begins anew every twelve days: what waits at that moment is overtaken once.
 */
export function fairPriority(nowMs: number, waitingBytes: number): number {
  const second = Math.floor(nowMs / 1000) % half;
  const behind = Math.min(half - 1, Math.floor(Math.max(0, waitingBytes) / shareBytesPerSecond));
  return 1 + second + behind;
}
