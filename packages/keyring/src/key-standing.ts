import { readInstallationKey, sourceOfInstallationKey, type Environment, type KeySource } from './installation-key.ts';
import { KeyringError } from './keyring-error.ts';
import { confirmRecoveryExport, keysWithoutExport, readRecoveryNote, type RecoveryNote } from './recovery-export.ts';

/** What an operator has to know of the keys of an installation, none of them among it. */
export interface KeyStanding {
  installationKey(): { readonly id: string; readonly source: KeySource };
  /** What the last stored export noted; null when there is none. */
  recoveryExport(): Promise<RecoveryNote | null>;
  /** How many keys of organisations are in no export. */
  keysWithoutExport(): Promise<number>;
  /** Notes that somebody has the last export elsewhere; false when there is none, or another one was made since. */
  confirmExport(at: Date, confirmed: { readonly at: Date; readonly by: string }): Promise<boolean>;
}

export function openKeyStanding({ dir, environment }: { dir: string; environment: Environment }): KeyStanding {
  return {
    installationKey() {
      const key = readInstallationKey(dir, environment);
      if (key === null) throw new KeyringError('installation-key-missing', 'The installation key is not there.');
      return { id: key.id, source: sourceOfInstallationKey(environment) };
    },
    recoveryExport: () => readRecoveryNote(dir),
    keysWithoutExport: () => keysWithoutExport(dir),
    confirmExport: (at, confirmed) => confirmRecoveryExport(dir, at, confirmed),
  };
}
