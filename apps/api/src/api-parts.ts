import type { Archive } from '@akashi/archive';
import type { OwnLogSender } from '@akashi/client';
import type { IntakePlaces } from '@akashi/contracts';
import type { Database } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import type { OpenIdClient } from '@akashi/identity';
import type { Mailer, Notifier } from '@akashi/notify';
import type { ShortestPrefixes } from '@akashi/policy';
import type { Search } from '@akashi/search';
import type { Clock, Crashpoint, Logger } from '@akashi/server-kit';
import type { AuditTrail } from './audit-trail/audit-trail.ts';
import type { UnknownCallers } from './audit-trail/unknown-callers.ts';

/** What the API stands on. Feature services take from it what they use. */
export interface ApiParts {
  /** The one that everything here goes by. */
  readonly clock: Clock;
  readonly database: Database;
  readonly search: Search;
  readonly archive: Archive;
  readonly keyring: Keyring;
  readonly auditTrail: AuditTrail;
  /** What is sealed beside the audit trail: `akashi/reviews`. */
  readonly ownLogs: OwnLogSender;
  /** Refusals that belong to no organisation. */
  readonly unknownCallers: UnknownCallers;
  /** Where senders send, as configurations to paste say it. */
  readonly intakePlaces: IntakePlaces;
  /** How wide a range of senders may be at most. */
  readonly senderPrefixes: ShortestPrefixes;
  readonly mailer: Mailer;
  readonly logger: Pick<Logger, 'warn'>;
  /** Told between the steps of a signed act. */
  readonly onStep: Crashpoint;
  /** Tells of incidents; the worker does, here channels are tried. */
  readonly notifier: Pick<Notifier, 'try'>;
  /** Networks beside the public internet that webhooks may lead to. */
  readonly webhookNetworks: readonly string[];
  /** The installation's authority for time stamps. */
  readonly timeStampUrl: string | undefined;
  /** One for all: what it has read of a provider is read once. */
  readonly openId: OpenIdClient;
  /** Where people find the web app: links in mails, the site of passkeys, the way back from identity providers. */
  readonly webUrl: string;
  /** The RP id of signing credentials; without it the web app's host. */
  readonly signingRpId: string | undefined;
  readonly secureCookies: boolean;
  /** Where the installation's other parts answer `/readyz`. */
  readonly partUrls: { readonly ingest: string; readonly worker: string };
}

/** Injection token of the ApiParts. */
export const apiParts = Symbol('ApiParts');
