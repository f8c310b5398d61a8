import fastifyCookie from '@fastify/cookie';
import { openArchive } from '@akashi/archive';
import { createAuditSender, createOwnLogSender, startServiceRun } from '@akashi/client';
import { openDatabase, type Database } from '@akashi/database';
import { createGuardedFetch, createOpenIdClient } from '@akashi/identity';
import { openKeyring } from '@akashi/keyring';
import { createNotifier, openMailer } from '@akashi/notify';
import { createSearch } from '@akashi/search';
import {
  armCrashpoint,
  bootstrapHttpApp,
  createMetrics,
  offsetOf,
  packageVersion,
  StartupError,
  type HttpApp,
  type Logger,
} from '@akashi/server-kit';
import { addAnswerHeaders } from './answer-headers.ts';
import { ApiModule } from './api.module.ts';
import type { ApiParts } from './api-parts.ts';
import { IntakeAuditTrail } from './audit-trail/intake-audit-trail.ts';
import type { ApiEnv } from './env.ts';
import { ensurePlatformTenant } from './audit-trail/platform-tenant.ts';
import { openUnknownCallers } from './audit-trail/unknown-callers.ts';
import { acceptTableBodies } from './masters/table-body.ts';
import { serveDescription } from './openapi/serve-description.ts';
import { callbackUrlOf } from './sign-in/callback-url.ts';
import { translateFault } from './translate-fault.ts';

const bodyLimitBytes = 256 * 1024;

/** Where lines were taken in since, people's acts would be dated before what they are about. */
async function assertNothingNewer(database: Database, now: Date): Promise<void> {
  if (!(await database.platform.hasSegments(now))) return;
  await database.close();
  throw new StartupError(
    'AKASHI_CLOCK_FILE steps the clock, which is for making the past of a new demonstration: this installation has taken lines in later.',
  );
}

/** Opens the adapters and listens. Starts also while its parts are away: `/readyz` then says which. */
export async function startApi({ env, logger }: { env: ApiEnv; logger: Logger }): Promise<HttpApp> {
  const { clock } = env;
  const database = openDatabase({
    url: env.database.url,
    applicationName: 'akashi-api',
    clockOffsetSeconds: offsetOf(clock),
    onConnectionLost: (error) => logger.warn({ err: error }, 'A database connection was lost.'),
  });
  if (clock.isStepped) await assertNothingNewer(database, clock.now());
  const search = createSearch({ url: env.search.url, largeTenants: env.search.largeTenants });
  const archive = openArchive(env.archive.url, { clock });
  const keyring = openKeyring({ dir: env.keysFolder });
  await keyring.unlock();
  const auditSender = createAuditSender({
    endpoint: env.ingest.url,
    key: () => keyring.systemSenderKey(),
    service: 'api',
    now: clock.now,
  });
  const ownLogs = createOwnLogSender({ endpoint: env.ingest.url, key: () => keyring.systemSenderKey() });
  const auditTrail = new IntakeAuditTrail(auditSender, { logger, now: clock.now });
  const unknownCallers = openUnknownCallers({ database, keyring, auditTrail, now: clock.now });
  const mailer = openMailer(env.mail);
  const { secureCookies, webUrl, webhookNetworks } = env;
  const fetch = createGuardedFetch({ allowedNetworks: webhookNetworks });
  const partUrls = { ingest: env.ingest.url, worker: env.worker.url };
  const parts: ApiParts = {
    clock,
    database,
    search,
    archive,
    keyring,
    auditTrail,
    ownLogs,
    unknownCallers,
    mailer,
    logger,
    onStep: armCrashpoint(env.crashpoint),
    notifier: createNotifier({ mailer, fetch, webUrl, now: clock.now, hostNow: clock.hostNow }),
    webhookNetworks,
    timeStampUrl: env.timeStampUrl,
    openId: createOpenIdClient({ callbackUrl: callbackUrlOf(webUrl), allowedNetworks: env.providerNetworks }),
    webUrl,
    signingRpId: env.signingRpId,
    secureCookies,
    partUrls,
    intakePlaces: env.intake,
    senderPrefixes: env.senderPrefixes,
  };
  const closeParts = async (): Promise<void> => {
    mailer.close();
    await Promise.all([database.close(), search.close(), archive.close()]);
  };
  try {
    const http = await bootstrapHttpApp(ApiModule.register(parts), {
      ...env.http,
      logger,
      metrics: createMetrics('api'),
      bodyLimitBytes,
      trustedProxies: env.trustedProxies,
      translateFault,
      readiness: () => ({
        database: () => database.platform.ping(),
        search: () => search.platform.ping(),
      }),
      configure: async (app) => {
        await app.register(fastifyCookie);
        addAnswerHeaders(app.getHttpAdapter().getInstance(), { overHttps: secureCookies });
        serveDescription(app.getHttpAdapter().getInstance());
        acceptTableBodies(app.getHttpAdapter().getInstance());
      },
    });
    // The platform's own organisation is there from the first start; a database that is away is asked again when it is needed.
    ensurePlatformTenant(parts).catch((error: unknown) => {
      logger.warn({ err: error }, 'The organisation of the platform could not be made yet.');
    });
    const run =
      env.runFolder === undefined
        ? undefined
        : startServiceRun({
            sender: auditSender,
            service: 'api',
            version: packageVersion(import.meta.url),
            folder: env.runFolder,
            port: http.port,
            clock,
            tenantId: async () => (await ensurePlatformTenant(parts)).id,
          });
    return {
      ...http,
      close: async () => {
        await http.close();
        await unknownCallers.close();
        await run?.stop();
        await auditTrail.close();
        await closeParts();
      },
    };
  } catch (error) {
    await closeParts();
    throw error;
  }
}
