/** Block objects: each must be at the place its header gives, begin with the log's entry, and have the body it names. */
import { blockKey, checkBlockBody, decodeBlockHeader, splitBlockObject, type BlockHeader } from '@akashi/integrity';
import { createDayFolders, type DayFolders } from './day-folders.ts';
import type { Findings } from './findings.ts';
import { UnreadableError, type Store } from './read-store.ts';
import type { LogEntry } from './verify-log.ts';
import { verifyRecords } from './verify-records.ts';

/** A block at least every ten minutes is promised; two more allow for a slow moment. */
const longestSilenceUs = 12 * 60 * 1_000_000;

export interface BlockChecks {
  store: Store;
  findings: Findings;
  tenantId: string;
  /** Data keys by id; null when records are not to be opened. */
  dataKeys: ReadonlyMap<string, Buffer> | null;
}

export interface BlockTotals {
  /** Blocks that were proven. */
  blocks: number;
  /** Records in proven blocks. */
  records: number;
}

export interface BlockVerifier {
  totals: BlockTotals;
  folders: DayFolders;
  verify(entry: LogEntry): void;
}

export function createBlockVerifier(checks: BlockChecks): BlockVerifier {
  const { findings } = checks;
  const totals: BlockTotals = { blocks: 0, records: 0 };
  const folders = createDayFolders(checks);
  let previous: { header: BlockHeader; object: string } | null = null;

  return {
    totals,
    folders,
    verify({ index, bytes }) {
      if (bytes === null) {
        folders.skip(index);
        previous = null;
        return;
      }
      const decoded = decodeBlockHeader(bytes);
      if (!decoded.ok) {
        findings.problem({ code: 'header-malformed', object: 'log/tile/entries', block: index });
        folders.skip(index);
        return;
      }
      const { header } = decoded;
      const object = blockKey(header.block, header.createdUs);
      if (header.tenantId !== checks.tenantId || header.block !== index) {
        findings.problem({
          code: 'header-misplaced',
          object,
          block: index,
          fact: `${header.tenantId} ${header.block}`,
        });
        folders.skip(index);
        return;
      }
      folders.enter(object);
      checkTimes(findings, { header, object, previous });
      previous = { header, object };
      if (verifyBlock(checks, { object, header, entry: bytes })) {
        totals.blocks++;
        totals.records += header.records;
      }
    },
  };
}

interface BlockPlace {
  object: string;
  header: BlockHeader;
  entry: Buffer;
}

/** True when the object is the one that the log commits to, with the data key down to its records. */
function verifyBlock(checks: BlockChecks, place: BlockPlace): boolean {
  const { store, findings } = checks;
  const { object, header, entry } = place;
  const block = header.block;
  let bytes: Buffer | null;
  try {
    bytes = store.read(object);
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error;
    findings.problem({ code: 'unreadable', object, block, fact: error.reason });
    return false;
  }
  if (bytes === null) {
    findings.problem({ code: 'block-missing', object, block });
    return false;
  }
  const bodyStart = entry.length + 1;
  const headerMatches = bytes.subarray(0, entry.length).equals(entry) && bytes[entry.length] === 0x0a;
  if (!headerMatches) {
    const split = splitBlockObject(bytes);
    const found = split.ok && split.header.block !== block ? { fact: String(split.header.block) } : {};
    findings.problem({ code: 'block-header-altered', object, block, ...found });
    return false;
  }
  const body = bytes.subarray(bodyStart);
  const state = checkBlockBody(header, body);
  if (state === 'length') {
    findings.problem({ code: 'block-length-altered', object, block, fact: `${body.length} ${header.bodyLength}` });
  } else if (state === 'sha256') {
    findings.problem({ code: 'block-body-altered', object, block });
  }
  const recordsProven =
    checks.dataKeys === null || verifyRecords(checks, { object, header, body, bodyProven: state === 'ok' });
  return state === 'ok' && recordsProven;
}

function checkTimes(
  findings: Findings,
  place: { header: BlockHeader; object: string; previous: { header: BlockHeader } | null },
): void {
  const { header, object, previous } = place;
  const backwards = previous !== null && header.createdUs < previous.header.createdUs;
  const fromLater = header.lastReceivedUs !== null && header.lastReceivedUs > header.createdUs;
  if (backwards || fromLater) findings.problem({ code: 'time-backwards', object, block: header.block });
  if (previous !== null && header.createdUs - previous.header.createdUs > longestSilenceUs) {
    const minutes = Math.round((header.createdUs - previous.header.createdUs) / 60_000_000);
    findings.warning({ code: 'silence', object, fact: String(minutes) });
  }
}
