/** The attribute of the page's root that says by how many seconds a drill has moved the installation's clock. */
export const clockOffsetAttribute = 'data-clock-offset';

/** By how many milliseconds the installation's clock is moved, as the page says. */
export function clockOffsetMilliseconds(): number {
  const text = typeof document === 'undefined' ? null : document.documentElement.getAttribute(clockOffsetAttribute);
  return text === null ? 0 : Number(text) * 1000;
}

/** What time it is in the installation, in the browser: `readEnv().now()` on the server. */
export function nowMilliseconds(): number {
  return Date.now() + clockOffsetMilliseconds();
}
