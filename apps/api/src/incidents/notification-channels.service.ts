import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  contact,
  type CreatedNotificationChannel,
  type NewNotificationChannel,
  type NotificationChannelAnswer,
  type NotificationChannelChange,
  type NotificationChannelsAnswer,
  type NotificationTry,
} from '@akashi/contracts';
import type { NotificationChannel, NotificationChannels } from '@akashi/database';
import { refuseAddress } from '@akashi/identity';
import { channelWay, newWebhookSecret, webhookSecretPlace } from '@akashi/notify';
import { peopleToTell } from '@akashi/policy';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import { AuditTrail } from '../audit-trail/audit-trail.ts';
import type { RequestContext } from '../request-context/request-context.ts';

/** More than anybody needs, and few enough that one incident is no flood. */
const mostChannels = 30;

type Parts = Pick<ApiParts, 'database' | 'keyring' | 'notifier' | 'webhookNetworks' | 'clock'>;

@Injectable()
export class NotificationChannelsService {
  readonly #parts: Parts;
  readonly #trail: Pick<AuditTrail, 'record'>;

  constructor(@Inject(apiParts) parts: Parts, @Inject(AuditTrail) trail: Pick<AuditTrail, 'record'>) {
    this.#parts = parts;
    this.#trail = trail;
  }

  async list(context: RequestContext): Promise<NotificationChannelsAnswer> {
    return { items: (await this.#own(context).list()).map(showChannel) };
  }

  async create(context: RequestContext, wanted: NewNotificationChannel): Promise<CreatedNotificationChannel> {
    const { kind, name, target, ...given } = wanted;
    const { webhookNetworks: allowedNetworks, keyring } = this.#parts;
    if (kind !== 'mail' && refuseAddress(new URL(target), { allowedNetworks }) !== null) {
      throw new AppError('address-refused');
    }
    const channels = await this.#own(context).list();
    if (channels.length >= mostChannels) {
      throw new AppError('conflict', { reason: 'too-many', params: { most: mostChannels } });
    }
    const settings = settingsOf(given);
    await this.#checkSettings(context, settings, { channels });
    const isChat = kind === 'slack' || kind === 'teams';
    const secret = kind === 'webhook' ? newWebhookSecret() : null;
    const sealed = isChat ? target : secret;
    const { secrets } = keyring.forTenant(context.tenantId);
    // Whoever has the URL of a chat may write there.
    const shown = isChat ? new URL(target).origin : target;
    const created = await this.#own(context).create(
      {
        kind,
        name,
        target: shown,
        ...settings,
        createdBy: context.actor.name,
        createdAt: this.#parts.clock.now(),
        seal: (id) => (sealed === null ? null : secrets.seal(webhookSecretPlace(id), sealed)),
      },
      () =>
        this.#trail.record(context, {
          action: 'notification-channel.create',
          outcome: 'success',
          target: { kind: 'notification-channel', name },
          after: { kind, target: shown, ...given },
        }),
    );
    return { ...showChannel(created), ...(secret === null ? {} : { secret }) };
  }

  async change(
    context: RequestContext,
    id: string,
    change: NotificationChannelChange,
  ): Promise<NotificationChannelAnswer> {
    const channels = await this.#own(context).list();
    const found = channels.find((channel) => channel.id === id);
    if (found === undefined) throw new AppError('not-found');
    await this.#checkSettings(context, change, { channels, id });
    if (change.enabled === false) refuseWhereEscalated(channels, id);
    const { name, kinds, minimalSeverity, hours, digestMinute, areaId, escalation, enabled } = found;
    const before = { name, kinds, minimalSeverity, hours, digestMinute, areaId, escalation, enabled };
    const named = Object.entries(before).filter(([field]) => field in change);
    await this.#own(context).change({ id, ...change }, this.#parts.clock.now(), () =>
      this.#trail.record(context, {
        action: 'notification-channel.change',
        outcome: 'success',
        target: targetOf(found),
        before: Object.fromEntries(named),
        after: { ...change },
      }),
    );
    return showChannel(await this.#find(context, id));
  }

  async remove(context: RequestContext, id: string): Promise<void> {
    const channels = await this.#own(context).list();
    const found = channels.find((channel) => channel.id === id);
    if (found === undefined) throw new AppError('not-found');
    // Those of the contacts are switched off, so that nobody wonders where they went.
    if (found.kind === 'contacts') throw new AppError('conflict', { reason: 'contacts' });
    refuseWhereEscalated(channels, id);
    await this.#own(context).remove(id, this.#parts.clock.now(), () =>
      this.#trail.record(context, {
        action: 'notification-channel.remove',
        outcome: 'success',
        target: targetOf(found),
        before: { kind: found.kind, target: found.target },
      }),
    );
  }

  /** Sends a test message now. On record before, as it leaves the installation. */
  async try(context: RequestContext, id: string): Promise<NotificationTry> {
    const channel = await this.#find(context, id);
    await this.#trail.record(context, {
      action: 'notification-channel.try',
      outcome: 'success',
      target: targetOf(channel),
    });
    const tenant = this.#parts.database.forTenant(context.tenantId);
    const settings = await tenant.organisation.get();
    const { secrets } = this.#parts.keyring.forTenant(context.tenantId);
    const way = await channelWay(channel, {
      openSecret: (place) => secrets.open(place, channel.sealedSecret ?? Buffer.alloc(0)),
      people: async () => {
        const contacts = contact.array().safeParse(settings.contacts);
        return peopleToTell(contacts.success ? contacts.data : [], await tenant.users.list());
      },
    });
    const { nameJa, nameEn, timeZone } = settings;
    const language = settings.language === 'en' ? 'en' : 'ja';
    const organisation = { id: context.tenantId, nameJa, nameEn, language, timeZone } as const;
    const error = await this.#parts.notifier.try({ way, organisation, id: randomUUID() });
    await tenant.notificationChannels.note(id, { at: this.#parts.clock.now(), error });
    return error === null ? { outcome: 'sent' } : { outcome: 'failed', error };
  }

  /** Throws where an escalation leads to nobody, or an area is none that is reviewed. */
  async #checkSettings(
    context: RequestContext,
    { areaId, escalation }: Pick<NotificationChannelChange, 'areaId' | 'escalation'>,
    { channels, id }: { channels: readonly NotificationChannel[]; id?: string },
  ): Promise<void> {
    if (escalation != null) {
      const target = channels.find((channel) => channel.id === escalation.channelId);
      const isThere = target !== undefined && target.enabled && target.id !== id;
      if (!isThere) throw new AppError('conflict', { reason: 'no-channel' });
    }
    if (areaId != null) {
      const area = await this.#parts.database.forTenant(context.tenantId).areas.get(areaId);
      if (area === null || area.endedAt !== null) throw new AppError('conflict', { reason: 'no-area' });
    }
  }

  async #find(context: RequestContext, id: string): Promise<NotificationChannel> {
    const found = await this.#own(context).find(id);
    if (found === null) throw new AppError('not-found');
    return found;
  }

  #own(context: RequestContext): NotificationChannels {
    return this.#parts.database.forTenant(context.tenantId).notificationChannels;
  }
}

