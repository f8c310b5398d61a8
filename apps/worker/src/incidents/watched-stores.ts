import type { Archive } from '@akashi/archive';
import type { Mailer } from '@akashi/notify';
import type { Queue } from '@akashi/queue';
import type { Search } from '@akashi/search';
import type { WorkerEnv } from '../env.ts';
import type { StoreProbe } from './watch-stores.ts';

export interface WatchedStoresParts {
  readonly env: Pick<WorkerEnv, 'mail'>;
  readonly search: Pick<Search, 'platform'>;
  readonly archive: Pick<Archive, 'probe'>;
  readonly queue: Pick<Queue, 'ping'>;
  readonly mailer: Pick<Mailer, 'probe'>;
}

/** What the worker needs beside its database; of mail only where a server is set. */
export function watchedStores({ env, search, archive, queue, mailer }: WatchedStoresParts): StoreProbe[] {
  const probeMail = (): Promise<void> =>
    mailer.probe().catch((cause: unknown) => {
      throw Object.assign(new Error('the mail server does not answer', { cause }), { code: 'unreachable' });
    });
  const mail: StoreProbe = { kind: 'notification-failed', where: 'mail', probe: probeMail };
  return [
    { kind: 'index-unavailable', where: 'index', probe: () => search.platform.ping() },
    { kind: 'archive-unavailable', where: 'archive', probe: () => archive.probe() },
    { kind: 'pipeline-late', where: 'queue', probe: () => queue.ping() },
    ...(env.mail.smtpUrl === undefined ? [] : [mail]),
  ];
}
