import { batchDigest, batchKey, takeBatch, type BatchEnd } from './batch.ts';
import { deliver, type Courier, type Delivery } from './deliver.ts';
import { FollowedFile } from './followed-file.ts';
import { maxRecordBytes, type FollowedSection } from './followed-section.ts';
import type { SplitRules } from './line-splitter.ts';
import { originHeaders, zoneName } from './request-headers.ts';
import { recordStart } from './record-start.ts';
import type { Destination } from './send-batch.ts';
import type { Notice } from './state-file.ts';

/** waiting: as configured. flush: whole lines now. everything: a line without its end too. */
export type ShipMode = 'waiting' | 'flush' | 'everything';

export type Shipping = {
  readonly section: FollowedSection;
  readonly to: Destination;
  readonly courier: Courier;
  readonly save: () => Promise<void>;
};

const maxLinesPerRecord = 5_000;
/** Quiet times after which the last record of a file counts as finished. */
const wholeLineQuietMs = 1_000;
const multiLineQuietMs = 5_000;
const openLineQuietMs = 30_000;
/** For so long the next file of a chain waits for the last record of the one before it, so that their order is kept. */
const orderWithinMs = 10_000;

/** Ships what is due of a section, older files first. `stopped` when the program is to end. */
export async function shipSection(shipping: Shipping, mode: ShipMode): Promise<'idle' | 'stopped'> {
  const { section, courier } = shipping;
  const waitingChains = new Set<string>();
  for (const item of section.list.items.slice()) {
    if (courier.stop.aborted) return 'stopped';
    if (waitingChains.has(item.chain)) continue;
    if (!(item instanceof FollowedFile)) {
      await shipping.save();
      if ((await deliver(noticeDelivery(item, shipping), courier)) === 'stopped') return 'stopped';
      section.list.remove(item);
      continue;
    }
    while (await shipNextBatch(item, shipping, mode)) {
      if (courier.stop.aborted) return 'stopped';
    }
    if (courier.stop.aborted) return 'stopped';
    const isNewlyRetired = item.phase === 'retired' && courier.now() - item.leftAtMs < orderWithinMs;
    if (isNewlyRetired && item.hasUnshipped) waitingChains.add(item.chain);
  }
  return 'idle';
}

/** True when a batch went and there may be more. */
async function shipNextBatch(file: FollowedFile, shipping: Shipping, mode: ShipMode): Promise<boolean> {
  const { section, courier } = shipping;
  const { config } = section;
  section.fill(file, courier.now());
  const batch = nextBatch(file, { section, nowMs: courier.now() }, mode);
  if (batch === null) return false;
  const from = file.offset;
  const to = from + batch.length;
  if (batch.records.length > 0) {
    const digest = batchDigest(batch.records);
    const repeats =
      file.pending !== null && file.pending.from === from && file.pending.to === to && file.pending.digest === digest;
    if (!repeats) {
      const key = batchKey({
        fileId: file.id,
        logGroup: shipping.to.logGroup,
        logStream: shipping.to.logStream,
        from,
        to,
        digest,
      });
      file.pending = { key, from, to, digest, isCut: batch.isCut };
      // The range must be on disk before it is sent: only so can a run after a crash send the same batch again.
      try {
        await shipping.save();
      } catch (error) {
        file.pending = null;
        throw error;
      }
    }
    const encoding = file.encodingOf(config.encoding);
    const delivery: Delivery = {
      to: shipping.to,
      key: file.pending?.key ?? digest,
      headers: originHeaders({
        file: file.chain,
        timeZone: zoneName(config.zone),
        datetimeFormat: config.datetimeFormat,
        encoding: encoding.label,
      }),
      parts: { continues: batch.inside !== null, more: batch.isCut },
      records: batch.records,
      compress: config.compress,
      place: { file: file.chain, from, to },
    };
    if ((await deliver(delivery, courier)) === 'stopped') return false;
  }
  file.acknowledge(batch, courier.now());
  section.list.isDirty = true;
  return true;
}

function nextBatch(
  file: FollowedFile,
  context: { section: FollowedSection; nowMs: number },
  mode: ShipMode,
): ReturnType<typeof takeBatch> {
  const { config } = context.section;
  const encoding = file.encodingOf(config.encoding);
  const rules: SplitRules = {
    encoding,
    startsRecord: recordStart(config.startPattern, encoding),
    maxRecordBytes,
    maxLines: maxLinesPerRecord,
  };
  const { pending } = file;
  if (pending !== null && pending.from === file.offset && pending.to <= file.readTo) {
    const bytes = file.buffer.subarray(0, pending.to - pending.from);
    const unlimited = { count: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };
    const range = { bytes, offset: file.offset, inside: file.inside, endsInCut: pending.isCut ?? false };
    const again = takeBatch({ ...range, end: 'everything' }, rules, unlimited);
    if (again !== null && batchDigest(again.records) === pending.digest) return again;
  }
  if (file.buffer.length === 0) return null;
  const waitedMs = context.nowMs - (file.waitingSinceMs ?? context.nowMs);
  const isDue =
    mode !== 'waiting' ||
    file.phase !== 'live' ||
    waitedMs >= config.bufferMs ||
    file.buffer.length >= config.batchBytes;
  if (!isDue) return null;
  const limits = { count: config.batchCount, bytes: config.batchBytes };
  const end = batchEnd(
    file,
    { quietMs: context.nowMs - file.grewAtMs, isMultiLine: config.startPattern !== null },
    mode,
  );
  const place = { offset: file.offset, inside: file.inside };
  // A small batch is not worth splitting all that was read ahead, unless its first record is that long.
  const window = file.buffer.subarray(0, config.batchBytes * 2);
  const small =
    window.length < file.buffer.length ? takeBatch({ ...place, bytes: window, end: 'closed' }, rules, limits) : null;
  return small ?? takeBatch({ ...place, bytes: file.buffer, end }, rules, limits);
}

function batchEnd(file: FollowedFile, context: { quietMs: number; isMultiLine: boolean }, mode: ShipMode): BatchEnd {
  if (file.fd !== null && file.size > file.readTo) return 'closed';
  if (mode === 'everything' || file.phase === 'copy' || file.phase === 'gone') return 'everything';
  if (context.quietMs >= openLineQuietMs || (file.phase === 'retired' && context.quietMs >= multiLineQuietMs))
    return 'everything';
  if (mode === 'flush' || context.quietMs >= (context.isMultiLine ? multiLineQuietMs : wholeLineQuietMs))
    return 'terminated';
  return 'closed';
}

function noticeDelivery(notice: Notice, shipping: Shipping): Delivery {
  return {
    to: shipping.to,
    key: batchKey({
      fileId: notice.id,
      logGroup: shipping.to.logGroup,
      logStream: shipping.to.logStream,
      from: 0,
      to: 0,
      digest: 'notice',
    }),
    // The notice is of the agent's own making: its times are UTC and no format of the file applies to it.
    headers: originHeaders({ file: notice.chain, timeZone: 'UTC', datetimeFormat: null, encoding: null }),
    parts: { continues: false, more: false },
    records: [notice.text],
    compress: false,
    place: { file: notice.chain, from: 0, to: 0 },
  };
}
