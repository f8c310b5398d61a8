/** What a failure is told by: its code, else the kind of error. A message could quote a record. */
export function faultCode(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'code' in error) return String(error.code);
  return error instanceof Error ? error.name : 'unknown';
}
