import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { getEnvironmentData, setEnvironmentData } from 'node:worker_threads';
import { createFile, hasErrorCode, makeDirectory } from '@akashi/durable-files';
import {
  formatInstallationKey,
  installationKeyOf,
  parseInstallationKey,
  type InstallationKey,
} from '@akashi/integrity';
import { KeyringError } from './keyring-error.ts';

/** Where the installation key comes from; at most one of them is set. Without any: `installation.key` among the keys. */
export const installationKeyVariables = [
  'AKASHI_INSTALLATION_KEY',
  'AKASHI_INSTALLATION_KEY_FILE',
  'AKASHI_INSTALLATION_KEY_COMMAND',
] as const;

export type Environment = Readonly<Record<string, string | undefined>>;

const form = 'a line "akashi-installation-key <id> <base64>", or the Base64 of 32 bytes';
const commandTimeoutMs = 30_000;

export type KeySource = 'default-file' | 'file' | 'environment' | 'command';

const sources: Readonly<Record<(typeof installationKeyVariables)[number], KeySource>> = {
  AKASHI_INSTALLATION_KEY: 'environment',
  AKASHI_INSTALLATION_KEY_FILE: 'file',
  AKASHI_INSTALLATION_KEY_COMMAND: 'command',
};

/** Where the settings say that the installation key comes from. */
export function sourceOfInstallationKey(environment: Environment): KeySource {
  const named = installationKeyVariables.find((name) => (environment[name] ?? '') !== '');
  return named === undefined ? 'default-file' : sources[named];
}

export function defaultInstallationKeyPath(dir: string): string {
  return join(dir, 'installation.key');
}

function parse(text: string, from: string): InstallationKey {
  const key = parseInstallationKey(text);
  if (key === null) throw new KeyringError('installation-key-unreadable', `${from} does not hold ${form}.`);
  return key;
}

function readFile(path: string): InstallationKey | null {
  let mode: number;
  let text: string;
  try {
    mode = statSync(path).mode;
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    if (hasErrorCode(cause, 'ENOENT')) return null;
    throw new KeyringError('installation-key-unreadable', `The installation key ${path} cannot be read.`, { cause });
  }
  if ((mode & 0o077) !== 0) {
    const advice = `Others may read the installation key ${path}. Take that from them: chmod 600 ${path}`;
    throw new KeyringError('installation-key-exposed', advice);
  }
  return parse(text, path);
}

function runCommand(command: string): InstallationKey {
  const from = 'What AKASHI_INSTALLATION_KEY_COMMAND prints';
  let printed: string;
  try {
    printed = execFileSync('/bin/sh', ['-c', command], {
      encoding: 'utf8',
      timeout: commandTimeoutMs,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
  } catch {
    // The fault of a child process carries what the command printed: it is not passed on.
    const text = 'The command in AKASHI_INSTALLATION_KEY_COMMAND failed: it has to print the installation key.';
    throw new KeyringError('installation-key-missing', text);
  }
  return parse(printed, from);
}

/** The key that the settings name; null when it would be the default file and that is not there. */
export function readInstallationKey(dir: string, environment: Environment): InstallationKey | null {
  const named = installationKeyVariables.filter((name) => (environment[name] ?? '') !== '');
  if (named.length > 1) {
    throw new KeyringError(
      'installation-key-unreadable',
      `Name the installation key once: ${named.join(', ')} are set.`,
    );
  }
  const [variable] = named;
  if (variable === undefined) return readFile(defaultInstallationKeyPath(dir));
  const value = environment[variable] ?? '';
  if (variable === 'AKASHI_INSTALLATION_KEY') return parse(value, variable);
  if (variable === 'AKASHI_INSTALLATION_KEY_COMMAND') return handedOver(value) ?? runCommand(value);
  const key = readFile(value);
  if (key !== null) return key;
  throw new KeyringError('installation-key-missing', `There is no installation key at ${value}.`);
}

const handOverName = (command: string): string => `akashi installation key of ${command}`;

/** What the main thread's command printed: a thread does not ask the KMS again. */
function handedOver(command: string): InstallationKey | null {
  const bytes = getEnvironmentData(handOverName(command));
  return bytes instanceof Uint8Array ? installationKeyOf(Buffer.from(bytes)) : null;
}

/** Threads that start from now on are given the key that a command printed. */
export function handOver(key: InstallationKey, environment: Environment): void {
  const command = environment['AKASHI_INSTALLATION_KEY_COMMAND'] ?? '';
  if (command !== '') setEnvironmentData(handOverName(command), new Uint8Array(key.key));
}

/** Makes the default key file, unless another process was first. */
export async function makeInstallationKey(dir: string): Promise<void> {
  await makeDirectory(dir);
  await createFile(defaultInstallationKeyPath(dir), formatInstallationKey(installationKeyOf(randomBytes(32))));
}
