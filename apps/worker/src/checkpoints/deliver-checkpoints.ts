import { contact } from '@akashi/contracts';
import type { CheckpointSending, CheckpointWay, OrganisationSettings, TenantId } from '@akashi/database';
import { checkpointMessage, DeliveryError, MailError, type CheckpointParcel } from '@akashi/notify';
import { failingFromAttempt, peopleToTell, retryDelayMs } from '@akashi/policy';
import type { ProcessTimer } from '@akashi/server-kit';
import { faultCode } from '../fault-code.ts';
import type { CheckpointParts } from './checkpoint-parts.ts';
import { stampCheckpoint, stampsOf } from './checkpoint-stamps.ts';

/** A worker that dies leaves what it took to another after this. */
const leaseMs = 5 * 60_000;
const mostAtOnce = 200;
/** Whoever asked for a checkpoint sees it leave this soon. */
const deliverEveryMs = 5_000;

export function checkpointTimer(parts: CheckpointParts): ProcessTimer {
  return { name: 'checkpoints', everyMs: deliverEveryMs, run: () => deliverCheckpoints(parts) };
}

/**
 * Sends every checkpoint that is due, of all organisations. What was not taken waits for its next attempt; a way that goes on
 * failing is an incident, which ends with the next checkpoint that is taken.
 */
export async function deliverCheckpoints(parts: CheckpointParts): Promise<void> {
  const now = parts.now();
  const until = new Date(now.getTime() + leaseMs);
  const claimed = await parts.database.platform.claimCheckpoints({ now, until, limit: mostAtOnce });
  const byTenant = Map.groupBy(claimed, ({ tenantId }) => tenantId);
  for (const [tenantId, own] of byTenant) {
    await deliverOf(
      parts,
      tenantId,
      own.map(({ id }) => id),
    ).catch((cause: unknown) => {
      parts.logger.warn({ tenantId, err: cause }, 'Checkpoints wait for their next attempt.');
    });
  }
}

async function deliverOf(parts: CheckpointParts, tenantId: TenantId, ids: readonly string[]): Promise<void> {
  const tenant = parts.database.forTenant(tenantId);
  const [sendings, ways, settings] = await Promise.all([
    tenant.checkpointSendings.load(ids),
    tenant.checkpointWays.list(),
    tenant.organisation.get(),
  ]);
  // One after the other: time stamps come first, and those behind them carry them along.
  for (const sending of sendings) await deliverOne(parts, { tenantId, sending, ways, settings });
}

interface Delivery {
  readonly tenantId: TenantId;
  readonly sending: CheckpointSending;
  readonly ways: readonly CheckpointWay[];
  readonly settings: OrganisationSettings;
}

async function deliverOne(parts: CheckpointParts, delivery: Delivery): Promise<void> {
  const { tenantId, sending } = delivery;
  const { checkpointSendings } = parts.database.forTenant(tenantId);
  const failing = { kind: 'notification-failed', where: `checkpoint-way ${sending.wayId}` } as const;
  try {
    const { receivers, stamp } = await send(parts, delivery);
    await checkpointSendings.settle(sending.id, { outcome: 'sent', at: parts.now(), receivers, stamp });
    await parts.desk.cease(tenantId, failing);
  } catch (cause) {
    const error = codeOf(cause);
    parts.logger.warn({ tenantId, way: sending.wayId, code: error, err: cause }, 'A checkpoint was not taken.');
    const delayMs = error === 'way-removed' ? null : retryDelayMs(sending.attempts);
    const at = parts.now();
    await checkpointSendings.settle(
      sending.id,
      delayMs === null
        ? { outcome: 'failed', at, error }
        : { outcome: 'waits', until: new Date(at.getTime() + delayMs), error },
    );
    if (error !== 'way-removed' && sending.attempts >= failingFromAttempt)
      await parts.desk.notice(tenantId, { ...failing, cause: error, details: { way: sending.name } });
  }
}

interface Sent {
  readonly receivers: readonly string[];
  readonly stamp: { at: Date; authority: string } | null;
}

async function send(parts: CheckpointParts, delivery: Delivery): Promise<Sent> {
  const { tenantId, sending, ways } = delivery;
  if (sending.kind === 'time-stamp') {
    const { key, at, authority } = await stampCheckpoint(parts, tenantId, sending, ways);
    return { receivers: [key], stamp: { at, authority } };
  }
  if (sending.kind === 'contacts') return { receivers: await mail(parts, delivery), stamp: null };
  const way = ways.find(({ id }) => id === sending.wayId);
  if (way === undefined) throw new DeliveryError('way-removed');
  const parcel = await parcelOf(parts, delivery);
  const place = { purpose: 'checkpoint-way', id: way.id };
  const secret = parts.keyring.forTenant(tenantId).secrets.open(place, way.sealedSecret ?? Buffer.alloc(0));
  if (way.kind === 'webhook') {
    await parts.sender.toWebhook(parcel, { url: way.target, secret, id: sending.id });
    return { receivers: [way.target], stamp: null };
  }
  const { region = '', bucket = '', prefix = '', accessKeyId = '' } = way.details;
  const target = { endpoint: way.target, region, bucket, prefix, accessKeyId, secretAccessKey: secret };
  const keys = await parts.sender.toBucket(parcel, target);
  return { receivers: keys.map((key) => `s3://${bucket}/${key}`), stamp: null };
}

async function parcelOf(parts: CheckpointParts, { tenantId, sending, settings }: Delivery): Promise<CheckpointParcel> {
  const { size, note, provenAt } = sending;
  const { nameJa, nameEn } = settings;
  return {
    organisation: { id: tenantId, nameJa, nameEn },
    size,
    note,
    provenAt,
    verifierKey: parts.keyring.forTenant(tenantId).verifierKeyOf(note),
    stamps: await stampsOf(parts, tenantId, sending),
  };
}

/** The contacts for security, else all contacts, else whoever administers the organisation. */
async function mail(parts: CheckpointParts, delivery: Delivery): Promise<string[]> {
  const { tenantId, settings } = delivery;
  const { language, nameJa, nameEn, timeZone, contacts } = settings;
  const isJapanese = language === 'ja';
  const { organisation: _, ...parcel } = await parcelOf(parts, delivery);
  const message = checkpointMessage({
    ...parcel,
    language: isJapanese ? 'ja' : 'en',
    organisationName: isJapanese ? nameJa : nameEn,
    timeZone,
  });
  const parsed = contact.array().safeParse(contacts);
  const users = await parts.database.forTenant(tenantId).users.list();
  const people = peopleToTell(parsed.success ? parsed.data : [], users);
  if (people.length === 0) throw new DeliveryError('no-recipient');
  const results = await Promise.allSettled(people.map((person) => parts.mailer.send(person, message)));
  const taken = people.filter((_person, index) => results[index]?.status === 'fulfilled');
  // Whoever got it is not sent it again because another's mailbox refused; nobody got it: it is tried again.
  const refused = results.find((result) => result.status === 'rejected');
  if (taken.length === 0 && refused !== undefined) throw refused.reason;
  return taken.map(({ address }) => address);
}

function codeOf(cause: unknown): string {
  if (cause instanceof DeliveryError) return cause.code;
  return cause instanceof MailError ? 'mail-refused' : faultCode(cause);
}
