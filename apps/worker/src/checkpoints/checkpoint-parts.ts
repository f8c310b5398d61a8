import type { Archive } from '@akashi/archive';
import type { Database } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import type { Mailer, ParcelSender } from '@akashi/notify';
import type { Logger } from '@akashi/server-kit';
import type { IncidentDesk } from '../incidents/incident-desk.ts';

/** An authority for time stamps that the installation names for every organisation that names none. */
export interface InstallationAuthority {
  readonly url: string;
  /** Whom to trust, as PEM. */
  readonly certificate: string;
}

export interface CheckpointParts {
  readonly database: Database;
  readonly archive: Pick<Archive, 'forTenant'>;
  readonly keyring: Pick<Keyring, 'forTenant'>;
  readonly mailer: Pick<Mailer, 'send'>;
  readonly sender: ParcelSender;
  readonly authority: InstallationAuthority | undefined;
  readonly desk: Pick<IncidentDesk, 'notice' | 'cease'>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now: () => Date;
  /** The machine's own time, which an authority's is held against. */
  readonly hostNow: () => Date;
}
