import { createAuditSender, type AuditSender } from '@akashi/client';
import { openKeyring } from '@akashi/keyring';
import { bootstrapHttpApp, createMetrics, type Logger } from '@akashi/server-kit';
import type { IngestEnv } from './env.ts';
import { addRecordsRoute } from './http/records-route.ts';
import { httpLimits } from './http/http-limits.ts';
import { openSecureServer } from './http/secure-server.ts';
import { WaysIn } from './http/ways-in.ts';
import { IngestModule } from './ingest.module.ts';
import { Intake } from './intake.ts';

export interface RunningIngest {
  url: string;
  ports: { http: number; https: number; udp: number; tcp: number; tls: number };
  /** Null while the organisation of the platform is not there. */
  platformTenant(): Promise<string | null>;
  /** For what is told of the intake itself: it takes its own records like those of every other part. */
  trail: AuditSender;
  close(): Promise<void>;
}

/** Recovers the inbox, then listens on every way in. */
export async function startIngest(env: IngestEnv, logger: Logger): Promise<RunningIngest> {
  const metrics = createMetrics('ingest');
  const keyring = openKeyring({ dir: env.keysDir });
  await keyring.unlock();
  let trail: AuditSender | undefined;
  const intake = await Intake.open({ env, keyring, trail: () => trail, metrics, logger });
  const { proxies } = intake;
  const ways = new WaysIn({ proxies, plainHttpFrom: env.plainHttpFrom, metrics: intake.metrics });
  const http = await bootstrapHttpApp(IngestModule.forRoot(intake), {
    port: env.ports.http,
    bind: env.bind,
    logger,
    metrics,
    bodyLimitBytes: httpLimits.bodyBytes,
    connectionsCheckingIntervalMs: httpLimits.looksEveryMs,
    readiness: () => intake.readiness,
    configure(app) {
      const { landing, quotas, senders, system, keyUses, unknownSenders, metrics: counted } = intake;
      const fastify = app.getHttpAdapter().getInstance();
      const { maxElementBytes } = env;
      const parts = {
        landing,
        quotas,
        senders,
        system,
        keyUses,
        unknownSenders,
        metrics: counted,
        logger,
        clock: env.clock,
      };
      addRecordsRoute(fastify, { ...parts, maxElementBytes, ways });
      ways.guard(fastify.server);
    },
  });
  const secure = await openSecureServer(http.app.getHttpAdapter().getInstance(), {
    port: env.ports.https,
    bind: env.bind,
    certificate: await intake.certificate(),
    ways,
  }).catch(async (error: unknown) => {
    await http.close();
    throw error;
  });
  ways.httpsPort = secure.port;
  trail = createAuditSender({
    endpoint: http.url,
    key: () => keyring.systemSenderKey(),
    service: 'ingest',
    now: env.clock.now,
    withinMs: 1500,
  });
  return {
    url: http.url,
    ports: { http: http.port, https: secure.port, ...intake.syslog.ports },
    platformTenant: () => intake.platformTenant(),
    trail,
    async close() {
      const impatience = setTimeout(() => ways.close(), httpLimits.closeMs);
      await secure.close();
      await http.close();
      clearTimeout(impatience);
    },
  };
}
