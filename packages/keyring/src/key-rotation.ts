import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createFile } from '@akashi/durable-files';
import { formatVerifierKey, keyFingerprint, logOrigin } from '@akashi/integrity';
import { KeyFolder, shreddedName, type KeyFolderPlace } from './key-folder.ts';
import { newSigningSecret } from './tenant-keys.ts';

/** Keys whose change is a statement in the organisation's log. */
export type RotatedPurpose = 'data' | 'signing';

/**
 * How a tenant's keys change. A data or signing key is prepared, named in the log, and only then promoted: a crash between
 * leaves a prepared key, which either the log names (it is promoted) or the next rotation takes up.
 */
export interface KeyRotation {
  /** Makes the key that is to come, or finds the one that a crash left. */
  prepare(purpose: RotatedPurpose): Promise<string>;
  /** The prepared key; undefined when there is none. */
  prepared(purpose: RotatedPurpose): string | undefined;
  /** The verifier key of a prepared signing key. */
  preparedVerifierKey(id: string): string;
  /** Puts a prepared key in use. */
  promote(purpose: RotatedPurpose, id: string): Promise<void>;
  /** Puts a new inbox key in use; answers its id. */
  addInboxKey(): Promise<string>;
  /** Ids of the inbox keys, oldest first. */
  inboxKeyIds(): string[];
  /** Destroys an inbox key. Nothing that was encrypted with it can be read afterwards. */
  destroyInboxKey(id: string): Promise<void>;
  /** Ids of the signing keys, oldest first. */
  signingKeyIds(): string[];
  /** What crypto-shredding destroys: every data and inbox key, with one that is prepared, by id. */
  keysOfContent(): ContentKey[];
  /**
   * Destroys them all, those of an id that is not there any more among them; doing it again is no error. From then on a
   * recovery puts none of them back.
   */
  destroyContentKeys(): Promise<void>;
}

/** A key that records lie under. */
export interface ContentKey {
  readonly id: string;
  readonly purpose: 'data' | 'inbox';
  /** See `keyFingerprint` of the integrity package. */
  readonly fingerprint: Buffer;
}

const contentPurposes = ['data', 'inbox'] as const;

export function openKeyRotation(place: KeyFolderPlace, onStep: (step: string) => void = () => {}): KeyRotation {
  const folders = {
    data: new KeyFolder(place, 'data'),
    signing: new KeyFolder(place, 'signing'),
    inbox: new KeyFolder(place, 'inbox'),
  };
  return {
    prepare: (purpose) => folders[purpose].prepare(purpose === 'data' ? () => randomBytes(32) : newSigningSecret),
    prepared: (purpose) => folders[purpose].next(),
    preparedVerifierKey(id) {
      const key = createPrivateKey({ key: folders.signing.loadNext(id), format: 'der', type: 'pkcs8' });
      return formatVerifierKey(logOrigin(place.tenantId), createPublicKey(key));
    },
    promote: (purpose, id) => folders[purpose].promote(id),
    addInboxKey: () => folders.inbox.add(randomBytes(32)),
    inboxKeyIds: () => folders.inbox.ids(),
    destroyInboxKey: (id) => folders.inbox.destroy(id),
    signingKeyIds: () => folders.signing.ids(),
    keysOfContent: () =>
      contentPurposes.flatMap((purpose) => {
        const folder = folders[purpose];
        const next = folder.next();
        const keys = folder.ids().map((id) => ({ id, fingerprint: keyFingerprint(folder.load(id)) }));
        const prepared = next === undefined ? [] : [{ id: next, fingerprint: keyFingerprint(folder.loadNext(next)) }];
        return [...keys, ...prepared].map((key) => ({ ...key, purpose }));
      }),
    async destroyContentKeys() {
      await createFile(join(place.directory, shreddedName), '');
      for (const purpose of contentPurposes) {
        const folder = folders[purpose];
        for (const id of [...folder.ids(), ...folder.prepared()]) {
          onStep('shred-before-key');
          await folder.destroy(id);
          onStep('shred-after-key');
        }
      }
    },
  };
}
