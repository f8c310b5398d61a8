import type { TenantArchive } from '@akashi/archive';
import type { AuditSender } from '@akashi/client';
import type { Block, TenantDatabase, TenantId, Tombstone } from '@akashi/database';
import {
  dataKeyIdOf,
  decodeStoredBlock,
  encodeReplacementBody,
  encodeReplacementObject,
  numbersOf,
  parseBlockRanges,
  parseReplacementKey,
  readTombstone,
  decodeLogEntry,
  replacementKey,
  sha256,
  splitBlockObject,
  tombstoneContent,
  tombstoneKind,
  type BlockHeader,
  type BlockRange,
  type BlockToReplace,
  type Tombstone as SealedTombstone,
} from '@akashi/integrity';
import { holdsBlock } from '@akashi/policy';
import { indexSegment } from '../pipeline/index-events.ts';
import type { PipelineParts } from '../pipeline/process-segment.ts';
import { readSealedSegment } from '../pipeline/read-sealed.ts';
import { farthestDay } from '../sealing/keep-until.ts';
import type { NewStatement, Sealer, StatementPlace } from '../sealing/sealer.ts';
import { SealingError } from '../sealing/sealing-error.ts';
import { earlierKeys, headerOf } from './replaced-objects.ts';

export type RemovalParts = PipelineParts & {
  readonly sealer: Pick<Sealer, 'sealStatement'>;
  readonly trail: Pick<AuditSender, 'record'>;
  /** The archive with its second copy, where there is one: earlier objects go from both. */
  readonly paired: { forTenant(tenantId: string): Pick<TenantArchive, 'heldUntil' | 'removeReplaced'> };
  readonly now: () => Date;
};

const indexWithinMs = 300_000;

/**
 * Carries out what two people agreed on: records go from their blocks. Of each tombstone the log says so first; then the
 * replacement takes the block's place, the index forgets, and the earlier objects go as soon as their store lets them. Every
 * step is noted when it is done, so that the next run goes on where a crash cut one short.
 */
export async function removeRecords(parts: RemovalParts, signal: AbortSignal): Promise<void> {
  for (const tenantId of await parts.database.platform.findOpenTombstones()) {
    if (signal.aborted) return;
    const removal = new RecordsRemoval(parts, tenantId);
    await parts.database.forTenant(tenantId).tombstones.alone(() => removal.run(signal));
  }
}

class RecordsRemoval {
  readonly #parts: RemovalParts;
  readonly #tenantId: TenantId;
  readonly #tenant: TenantDatabase;

  constructor(parts: RemovalParts, tenantId: TenantId) {
    this.#parts = parts;
    this.#tenantId = tenantId;
    this.#tenant = parts.database.forTenant(tenantId);
  }

  async run(signal: AbortSignal): Promise<void> {
    // One after the other: the next of a block begins with the replacement that the one before made.
    for (const { id } of await this.#tenant.tombstones.open()) {
      if (signal.aborted) return;
      await this.#carryOut(id);
    }
  }

