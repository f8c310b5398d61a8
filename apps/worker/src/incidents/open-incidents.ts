import type { Database, TenantId } from '@akashi/database';
import { createGuardedFetch } from '@akashi/identity';
import type { Keyring } from '@akashi/keyring';
import { createNotifier, type Mailer } from '@akashi/notify';
import type { Logger, ProcessTimer } from '@akashi/server-kit';
import { deliverNotifications } from './deliver-notifications.ts';
import { IncidentDesk } from './incident-desk.ts';
import { watchDisks, type WatchedDisk } from './watch-disk.ts';
import { watchPipeline } from './watch-pipeline.ts';
import { watchStores, type StoreProbe } from './watch-stores.ts';
import { lookAround, type Watch } from './watches.ts';

const lookEveryMs = 30_000;
/** Whoever is to be told is told this soon after it was noticed, in whichever process. */
const deliverEveryMs = 5_000;

export interface IncidentsParts {
  readonly database: Database;
  readonly keyring: Pick<Keyring, 'forTenant'>;
  readonly mailer: Pick<Mailer, 'send'>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now: () => Date;
  readonly hostNow: () => Date;
  /** Null while the platform's organisation is not there. */
  readonly platformTenant: () => Promise<TenantId | null>;
  readonly stores: readonly StoreProbe[];
  readonly disks: readonly WatchedDisk[];
  /** Beside those of the installation's own parts. */
  readonly watches: readonly Watch[];
  readonly webUrl: string;
  /** Networks beside the public internet that webhooks may lead to. */
  readonly webhookNetworks: readonly string[];
}

export interface Incidents {
  readonly desk: IncidentDesk;
  /** To look around, as each worker sees what lies on its own disks, and to tell whoever is to be told. */
  readonly timers: readonly ProcessTimer[];
}

/** The one place of the worker that turns what is noticed into incidents, and tells of them (PCI DSS 10.7.2). */
export function openIncidents(parts: IncidentsParts): Incidents {
  const { database, keyring, mailer, logger, now, hostNow, platformTenant, stores, disks, webUrl, webhookNetworks } =
    parts;
  const desk = new IncidentDesk({ database, platformTenant, logger, now });
  const watches = [watchStores(stores), watchDisks(disks, now), watchPipeline({ database, now }), ...parts.watches];
  const fetch = createGuardedFetch({ allowedNetworks: webhookNetworks });
  const notifier = createNotifier({ mailer, fetch, webUrl, now, hostNow });
  return {
    desk,
    timers: [
      {
        name: 'watch',
        everyMs: lookEveryMs,
        run: () => lookAround({ desk, watches, logger, platformTenant, looks: database.platform.watching.looks, now }),
      },
      {
        name: 'notify',
        everyMs: deliverEveryMs,
        run: () => deliverNotifications({ database, keyring, notifier, desk, logger, now }),
      },
    ],
  };
}
