/** The frozen files of reports against their sealed hashes. Each is opened, unpacked and hashed, one frame at a time. */
import { readReportObject, ReportObjectError, type StoredObject } from '@akashi/integrity';
import type { DataKeys } from '../check-block.ts';
import type { Problem } from '../findings.ts';
import { UnreadableError } from '../object-source.ts';
import type { Store } from '../object-store.ts';
import type { SealedFile, SealedReport } from './sealed-reports.ts';

const place = /^reports\/\d{4}\/\d{2}\/\d{2}\/([^/]+)\/([^/]+)\.akr$/;

class DataKeyMissingError extends Error {
  override readonly name = 'DataKeyMissingError';
  readonly keyId: string;

  constructor(keyId: string) {
    super('the data key of an object was not given');
    this.keyId = keyId;
  }
}

export interface ReportChecks {
  store: Store;
  tenantId: string;
  dataKeys: DataKeys;
}

/** What is wrong with one file; null when it is the one that was sealed. */
export async function checkReportFile(
  checks: ReportChecks,
  { run, block, leaf }: SealedReport,
  file: SealedFile,
): Promise<Problem | null> {
  const { store, tenantId, dataKeys } = checks;
  const { object } = file;
  const told = (code: Problem['code'], fact: string): Problem => ({ code, object, block, leaf, fact });
  const [, runInPlace, name] = place.exec(object) ?? [];
  if (name === undefined || runInPlace !== run) return told('report-altered', 'place');
  try {
    const bytes = await store.sizeOf(object);
    if (bytes === 0) return told((await store.exists(object)) ? 'report-altered' : 'report-missing', 'cut');
    const stored: StoredObject = {
      bytes,
      readRange: async (range) => (await store.readRange(object, range)) ?? new Uint8Array(),
    };
    const keyOf = (keyId: string): Uint8Array => {
      const key = dataKeys.get(keyId);
      if (key === undefined) throw new DataKeyMissingError(keyId);
      return key;
    };
    const opened = await readReportObject(stored, { tenantId, runId: run, file: name, keyOf });
    if (opened.table.sha256 !== file.sha256 || opened.table.bytes !== file.bytes)
      return told('report-altered', 'sha256');
    // To the end: only there it is known whether the frames are what the table says.
    for await (const content of opened.content()) void content;
    return null;
  } catch (error) {
    if (error instanceof DataKeyMissingError) return told('data-key-missing', error.keyId);
    if (error instanceof UnreadableError) return told('unreadable', error.reason);
    if (error instanceof ReportObjectError) return told('report-altered', error.code);
    throw error;
  }
}
