/** What is in a block, as the report tells it. */
import { formatTime, type BlockHeader, type DecodedBlockBody } from '@akashi/integrity';
import { logGroupsOf, ownLinesOf, type OwnLine } from './reviews/own-lines.ts';

/** What only the opened body tells. */
export interface BlockContents {
  /** Ids of the landing segments, in the order of their records. */
  segments: string[];
  /** Every log group of which the block holds a record, sorted. */
  logGroups: string[];
  /** What the product says of reviews and reports. */
  ownLines: OwnLine[];
}

export interface SealedBlock {
  block: number;
  version: BlockHeader['version'];
  records: number;
  /** Null in version 1 and for a heartbeat. */
  policy: string | null;
  /** How many landing segments the header says; with the data key their ids. */
  segments: number | string[];
  /** A time, "never", or null in version 1 and for a heartbeat. */
  keepUntil: string | null;
  /** Only with the data key. */
  logGroups?: string[];
}

/** Segments and log groups of a proven body. */
export function contentsOf(header: BlockHeader, opened: DecodedBlockBody & { ok: true }): BlockContents {
  const groups = logGroupsOf(opened.payload);
  const logGroups = new Set(groups.filter((group) => typeof group === 'string'));
  const inHeader = header.version === 1 && header.segmentId !== null ? [header.segmentId] : [];
  const segments = opened.segments?.map(({ segmentId }) => segmentId) ?? inHeader;
  return { segments, logGroups: [...logGroups].sort(), ownLines: ownLinesOf(header.block, opened.payload, groups) };
}

export function describeBlock(header: BlockHeader, contents: BlockContents | null): SealedBlock {
  const { block, version, records } = header;
  const told =
    version === 1
      ? { policy: null, keepUntilUs: null, segments: header.segmentId === null ? 0 : 1 }
      : { policy: header.policy, keepUntilUs: header.keepUntilUs, segments: header.segments };
  const { keepUntilUs } = told;
  return {
    block,
    version,
    records,
    policy: told.policy,
    segments: contents?.segments ?? told.segments,
    keepUntil: typeof keepUntilUs === 'number' ? formatTime(keepUntilUs) : keepUntilUs,
    ...(contents === null ? {} : { logGroups: contents.logGroups }),
  };
}