  async #carryOut(id: string): Promise<void> {
    const asked = await this.#tenant.tombstones.get(id);
    const block = asked === null ? null : await this.#tenant.blocks.get(asked.block);
    if (asked === null || block === null || asked.completedAt !== null) return;
    const { now } = this.#parts;
    if (block.disposalId !== null) {
      // The block goes as a whole, with every object that it has.
      await this.#tenant.tombstones.note(id, { waitsFor: 'disposed', completedAt: now() });
      return;
    }
    if (asked.entry === null && !(await this.#seal(asked, block))) return;
    const sealed = await this.#find(id);
    if (sealed.replacedAt === null && !(await this.#replace(sealed, block))) return;
    if (sealed.indexedAt === null && !(await this.#forget(sealed))) return;
    await this.#removeEarlier(sealed);
  }

  async #find(id: string): Promise<Tombstone & { entry: number }> {
    const found = await this.#tenant.tombstones.get(id);
    if (found?.entry == null) throw new Error(`tombstone ${id} is not in the ledger`);
    return { ...found, entry: found.entry };
  }

  /** The statement; false while a legal hold keeps the block, or when the block went meanwhile. */
  async #seal(asked: Tombstone, block: Block): Promise<boolean> {
    const body = await this.#bodyWithout(block, rangesOf(asked), this.#keys().dataKey());
    const { id, waitsFor } = asked;
    let waits: Tombstone['waitsFor'] = null;
    this.#parts.onStep('tombstone-before-statement');
    const entry = await this.#parts.sealer.sealStatement(this.#tenantId, async (place) => {
      // The seal may have brought back what a crash had cut short.
      if (await place.transaction.isTombstoneSealed(id)) return null;
      waits = await reasonToWait(place, block.number);
      return waits === null ? stated(asked, body) : null;
    });
    if (entry !== null || (await this.#tenant.tombstones.get(id))?.entry != null) return true;
    if (waits !== null && waits !== waitsFor) await this.#tenant.tombstones.note(id, { waitsFor: waits });
    return false;
  }

  /** False when the body cannot be made again as the statement has it: another statement takes its place. */
  async #replace(sealed: Tombstone & { entry: number }, block: Block): Promise<boolean> {
    const { id, entry } = sealed;
    const { replacement } = await this.#statementOf(entry);
    const key = this.#keys().dataKey(replacement.dataKeyId);
    const object = replacementKey(headerOf(block), entry);
    const body = await this.#bodyWithout(block, rangesOf(sealed), key);
    if (!sha256(body.bytes).equals(replacement.bodySha256)) {
      // Made by another release of the compression: what the log says is superseded by saying it again.
      const again = await this.#parts.sealer.sealStatement(this.#tenantId, () => Promise.resolve(stated(sealed, body)));
      if (again !== null) await this.#tenant.tombstones.note(id, { completedAt: this.#parts.now() });
      return false;
    }
    const bytes = encodeReplacementObject(
      { tombstone: entry, ...replacement },
      { headerBytes: Buffer.from(block.header), body: body.bytes },
    );
    this.#parts.onStep('tombstone-before-replacement');
    const keepUntil = await this.#keptUntil(block.number);
    const outcome = await this.#archive().putOnce(object, bytes, { keepUntil });
    if (outcome === 'exists-other') throw new SealingError('archive-object-conflict', object);
    this.#parts.onStep('tombstone-before-ledger');
    await this.#tenant.tombstones.noteReplaced(id, { key: object, at: this.#parts.now() });
    return true;
  }

  /** Documents of the block's segments are made again from the replacement; false while some of them are not. */
  async #forget({ id, block }: Tombstone): Promise<boolean> {
    const { documentsToCheck, tombstones } = this.#tenant;
    const search = this.#parts.search.forTenant(this.#tenantId);
    this.#parts.onStep('tombstone-before-index');
    const segmentIds = await documentsToCheck.ofBlocks({ from: block, to: block + 1 });
    for (const { segmentId, indexedGeneration, mayBeGone } of await documentsToCheck.find(
      segmentIds,
      this.#parts.now(),
    )) {
      if (indexedGeneration !== 0) continue;
      // Past their days online they may still be there until their index goes as a whole.
      await search.removeSegments([segmentId]);
      if (!mayBeGone) await this.#indexAgain(segmentId);
    }
    await this.#endRestores(block);
    this.#parts.onStep('tombstone-before-expunge');
    await search.expungeRemoved();
    return tombstones.noteIndexed(id, this.#parts.now());
  }

  async #indexAgain(segmentId: string): Promise<void> {
    const tenantId = this.#tenantId;
    const payload = await readSealedSegment(this.#parts, tenantId, segmentId);
    const derivation = await this.#parts.derivationOf(tenantId);
    const signal = AbortSignal.timeout(indexWithinMs);
    const segment = { tenantId, segmentId, derivation, payload };
    await indexSegment(this.#parts, { ...segment, lane: 'ordinary', isReplay: true, signal });
  }

  /** A restored set may hold the records: it ends, and can be made again without them. */
  async #endRestores(block: number): Promise<void> {
    const { restores, blocks } = this.#tenant;
    const { firstReceivedUs, lastReceivedUs } = (await blocks.get(block)) ?? {};
    for (const { id, state, from, to } of await restores.list()) {
      const isThere = ['waiting', 'estimating', 'running', 'done'].includes(state);
      const meets = from.getTime() * 1000 <= (lastReceivedUs ?? 0) && to.getTime() * 1000 > (firstReceivedUs ?? 0);
      if (isThere && meets) await restores.end(id, { name: null, at: this.#parts.now() });
    }
  }

  async #removeEarlier({ id, block: number }: Tombstone): Promise<void> {
    const block = await this.#tenant.blocks.get(number);
    const newest = block?.objectKey ?? '';
    const original = parseReplacementKey(newest)?.original;
    if (original === undefined) throw new SealingError('archive-object-conflict', newest);
    const keys = await earlierKeys(this.#tenant, { number, objectKey: original, replacementKey: newest });
    const stores = this.#parts.paired.forTenant(this.#tenantId);
    let lockedUntil: Date | null = null;
    for (const key of keys) {
      this.#parts.onStep('tombstone-before-removal');
      if ((await stores.removeReplaced(key, newest)) !== 'held') continue;
      lockedUntil = (await stores.heldUntil(key)) ?? lockedUntil;
    }
    const at = this.#parts.now();
    if (lockedUntil !== null) {
      await this.#tenant.tombstones.note(id, { lockedUntil });
      return;
    }
    this.#parts.onStep('tombstone-before-note');
    await this.#tell(id);
    await this.#tenant.tombstones.note(id, { removedAt: at, completedAt: at });
  }

  /** The body of the object that stands for the block now, without these records. */
  async #bodyWithout(block: Block, ranges: readonly BlockRange[], key: DataKey): Promise<MadeBody> {
    const opened = await this.#open(block);
    const positions = new Set(numbersOf(ranges));
    return { ranges, keyId: key.id, bytes: encodeReplacementBody(opened, { positions, key: key.key }) };
  }

  async #open({ number, objectKey }: Block): Promise<BlockToReplace & { readonly header: BlockHeader }> {
    const object = objectKey === null ? null : await this.#archive().get(objectKey);
    const split = object === null ? undefined : splitBlockObject(object);
    const keyId = split?.ok === true ? dataKeyIdOf(split) : null;
    if (split?.ok !== true || keyId === null)
      throw new SealingError('archive-object-conflict', objectKey ?? `${number}`);
    const { key } = this.#keys().dataKey(keyId);
    const opened = decodeStoredBlock(split, { tenantId: this.#tenantId, blockNumber: number, key });
    if (!opened.ok) throw new SealingError('archive-object-conflict', objectKey ?? `${number}`);
    return { header: split.header, payload: opened.payload, segments: opened.segments };
  }

  async #statementOf(entry: number): Promise<SealedTombstone> {
    const row = await this.#tenant.blocks.get(entry);
    const decoded = row === null ? null : decodeLogEntry(Buffer.from(row.header, 'utf8'));
    const found = decoded?.ok === true && decoded.kind === 'statement' ? readTombstone(decoded.statement) : null;
    if (found === null) throw new Error(`entry ${entry} of the ledger is no tombstone`);
    return found;
  }

  async #keptUntil(number: number): Promise<Date> {
    return (await this.#tenant.tombstones.keptUntil(number)) ?? farthestDay;
  }

  #archive() {
    return this.#parts.archive.forTenant(this.#tenantId);
  }

  #keys() {
    return this.#parts.keyring.forTenant(this.#tenantId);
  }

  async #tell(id: string): Promise<void> {
    const { entry, block, positions, records, rule } = await this.#find(id);
    await this.#parts.trail.record({
      tenantId: this.#tenantId,
      actor: { kind: 'system', id: 'tombstone', name: 'Akashi' },
      origin: { address: 'worker' },
      event: {
        action: 'tombstone.complete',
        outcome: 'success',
        target: { kind: 'tombstone', id },
        count: records,
        details: { entry, block, positions, rule: rule.id, rule_version: rule.version },
      },
    });
  }
}

