import type { DeletionAnswer, DeletionsAnswer } from '@akashi/contracts';
import { callApi, readFile } from './call-api.ts';

export type Deletion = DeletionAnswer;

export function readDeletions(cursor: string | null, signal: AbortSignal): Promise<DeletionsAnswer> {
  return callApi({
    path: `/v1/deletions${cursor === null ? '' : `?cursor=${encodeURIComponent(cursor)}`}`,
    signal,
  });
}

const mediaTypes = { json: 'application/json', pdf: 'application/pdf' } as const;

/** The certificate of a disposal, byte by byte. */
export function readCertificate(id: string, format: keyof typeof mediaTypes, language: 'ja' | 'en'): Promise<Blob> {
  const asked = new URLSearchParams({ format, language });
  return readFile(`/v1/deletions/${encodeURIComponent(id)}/certificate?${asked}`, mediaTypes[format]);
}
