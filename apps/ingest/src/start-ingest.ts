import { openKeyring } from '@akashi/keyring';
import { bootstrapHttpApp, createMetrics, type Logger } from '@akashi/server-kit';
import type { IngestEnv } from './env.ts';
import { addRecordsRoute } from './http/records-route.ts';
import { httpLimits } from './http/http-limits.ts';
import { IngestModule } from './ingest.module.ts';
import { Intake } from './intake.ts';
import { openUnknownSenders } from './sender/unknown-senders.ts';

export interface RunningIngest {
  url: string;
  ports: { http: number; udp: number; tcp: number; tls: number };
  /** Null while the organisation of the platform is not there. */
  platformTenant(): Promise<string | null>;
  close(): Promise<void>;
}

/** Recovers the inbox, then listens on every way in. */
export async function startIngest(env: IngestEnv, logger: Logger): Promise<RunningIngest> {
  const metrics = createMetrics('ingest');
  const intake = await Intake.open(env, logger, metrics);
  const { keysDir } = env;
  let url = '';
  const unknownSenders = openUnknownSenders({
    endpoint: () => url,
    key: () => openKeyring({ dir: keysDir }).systemSenderKey(),
    platform: () => intake.platformTenant(),
  });
  const http = await bootstrapHttpApp(IngestModule.forRoot(intake), {
    port: env.ports.http,
    bind: env.bind,
    logger,
    metrics,
    bodyLimitBytes: httpLimits.bodyBytes,
    readiness: () => intake.readiness,
    configure(app) {
      const { landing, quotas, senders, system, keyUses, metrics: counted } = intake;
      const fastify = app.getHttpAdapter().getInstance();
      addRecordsRoute(fastify, { landing, quotas, senders, system, keyUses, metrics: counted, unknownSenders, logger });
    },
  });
  url = http.url;
  return {
    url,
    ports: { http: http.port, ...intake.syslog.ports },
    platformTenant: () => intake.platformTenant(),
    close: async () => {
      await unknownSenders.close();
      await http.close();
    },
  };
}
