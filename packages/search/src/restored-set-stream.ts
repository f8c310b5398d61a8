import { bulkCreate, type BulkOptions, type BulkOutcome } from './bulk-create.ts';
import { readBack, type StoredBytes } from './read-back.ts';
import { removeDocuments } from './remove-documents.ts';
import { readNumber, readObject } from './search-client.ts';
import { SearchFault } from './search-fault.ts';
import { makeStream } from './stream-maker.ts';
import { refreshStream, searchStream, type TenantStream } from './tenant-stream.ts';

/** The stream of one restored set: what is made and proven there is searched only as one of several sets (`withRestored`). */
export interface RestoredSetStream {
  /** Makes the stream where it is missing. */
  prepare(): Promise<void>;
  bulkCreate(chunks: Iterable<Buffer> | AsyncIterable<Buffer>, options?: BulkOptions): Promise<BulkOutcome>;
  /** Documents of these segments exactly as the index holds them, in the order of segment and position. */
  readBack(segmentIds: readonly string[]): AsyncGenerator<readonly StoredBytes[], void, undefined>;
  /** Takes the documents of these segments out; answers how many there were. */
  removeSegments(segmentIds: readonly string[]): Promise<number>;
  /** How many documents can be found. */
  count(): Promise<number>;
  refresh(): Promise<void>;
  /** Removes the stream with all that is in it; to no effect where there is none. */
  remove(): Promise<void>;
}

export function openRestoredSet({ client, tenantId }: TenantStream, name: string): RestoredSetStream {
  const placement = { streamOf: () => name, read: [name], all: name, mayHold: (each: string) => each === name };
  // One that was removed is not made again by what is still on its way.
  const streams = { ensure: () => Promise.resolve(), forget: () => undefined };
  const stream: TenantStream = { client, tenantId, placement, streams, restored: [] };
  return {
    prepare: () => makeStream(client, name),
    bulkCreate: (chunks, options) => bulkCreate(stream, chunks, options),
    readBack: (segmentIds) => readBack(stream, { segmentIds }),
    removeSegments: (segmentIds) => removeDocuments(stream, segmentIds),
    count: async () => {
      const answer = await searchStream(stream, { size: 0, track_total_hits: true });
      return readNumber(readObject(readObject(answer['hits'])['total'])['value']);
    },
    refresh: () => refreshStream(stream),
    remove: async () => {
      try {
        await client.request({ method: 'DELETE', path: `/_data_stream/${name}` });
      } catch (error) {
        if (!(error instanceof SearchFault) || error.status !== 404) throw error;
      }
    },
  };
}