/** Whoever is told when nobody acknowledges is not silenced before another channel is named. */
function refuseWhereEscalated(channels: readonly NotificationChannel[], id: string): void {
  const asks = channels.find(({ escalation }) => escalation?.channelId === id);
  if (asks !== undefined) throw new AppError('conflict', { reason: 'escalated-to', params: { channel: asks.name } });
}

type GivenSettings = Omit<NewNotificationChannel, 'kind' | 'name' | 'target'>;

function settingsOf({ kinds, minimalSeverity, ...given }: GivenSettings) {
  const { hours, digestMinute, areaId, escalation } = given;
  return {
    kinds,
    minimalSeverity,
    hours: hours ?? null,
    digestMinute: digestMinute ?? null,
    areaId: areaId ?? null,
    escalation: escalation ?? null,
  };
}

function targetOf({ id, name }: NotificationChannel): { kind: string; id: string; name: string } {
  return { kind: 'notification-channel', id, name };
}

function showChannel(channel: NotificationChannel): NotificationChannelAnswer {
  const { id, kind, name, target, kinds, minimalSeverity, enabled, createdAt } = channel;
  const { hours, digestMinute, areaId, escalation, lastSentAt, lastFailedAt, lastError } = channel;
  return {
    id,
    kind,
    name,
    target,
    kinds: kinds as NotificationChannelAnswer['kinds'],
    minimalSeverity,
    ...(hours === null ? {} : { hours: { ...hours, days: [...hours.days] } }),
    ...(digestMinute === null ? {} : { digestMinute }),
    ...(areaId === null ? {} : { areaId }),
    ...(escalation === null ? {} : { escalation }),
    enabled,
    createdAt: createdAt.toISOString(),
    ...(lastSentAt === null ? {} : { lastSentAt: lastSentAt.toISOString() }),
    ...(lastFailedAt === null ? {} : { lastFailedAt: lastFailedAt.toISOString() }),
    ...(lastError === null ? {} : { lastError }),
  };
}
