import { createIntakeClient, type IntakeClient } from './intake-client.ts';

export interface OwnLogSettings {
  /** The intake's address. */
  readonly endpoint: string;
  /** The installation's own key; asked for once. */
  readonly key: () => Promise<string>;
  /** A line is given up when it could not be taken for as long. */
  readonly withinMs?: number;
}

/** Lines of one of the product's own log groups (`akashi/…`) of an organisation. */
export interface OwnLogLines {
  readonly tenantId: string;
  readonly logGroup: string;
  readonly logStream: string;
  readonly records: readonly string[];
  /** The same key and lines again are kept once; the same key with other lines is a `conflict`. */
  readonly idempotencyKey: string;
}

export type OwnLogLine = Omit<OwnLogLines, 'records'> & { readonly line: string };

export interface OwnLogSender {
  /** Resolves after the receipt: the line is durable and will be sealed. Rejects with an OwnLogError otherwise. */
  append(line: OwnLogLine): Promise<void>;
  appendAll(lines: OwnLogLines): Promise<void>;
}

/** `conflict`: another line stands under this key already. Others: the line may be sent again under the same key. */
export class OwnLogError extends Error {
  override readonly name = 'OwnLogError';
  readonly code: string;

  constructor(code: string, options?: ErrorOptions) {
    super(`a line of the product's own logs was not taken (${code})`, options);
    this.code = code;
  }
}

const defaultWithinMs = 5000;

/** Writes the product's own log groups through the intake, so that their lines are masked, sealed and found as any. */
export function createOwnLogSender(settings: OwnLogSettings): OwnLogSender {
  let client: Promise<IntakeClient> | undefined;

  const openClient = async (): Promise<IntakeClient> => {
    const key = await settings.key();
    return createIntakeClient({ endpoint: settings.endpoint, key });
  };

  async function appendAll({ tenantId, ...batch }: OwnLogLines): Promise<void> {
    client ??= openClient();
    const open = await client.catch((cause: unknown) => {
      client = undefined;
      throw new OwnLogError('no key', { cause });
    });
    const answer = await open.deliver(
      { ...batch, headers: { 'x-akashi-tenant': tenantId } },
      { withinMs: settings.withinMs ?? defaultWithinMs },
    );
    if (answer.kind === 'conflict') throw new OwnLogError('conflict');
    if (answer.kind !== 'accepted') throw new OwnLogError('code' in answer ? answer.code : answer.kind);
  }

  return { append: ({ line, ...place }) => appendAll({ ...place, records: [line] }), appendAll };
}
