/**
 * Receive times in microseconds since 1970. In one process they never go back and never stand still, also when the clock is
 * set back: review days and rules count on receive times.
 */
export function openReceiveTimes(nowMs: () => number): () => number {
  let lastUs = 0;
  return () => (lastUs = Math.max(nowMs() * 1000, lastUs + 1));
}

export function formatReceivedAt(us: number): string {
  const milliseconds = Math.floor(us / 1000);
  const rest = String(us - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`;
}
