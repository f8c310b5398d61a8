import { Inject, Injectable } from '@nestjs/common';
import { keepCheckpoint } from '@akashi/archive';
import type { ProofAnswer } from '@akashi/contracts';
import {
  buildEventProof,
  dataKeyIdOf,
  decodeStoredBlock,
  readBlockRecords,
  sha256,
  signingKeyKind,
  splitBlockObject,
  type EventProof,
  type SegmentShare,
} from '@akashi/integrity';
import { parseEventId, repeatableDerivation, type Derivation } from '@akashi/log-event';
import type { TenantId } from '@akashi/database';
import { AppError } from '@akashi/server-kit';
import { apiParts, type ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';
import { compareDocument, type IndexedDocument } from './compare-document.ts';

interface SealedPlace {
  block: number;
  leaf: number;
}

interface SealedEvent extends SealedPlace {
  id: string;
  /** The caller may not see the record: its hash stands for it. */
  textHidden?: true | undefined;
  /** The event as the index holds it, whole; left out when the caller may not see all of it. */
  document?: Readonly<Record<string, unknown>> | undefined;
}

interface OpenBlock {
  headerBytes: Buffer;
  payload: Buffer;
  segments: readonly SegmentShare[] | null;
}

/** Evidence of single events, read from the archive and nowhere else. Callers check the scope first. */
@Injectable()
export class EventProofService {
  readonly #parts: Pick<ApiParts, 'database' | 'archive' | 'keyring'>;

  constructor(@Inject(apiParts) parts: Pick<ApiParts, 'database' | 'archive' | 'keyring'>) {
    this.#parts = parts;
  }

  /** Everything between the record and the newest signed checkpoint; whether it holds is for the reader to check. */
  async prove(context: RequestContext, place: SealedEvent): Promise<ProofAnswer> {
    const archive = this.#parts.archive.forTenant(context.tenantId);
    const opened = await this.#openBlock(context, place.block);
    const { headerBytes, payload } = opened;
    const checkpoint = await archive.get('log/checkpoint');
    if (checkpoint === null) throw altered('log/checkpoint', 'missing');
    await keepCheckpoint(archive, checkpoint.toString('utf8'));
    const built = await buildEventProof({
      payload,
      header: headerBytes,
      leaf: place.leaf,
      checkpoint: checkpoint.toString('utf8'),
      read: (path) => archive.get(`log/${path}`),
      keyChanges: await this.#parts.database.forTenant(context.tenantId).log.statements(signingKeyKind),
    });
    if (!built.ok) throw altered(`block ${place.block}`, built.code);
    const { id, leaf, document } = place;
    const fields = document && (await this.#compare(context, opened, { id, leaf, document }));
    return {
      id,
      ...(place.textHidden === true ? { withheld: withholdRecord(built.proof, payload) } : { proof: built.proof }),
      ...(fields === undefined || fields === null ? {} : { document: { fields } }),
      verifierKey: this.#parts.keyring.forTenant(context.tenantId).verifierKeyOf(checkpoint),
    };
  }

  async #compare(
    { tenantId }: RequestContext,
    block: OpenBlock,
    event: Omit<IndexedDocument, 'tenantId'>,
  ): Promise<string[] | null> {
    return compareDocument(block, { ...event, tenantId }, await this.#derivationOf(tenantId, event.id));
  }

  /** What the event's document was derived with; null when its readers are gone. */
  async #derivationOf(tenantId: TenantId, id: string): Promise<Derivation | null> {
    const segmentId = parseEventId(id)?.segmentId;
    const { derivations } = this.#parts.database.forTenant(tenantId);
    const noted = segmentId === undefined ? null : await derivations.ofSegment(segmentId);
    return noted === null ? null : repeatableDerivation(noted);
  }

  /** The record's sealed bytes. */
  async sealedRecord(context: RequestContext, place: SealedPlace): Promise<Buffer> {
    const { payload } = await this.#openBlock(context, place.block);
    for (const { leaf, record } of readBlockRecords(payload)) {
      if (leaf === place.leaf) return Buffer.from(record);
    }
    throw altered(`block ${place.block}`, 'no-such-record');
  }

  async #openBlock(context: RequestContext, number: number): Promise<OpenBlock> {
    const { database, archive, keyring } = this.#parts;
    const { tenantId } = context;
    const block = await database.forTenant(tenantId).blocks.get(number);
    // The index knows an event of it: then it is the block that is not there.
    if (block === null) throw altered(`block ${number}`, 'missing');
    const objectKey = block.objectKey ?? `block ${number}`;
    const object = block.objectKey === null ? null : await archive.forTenant(tenantId).get(block.objectKey);
    if (object === null) throw altered(objectKey, 'missing');
    const split = splitBlockObject(object);
    if (!split.ok) throw altered(objectKey, split.code);
    const dataKeyId = dataKeyIdOf(split);
    if (dataKeyId === null) throw altered(objectKey, 'heartbeat');
    const { key } = keyring.forTenant(tenantId).dataKey(dataKeyId);
    const opened = decodeStoredBlock(split, { tenantId, blockNumber: number, key });
    if (!opened.ok) throw altered(objectKey, opened.code);
    return { headerBytes: split.headerBytes, payload: opened.payload, segments: opened.segments ?? null };
  }
}

function withholdRecord({ event, format: _format, ...path }: EventProof, payload: Buffer): ProofAnswer['withheld'] {
  for (const { leaf, leafBytes } of readBlockRecords(payload)) {
    if (leaf === event.leaf) return { ...path, leaf, leafHash: sha256(leafBytes).toString('base64') };
  }
  throw altered(`leaf ${event.leaf}`, 'no-such-record');
}

function altered(object: string, reason: string): AppError {
  return new AppError('evidence-altered', { params: { object }, reason });
}
