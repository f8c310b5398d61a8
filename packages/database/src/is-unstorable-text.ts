/** `untranslatable_character`, `character_not_in_repertoire`. */
const textStates = new Set(['22P05', '22021']);

/** Whether PostgreSQL refused a text that it cannot keep: a NUL, or half of a surrogate pair in JSON. */
export function isUnstorableText(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message } = stateOf(error);
  // JSON whose escapes are no text; the JSON itself was ours.
  return textStates.has(code) || (code === '22P02' && message.endsWith('for type json'));
}

/** The state as PostgreSQL gave it; Prisma keeps it inside what its driver threw. */
function stateOf(error: Error): { code: string; message: string } {
  const { driverAdapterError } = memberOf(error, 'meta');
  const { originalCode, originalMessage } = memberOf(driverAdapterError, 'cause');
  if (typeof originalCode === 'string') return { code: originalCode, message: String(originalMessage) };
  return { code: 'code' in error ? String(error.code) : '', message: error.message };
}

function memberOf(value: unknown, name: string): Readonly<Record<string, unknown>> {
  const member = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof member === 'object' && member !== null ? (member as Record<string, unknown>) : {};
}
