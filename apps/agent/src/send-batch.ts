import { createIntakeClient, type IntakeAnswer, type Trust } from '@akashi/client';

import { linePartsHeader, type LineParts } from './request-headers.ts';

export type Destination = {
  readonly endpoint: string;
  readonly logGroup: string;
  readonly logStream: string;
  /** Where the system does not know the authority of the endpoint. */
  readonly trust?: Trust | undefined;
};
export type BatchRequest = {
  readonly to: Destination;
  readonly key: string;
  readonly headers: Record<string, string>;
  readonly parts: LineParts;
  readonly records: string[];
  readonly compress: boolean;
};

export type Answer = IntakeAnswer;

export type Sending = { readonly accessKey: string; readonly nowMs: number; readonly stop: AbortSignal };

/** Sends one batch once. Only a receipt for all of its records counts as accepted. */
export function sendBatch(request: BatchRequest, sending: Sending): Promise<Answer> {
  const { endpoint, trust } = request.to;
  const client = createIntakeClient({ endpoint, key: sending.accessKey, trust });
  return client.send(
    {
      logGroup: request.to.logGroup,
      logStream: request.to.logStream,
      records: request.records,
      idempotencyKey: request.key,
      headers: {
        ...request.headers,
        ...linePartsHeader(request.parts),
        'Akashi-Sent-At': new Date(sending.nowMs).toISOString(),
      },
      compress: request.compress,
    },
    { signal: sending.stop },
  );
}
