import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFile, hasErrorCode, makeDirectory } from '@akashi/durable-files';
import { openKey, readKeyEnvelope, sealKey, type InstallationKey, type KeyPlace } from '@akashi/integrity';
import {
  defaultInstallationKeyPath,
  handOver,
  makeInstallationKey,
  readInstallationKey,
  type Environment,
} from './installation-key.ts';
import { KeyringError } from './keyring-error.ts';

/** Stands from the moment on when no key file lies in clear: known words under the installation key. */
const checkName = 'installation-key.check';
const checkPlace: KeyPlace = { purpose: 'check', owner: '-', id: 'check' };
const checkWords = Buffer.from('akashi: every key file below lies under this installation key\n', 'utf8');

export interface KeyVault {
  /** The text of a key file. Needs the installation key: see `unlock`. */
  seal(place: KeyPlace, secret: Uint8Array): string;
  /** The secret of a key file; null when the text is no envelope, which only a home of an earlier release has. */
  open(place: KeyPlace, text: string): Buffer | null;
  /**
   * Makes sure that the installation key is there and the right one, then has `wrapAll` encrypt what an earlier release left
   * in clear, once. Throws `installation-key-…`, having changed nothing.
   */
  unlock(wrapAll: () => Promise<void>): Promise<void>;
}

export function openKeyVault(dir: string, environment: Environment): KeyVault {
  const checkPath = join(dir, checkName);
  let known: InstallationKey | undefined;
  let unlocking: Promise<void> | undefined;

  const missing = (): KeyringError =>
    new KeyringError(
      'installation-key-missing',
      `The installation key is not there, and nothing opens the keys below ${dir} without it. Put ${defaultInstallationKeyPath(dir)} back, or name the key with AKASHI_INSTALLATION_KEY_FILE, AKASHI_INSTALLATION_KEY or AKASHI_INSTALLATION_KEY_COMMAND.`,
    );
  const wrong = (given: string, wanted: string): KeyringError =>
    new KeyringError(
      'installation-key-wrong',
      `The installation key ${given} is not the one that the keys below ${dir} lie under, which is ${wanted}. Give that one; nothing was changed.`,
    );

  function key(): InstallationKey {
    const read = known ?? readInstallationKey(dir, environment);
    if (read === null) throw missing();
    known = read;
    return read;
  }

  function open(place: KeyPlace, text: string): Buffer | null {
    const envelope = readKeyEnvelope(text);
    if (envelope === null) {
      if (!existsSync(checkPath)) return null;
      throw new KeyringError(
        'key-unreadable',
        `the ${place.purpose} key ${place.id} does not lie under the installation key`,
      );
    }
    const opened = openKey(text, place, key());
    if (opened.ok) return opened.secret;
    if (opened.code === 'other-installation-key') throw wrong(key().id, envelope.installationKeyId);
    throw new KeyringError('key-unreadable', `the ${place.purpose} key file ${place.id} was altered or moved`);
  }

  const seal = (place: KeyPlace, secret: Uint8Array): string =>
    sealKey(place, secret, { installationKey: key(), nonce: randomBytes(12) });

  async function unlockNow(wrapAll: () => Promise<void>): Promise<void> {
    const check = await readFile(checkPath, 'utf8').catch((cause: unknown) => {
      if (hasErrorCode(cause, 'ENOENT')) return undefined;
      throw cause;
    });
    if (check === undefined && readInstallationKey(dir, environment) === null) await makeInstallationKey(dir);
    handOver(key(), environment);
    if (check !== undefined) {
      open(checkPlace, check);
      return;
    }
    await makeDirectory(dir);
    await wrapAll();
    await createFile(checkPath, seal(checkPlace, checkWords));
  }

  return {
    seal,
    open,
    unlock(wrapAll) {
      unlocking ??= unlockNow(wrapAll).catch((cause: unknown) => {
        unlocking = undefined;
        throw cause;
      });
      return unlocking;
    },
  };
}