interface DataKey {
  readonly id: string;
  readonly key: Uint8Array;
}

interface MadeBody {
  readonly ranges: readonly BlockRange[];
  readonly keyId: string;
  readonly bytes: Buffer;
}

function rangesOf({ id, positions }: Pick<Tombstone, 'id' | 'positions'>): BlockRange[] {
  const ranges = parseBlockRanges(positions);
  if (ranges === null) throw new Error(`tombstone ${id} names no records`);
  return ranges;
}

function stated({ block, reason, rule, asked, approved }: Tombstone, { ranges, keyId, bytes }: MadeBody): NewStatement {
  const replacement = { bodySha256: sha256(bytes), bodyLength: bytes.length, dataKeyId: keyId };
  const id = rule.id === 'masking' ? 'masking' : 'person';
  const content = tombstoneContent({ block, ranges, reason, rule: { ...rule, id }, asked, approved, replacement });
  return { kind: tombstoneKind, content };
}

/** Decided while nobody can begin a hold or dispose of the block. */
async function reasonToWait(
  { transaction }: StatementPlace,
  number: number,
): Promise<Exclude<Tombstone['waitsFor'], null> | null> {
  const { blocks, holds } = await transaction.blocksToDispose([number]);
  const block = blocks[0];
  if (block === undefined) return 'disposed';
  return holds.some((hold) => holdsBlock(hold, block)) ? 'legal-hold' : null;
}
