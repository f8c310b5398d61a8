import type { FrozenFile, ReportRun } from '@akashi/database';
import { readReportObject, ReportObjectError, type ReportObjectReader, type StoredObject } from '@akashi/integrity';
import { AppError } from '@akashi/server-kit';
import type { ApiParts } from '../api-parts.ts';
import type { RequestContext } from '../request-context/request-context.ts';

type Parts = Pick<ApiParts, 'archive' | 'keyring'>;

/** A frozen file of a finished run, by ranges. What is not as it was frozen is a fault that names the object. */
export class FrozenFiles {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Throws `evidence-altered` when the object is not there, or is not what the run says of it. */
  async open({ tenantId }: RequestContext, run: ReportRun, file: FrozenFile): Promise<ReportObjectReader> {
    const archive = this.#parts.archive.forTenant(tenantId);
    const facts = await archive.facts(file.object);
    if (facts === null) throw altered(file, 'missing');
    const object: StoredObject = {
      bytes: facts.bytes,
      readRange: async (range) => {
        const found = await archive.readRange(file.object, range);
        if (found === null) throw altered(file, 'missing');
        return found;
      },
    };
    return faultsNamed(file, async () => {
      const keys = this.#parts.keyring.forTenant(tenantId);
      const keyOf = (id: string): Uint8Array => keys.dataKey(id).key;
      const name = file.object.slice(file.object.lastIndexOf('/') + 1).replace(/\.akr$/, '');
      const reader = await readReportObject(object, { tenantId, runId: run.id, file: name, keyOf });
      const { sha256, bytes } = reader.table;
      if (sha256 !== file.sha256 || bytes !== file.bytes) throw altered(file, 'other-content');
      return {
        ...reader,
        frame: (index) => faultsNamed(file, () => reader.frame(index)),
      };
    });
  }
}

async function faultsNamed<T>(file: FrozenFile, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw error instanceof ReportObjectError ? altered(file, error.code, error) : error;
  }
}

function altered({ object }: FrozenFile, reason: string, cause?: unknown): AppError {
  return new AppError('evidence-altered', { params: { object }, reason, cause });
}
