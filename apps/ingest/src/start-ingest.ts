import { createAuditSender, type AuditSender } from '@akashi/client';
import { openKeyring } from '@akashi/keyring';
import { bootstrapHttpApp, createMetrics, type Logger } from '@akashi/server-kit';
import type { IngestEnv } from './env.ts';
import { addRecordsRoute } from './http/records-route.ts';
import { httpLimits } from './http/http-limits.ts';
import { IngestModule } from './ingest.module.ts';
import { Intake } from './intake.ts';

export interface RunningIngest {
  url: string;
  ports: { http: number; udp: number; tcp: number; tls: number };
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
  let trail: AuditSender | undefined;
  const intake = await Intake.open({ env, keyring, trail: () => trail, metrics, logger });
  const http = await bootstrapHttpApp(IngestModule.forRoot(intake), {
    port: env.ports.http,
    bind: env.bind,
    logger,
    metrics,
    bodyLimitBytes: httpLimits.bodyBytes,
    readiness: () => intake.readiness,
    configure(app) {
      const { landing, quotas, senders, system, keyUses, unknownSenders, metrics: counted } = intake;
      const fastify = app.getHttpAdapter().getInstance();
      const { maxElementBytes } = env;
      const parts = { landing, quotas, senders, system, keyUses, unknownSenders, metrics: counted, logger };
      addRecordsRoute(fastify, { ...parts, maxElementBytes });
    },
  });
  trail = createAuditSender({
    endpoint: http.url,
    key: () => keyring.systemSenderKey(),
    service: 'ingest',
    withinMs: 1500,
  });
  return {
    url: http.url,
    ports: { http: http.port, ...intake.syslog.ports },
    platformTenant: () => intake.platformTenant(),
    trail,
    close: () => http.close(),
  };
}
