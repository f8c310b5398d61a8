/** The back end did not answer. Trying later may help; the ledger remembers what was not enqueued. */
export class QueueUnavailableError extends Error {
  readonly code = 'queue-unavailable';
  readonly retryable = true;

  constructor(cause?: unknown) {
    super('the queue does not answer', cause === undefined ? undefined : { cause });
    this.name = 'QueueUnavailableError';
  }
}

/** The promise's value, or a QueueUnavailableError when it fails or takes longer: BullMQ itself would wait for ever. */
export async function answerWithin<T>(answer: Promise<T>, deadlineMs: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new QueueUnavailableError()), deadlineMs);
  });
  try {
    return await Promise.race([answer, deadline]);
  } catch (error) {
    throw error instanceof QueueUnavailableError ? error : new QueueUnavailableError(error);
  } finally {
    clearTimeout(timer);
    answer.catch(() => undefined);
  }
}
