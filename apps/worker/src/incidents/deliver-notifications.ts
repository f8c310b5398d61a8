import { contact } from '@akashi/contracts';
import type { Database, DueNotification, NotificationChannel, OrganisationSettings, TenantId } from '@akashi/database';
import type { Keyring } from '@akashi/keyring';
import { channelWay, type Notifier, type Organisation, type Told } from '@akashi/notify';
import { failingFromAttempt, peopleToTell, retryDelayMs } from '@akashi/policy';
import type { Logger } from '@akashi/server-kit';
import { faultCode } from '../fault-code.ts';
import type { IncidentDesk } from './incident-desk.ts';
import { sortNews } from './sort-news.ts';

export interface DeliveryParts {
  readonly database: Database;
  readonly keyring: Pick<Keyring, 'forTenant'>;
  readonly notifier: Pick<Notifier, 'tell'>;
  readonly desk: Pick<IncidentDesk, 'notice' | 'cease'>;
  readonly logger: Pick<Logger, 'warn'>;
  readonly now: () => Date;
}

/** A sender that dies leaves what it took to another after this. */
const leaseMs = 5 * 60_000;
const mostAtOnce = 500;

/**
 * Sends everything that is due, of all organisations: one mail for all news of a channel, one call of a webhook for each. What the
 * hours of a channel hold waits for its digest.
 * What was not taken waits for its next attempt; a channel that goes on failing is an incident of its own, of which it is not
 * told itself, and of which a failing message makes no further one.
 */
export async function deliverNotifications(parts: DeliveryParts): Promise<void> {
  const now = parts.now();
  const until = new Date(now.getTime() + leaseMs);
  const claimed = await parts.database.platform.incidents.claimNotifications({ now, until, limit: mostAtOnce });
  const byTenant = Map.groupBy(claimed, ({ tenantId }) => tenantId);
  await Promise.all(
    [...byTenant].map(([tenantId, own]) =>
      deliverOf(
        parts,
        tenantId,
        own.map(({ id }) => id),
      ).catch((cause: unknown) => {
        parts.logger.warn({ tenantId, err: cause }, 'Notifications wait for their next attempt.');
      }),
    ),
  );
}

async function deliverOf(parts: DeliveryParts, tenantId: TenantId, ids: readonly string[]): Promise<void> {
  const tenant = parts.database.forTenant(tenantId);
  const due = await tenant.notifications.load(ids);
  if (due.length === 0) return;
  const [settings, channels, areas] = await Promise.all([
    tenant.organisation.get(),
    tenant.notificationChannels.list(),
    tenant.areas.list(),
  ]);
  await Promise.all(
    [...Map.groupBy(due, ({ channelId }) => channelId)].map(async ([channelId, all]) => {
      const channel = channels.find(({ id }) => id === channelId);
      if (channel === undefined) return drop(parts, tenantId, all);
      const around = { channel, channels, areas, now: parts.now(), timeZone: settings.timeZone };
      const { told, held, dropped } = sortNews(all, around);
      if (dropped.length > 0) await drop(parts, tenantId, dropped);
      for (const { until, ids: waiting } of held) {
        await tenant.notifications.settle(waiting, { outcome: 'held', until });
      }
      if (told.length > 0) await tellChannel(parts, { tenantId, channel, settings, news: told });
    }),
  );
}

interface ChannelNews {
  readonly tenantId: TenantId;
  readonly channel: NotificationChannel;
  readonly settings: OrganisationSettings;
  readonly news: readonly DueNotification[];
}

async function tellChannel(parts: DeliveryParts, { tenantId, channel, settings, news }: ChannelNews): Promise<void> {
  const tenant = parts.database.forTenant(tenantId);
  const { sent, failed, error } = await tell(parts, { tenantId, channel, settings, news });
  const at = parts.now();
  const failing = { kind: 'notification-failed', where: `channel ${channel.id}` } as const;
  if (sent.length > 0) {
    await tenant.notifications.settle(sent, { outcome: 'sent', at });
    await tenant.notificationChannels.note(channel.id, { at, error: null });
    if (error === null) await parts.desk.cease(tenantId, failing);
  }
  if (error === null) return;
  await tenant.notificationChannels.note(channel.id, { at, error });
  const unsent = news.filter(({ id }) => failed.includes(id));
  for (const [attempts, same] of Map.groupBy(unsent, (each) => each.attempts)) {
    const delayMs = retryDelayMs(attempts);
    const result =
      delayMs === null
        ? ({ outcome: 'failed', at, error } as const)
        : ({ outcome: 'waits', until: new Date(at.getTime() + delayMs), error } as const);
    await tenant.notifications.settle(
      same.map(({ id }) => id),
      result,
    );
  }
  // Of a message that tells of another channel's failing no further incident is made: two that fail do not wake each other.
  const isIncident = unsent.some(
    ({ attempts, incident }) => attempts >= failingFromAttempt && incident.kind !== 'notification-failed',
  );
  if (isIncident) await parts.desk.notice(tenantId, { ...failing, cause: error, details: { channel: channel.name } });
}

/** A secret that cannot be opened is a failure of the channel like any other. */
async function tell(parts: DeliveryParts, { tenantId, channel, settings, news }: ChannelNews): Promise<Told> {
  try {
    const way = await channelWay(channel, {
      openSecret: (place) =>
        parts.keyring.forTenant(tenantId).secrets.open(place, channel.sealedSecret ?? Buffer.alloc(0)),
      people: async () => {
        const contacts = contact.array().safeParse(settings.contacts);
        return peopleToTell(
          contacts.success ? contacts.data : [],
          await parts.database.forTenant(tenantId).users.list(),
        );
      },
    });
    return await parts.notifier.tell({ way, organisation: organisationOf(tenantId, settings), news });
  } catch (cause) {
    parts.logger.warn({ tenantId, channel: channel.id, err: cause }, 'A channel could not be told.');
    return { sent: [], failed: news.map(({ id }) => id), error: faultCode(cause) };
  }
}

function organisationOf(id: TenantId, { nameJa, nameEn, language, timeZone }: OrganisationSettings): Organisation {
  return { id, nameJa, nameEn, language: language === 'en' ? 'en' : 'ja', timeZone };
}

/** Not for this channel, or the channel was taken away while its messages were under way. */
async function drop(parts: DeliveryParts, tenantId: TenantId, news: readonly DueNotification[]): Promise<void> {
  const ids = news.map(({ id }) => id);
  await parts.database.forTenant(tenantId).notifications.settle(ids, { outcome: 'dropped', at: parts.now() });
}
