import type { Language } from '../rows/run-head.ts';
import type { CertificateTask } from './certificate-task.ts';

/** All that the PDF of a key destruction's certificate says: the same task gives the same bytes. Times are RFC 3339. */
export interface KeyCertificateTask extends Pick<CertificateTask, 'timeZone' | 'organisation' | 'proof' | 'json'> {
  readonly language: Language;
  readonly destruction: {
    readonly entry: number;
    readonly createdAt: string;
    /** Null while some of the keys are there. */
    readonly destroyedAt: string | null;
    readonly closedAt: string;
    readonly due: string;
    readonly keys: readonly { readonly id: string; readonly fingerprint: string | null; readonly records: number }[];
    readonly blocks: number;
    readonly records: number;
    readonly rule: { readonly requirement: string };
  };
  readonly outside: { readonly recoveryExport: string | null };
}
