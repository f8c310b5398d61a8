/** A JSON object, or null for anything else. */
export function parseObject(body: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

/** The problem's code, safe to print; `none` when the answer has none. */
export function codeOf(answer: Record<string, unknown> | null): string {
  const code = answer?.['code'];
  return typeof code === 'string' ? code.replace(/[^\w.-]/g, '_').slice(0, 64) : 'none';
}

/** Why no answer came, in a word that holds nothing of the request. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const { cause } = error;
  if (cause instanceof Error)
    return 'code' in cause && typeof cause.code === 'string' ? cause.code : cause.message.slice(0, 100);
  return error.name === 'TimeoutError' ? 'no answer in time' : error.name;
}
