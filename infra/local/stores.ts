import type { StoreUrls } from './app-services.ts';
import { InstallationError, type Installation } from './installation.ts';
import { findOrdinaryUser } from './ordinary-user.ts';
import { partDatabaseUrls, partLogins } from './part-logins.ts';
import type { Supervisor } from './supervisor.ts';

async function assertOpensearchAnswers(url: string): Promise<void> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(10_000) }).catch(() => undefined);
  if (answer !== undefined) return;
  throw new InstallationError(
    'nothing answers at OPENSEARCH_URL. Start that OpenSearch, correct the URL, or unset it to use the embedded one.',
  );
}

/** Says what to do when the queue's own server does not answer; needs the packages in built form. */
export async function assertQueueAnswers({ outside: { redisUrl } }: Installation): Promise<void> {
  if (redisUrl === undefined) return;
  const { openQueue } = await import('@akashi/queue');
  const queue = openQueue({ node: 'local', redisUrl });
  try {
    await queue.ping();
  } catch {
    throw new InstallationError(
      'no Redis that takes jobs answers at REDIS_URL. Start that Redis, correct the URL (password and database included), or unset it to keep the queue in PostgreSQL.',
    );
  } finally {
    await queue.close();
  }
}

/** Says in a sentence what is wrong with the archive, before anything is taken in. */
export async function assertArchiveAnswers({ archiveUrl, clock }: Installation): Promise<void> {
  const { ArchiveError, openArchive } = await import('@akashi/archive');
  try {
    const archive = openArchive(archiveUrl, { clock });
    try {
      await archive.probe();
    } finally {
      await archive.close();
    }
  } catch (cause) {
    if (cause instanceof ArchiveError) throw new InstallationError(`ARCHIVE_URL: ${cause.message}`);
    throw cause;
  }
}

/** Starts the embedded stores that no outside URL replaces; resolves when all of them answer. Needs nothing that is built. */
export async function startStores(
  installation: Installation,
  supervisor: Supervisor,
  say: (sentence: string) => void,
): Promise<StoreUrls> {
  const { outside, ports } = installation;
  const user = findOrdinaryUser();
  const starting: Promise<unknown>[] = [];
  let databaseUrl = outside.databaseUrl;
  if (databaseUrl === undefined) {
    const { postgresService } = await import('./postgres-service.ts');
    const embedded = await postgresService(installation, user);
    databaseUrl = embedded.databaseUrl;
    say('Starting PostgreSQL …');
    starting.push(supervisor.start(embedded.service));
  }
  if (outside.opensearchUrl === undefined) {
    const { opensearchService } = await import('./opensearch-service.ts');
    const service = await opensearchService(installation, user, say);
    say('Starting OpenSearch …');
    starting.push(supervisor.start(service));
  } else {
    starting.push(assertOpensearchAnswers(outside.opensearchUrl));
  }
  await Promise.all(starting);
  return {
    databaseUrl,
    partDatabaseUrls: partDatabaseUrls(
      databaseUrl,
      outside.databaseUrl === undefined ? partLogins(installation.home) : undefined,
    ),
    opensearchUrl: outside.opensearchUrl ?? `http://127.0.0.1:${ports.opensearch}`,
    redisUrl: outside.redisUrl,
  };
}
