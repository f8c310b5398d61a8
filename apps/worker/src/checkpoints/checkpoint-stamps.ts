import { sha256, timeStampsDescription } from '@akashi/integrity';
import { answersNonce, certificatesOf, checkTimeStamp, timeStampRequest } from '@akashi/integrity/timestamp';
import type { CheckpointSending, CheckpointWay, TenantId } from '@akashi/database';
import { DeliveryError, type ParcelStamp } from '@akashi/notify';
import { installationAuthorityId } from '@akashi/policy';
import type { CheckpointParts } from './checkpoint-parts.ts';

/** A stamp whose time is further from the machine's is not taken: one of the two clocks is wrong. */
const clockToleranceMs = 10 * 60_000;
const mostStamps = 20;

const folderOf = (size: number): string => `timestamps/${size}/`;

/** `<time>-<serial>.tsr`, plain enough for any store. */
function nameOf({ at, serial }: { at: Date; serial: string }): string {
  const time = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(/[-:]/g, '');
  return `${time}-${serial.slice(-16)}.tsr`;
}

/**
 * Has the checkpoint stamped by its authority (RFC 3161), checks the answer against the certificate that is trusted, and keeps
 * it in the archive beside the log. Throws a `DeliveryError`.
 */
export async function stampCheckpoint(
  parts: CheckpointParts,
  tenantId: TenantId,
  sending: Pick<CheckpointSending, 'wayId' | 'target' | 'note' | 'size'>,
  ways: readonly CheckpointWay[],
): Promise<{ key: string; at: Date; authority: string }> {
  const { target, note, size, wayId } = sending;
  const certificate =
    wayId === installationAuthorityId
      ? parts.authority?.certificate
      : ways.find(({ id }) => id === wayId)?.details['certificate'];
  if (certificate === undefined) throw new DeliveryError('way-removed');
  const imprint = sha256(Buffer.from(note));
  const { nonce, reply } = await parts.sender.askForStamp(target, (chosen) => timeStampRequest(imprint, chosen));
  const checked = checkTimeStamp({ reply, imprint, trusted: certificatesOf(certificate) });
  if (!checked.ok) throw new DeliveryError(`time-stamp-${checked.code}`);
  const { stamp, authority } = checked;
  if (!answersNonce(stamp, nonce)) throw new DeliveryError('time-stamp-not-ours');
  if (Math.abs(stamp.at.getTime() - parts.hostNow().getTime()) > clockToleranceMs) {
    throw new DeliveryError('time-stamp-clock');
  }
  const archive = parts.archive.forTenant(tenantId);
  const key = `${folderOf(size)}${nameOf(stamp)}`;
  await archive.putOnce('format-timestamps.md', Buffer.from(timeStampsDescription, 'utf8'));
  await archive.putOnce(key, reply);
  return { key, at: stamp.at, authority };
}

/** The time stamps that there are of a checkpoint. */
export async function stampsOf(
  parts: Pick<CheckpointParts, 'archive'>,
  tenantId: TenantId,
  { size, note }: { size: number; note: string },
): Promise<ParcelStamp[]> {
  const archive = parts.archive.forTenant(tenantId);
  const imprint = sha256(Buffer.from(note));
  const stamps: ParcelStamp[] = [];
  for await (const { key } of archive.list(folderOf(size))) {
    const reply = stamps.length < mostStamps ? await archive.get(key) : null;
    const checked = reply === null ? undefined : checkTimeStamp({ reply, imprint, trusted: null });
    if (reply === null || checked?.ok !== true) continue;
    const { stamp, authority } = checked;
    stamps.push({ name: nameOf(stamp), at: stamp.at, authority, reply });
  }
  return stamps;
}
