let lastUs = 0;

/**
 * The receive time in microseconds since 1970. It never goes back and never stands still, also when the clock is set
 * back: review days and rules count on receive times.
 */
export function receivedAtUs(): number {
  lastUs = Math.max(Date.now() * 1000, lastUs + 1);
  return lastUs;
}

export function formatReceivedAt(us: number): string {
  const milliseconds = Math.floor(us / 1000);
  const rest = String(us - milliseconds * 1000).padStart(3, '0');
  return `${new Date(milliseconds).toISOString().slice(0, -1)}${rest}Z`;
}
