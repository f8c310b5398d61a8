import { createPrivateKey, createPublicKey, randomBytes } from 'node:crypto';
import { formatVerifierKey, logOrigin } from '@akashi/integrity';
import { KeyFolder, type KeyFolderPlace } from './key-folder.ts';
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
}

export function openKeyRotation(place: KeyFolderPlace): KeyRotation {
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
  };
}
