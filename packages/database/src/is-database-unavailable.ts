/** SQLSTATE classes and codes that say "not now" rather than "not like this". */
const passingStates = ['08', '53', '57P', '40001', '40P01', '55P03'];
const networkCodes = new Set(['ECONNREFUSED', 'ECONNRESET', 'EPIPE', 'ETIMEDOUT', 'ENOTFOUND', 'EAI_AGAIN', 'ENOENT']);
const clientMessages = ['Connection terminated', 'timeout exceeded when trying to connect', 'Client has encountered'];

/** Whether trying again later may help: the server is away, starting, full, or the transaction lost a race. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (networkCodes.has(code) || passingStates.some((state) => code.startsWith(state))) return true;
  // Prisma's codes for "cannot reach", "timed out", "closed", "could not start a transaction in time".
  if (['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028'].includes(code)) return true;
  if (clientMessages.some((message) => error.message.startsWith(message))) return true;
  return error.cause !== undefined && isDatabaseUnavailable(error.cause);
}
