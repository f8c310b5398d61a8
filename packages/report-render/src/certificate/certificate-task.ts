import type { Language } from '../rows/run-head.ts';

/** All that the PDF of a disposal's certificate says: the same task gives the same bytes. Times are RFC 3339. */
export interface CertificateTask {
  readonly language: Language;
  readonly timeZone: string;
  readonly organisation: string;
  readonly disposal: {
    readonly entry: number;
    readonly createdAt: string;
    /** Null while some of the objects are there. */
    readonly removedAt: string | null;
    readonly blocks: string;
    readonly blockCount: number;
    readonly records: number;
    readonly bytes: number | null;
    readonly firstReceived: string | null;
    readonly lastReceived: string | null;
    readonly logGroups: readonly string[];
    readonly policies: readonly string[];
    readonly rule: { readonly requirement: string };
    readonly due: string;
    readonly root: string;
  };
  readonly proof: {
    readonly entry: number;
    readonly treeSize: number;
    readonly checkpoint: string;
    readonly verifierKey: string;
  };
  /** The certificate itself, which is attached. */
  readonly json: Uint8Array;
}
