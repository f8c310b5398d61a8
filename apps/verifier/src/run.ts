/**
 * The command line of `akashi-verify`, which checks one tenant's evidence offline. Reads files only; no network, no database,
 * unless it is told to copy the evidence from an S3 store first.
 */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { parseVerifierKey } from '@akashi/integrity';
import { HeldCheckpointError, inFolder, verifyArchive, type Verification, type VerifyRequest } from '@akashi/verify';
import { Command, CommanderError, Option } from 'commander';
import { copyFromS3, CopyError, isS3Place } from './copy-from-s3.ts';
import { readDataKeys, type ReadDataKeys } from './data-keys.ts';
import type { Language } from './messages.ts';
import { heldFaults, readHeld, readText, readTimeStamps, readWitnesses } from './outside-proofs.ts';
import { formatJson, formatText, type Asked } from './report.ts';
import { UsageError } from './usage-error.ts';
import { isProofFile, verifyProof } from './verify-proof.ts';

interface Options {
  key: string;
  since?: string;
  timestamps?: string | true;
  timestampCa?: string;
  policy?: string;
  slotProofs?: string;
  dataKey?: string;
  json?: boolean;
  lines?: string;
  lang: Language;
}

const originPrefix = 'akashi.log/';

function buildCommand(): Command {
  return new Command('akashi-verify')
    .description('Proves that the sealed logs of one tenant are complete and unaltered, offline.')
    .argument(
      '<dir>',
      "the tenant's evidence folder, archive/<tenant id>, or s3://bucket/prefix/<tenant id>?endpoint=…; or one record's .tlog-proof",
    )
    .requiredOption('--key <key>', 'the verifier key, or a file that holds it')
    .option('--since <file>', 'a checkpoint you kept: the log must be its continuation')
    .option('--timestamps [place]', 'time stamps (RFC 3161) you kept, a file or folder; left out: those of the archive')
    .option('--timestamp-ca <file>', 'the certificate of the time-stamping authority (PEM)')
    .option('--policy <file>', 'who has to have witnessed the log (C2SP tlog-policy)')
    .option(
      '--slot-proofs <place>',
      'with --policy: slot proofs you kept, a file or folder, with blinding-secret beside',
    )
    .option('--data-key <file>', 'data key file: every record is opened and checked')
    .option(
      '--lines <file>',
      'with --data-key: write the records of akashi/reviews and akashi/reports there, as NDJSON',
    )
    .option('--json', 'print the result as one JSON document')
    .addOption(new Option('--lang <language>', 'language of the sentences').choices(['en', 'ja']).default('en'))
    .addHelpText('after', '\nExit code: 0 all proven, 1 something was altered, 2 could not be read.')
    .showHelpAfterError('akashi-verify --help tells what it takes.')
    .exitOverride();
}

interface PinnedKey {
  verifierKey: string;
  tenantId: string;
}

function readKey(options: Options): PinnedKey {
  const verifierKey = readVerifierKey(options.key);
  const parsed = parseVerifierKey(verifierKey);
  if (parsed === null || !parsed.origin.startsWith(originPrefix)) {
    const form = 'akashi.log/<tenant>+<id>+<key>, whole and on one line';
    throw new UsageError(
      existsSync(options.key)
        ? `--key: the file ${options.key} does not hold a verifier key (${form}).`
        : `--key is neither a verifier key (${form}) nor the name of a file that holds one.`,
    );
  }
  return { verifierKey, tenantId: parsed.origin.slice(originPrefix.length) };
}

function readRequest(folder: string, options: Options): VerifyRequest {
  const { verifierKey, tenantId } = readKey(options);
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`);
  if (!statSync(folder).isDirectory()) {
    throw new UsageError(`${folder} is not a folder. Give a tenant's own folder, archive/<tenant id>.`);
  }
  return {
    ...inFolder(folder),
    tenantId,
    verifierKey,
    dataKeys: options.dataKey === undefined ? null : dataKeysIn(options.dataKey, tenantId),
    held: options.since === undefined ? null : readHeld(options.since, verifierKey),
    ...(options.policy === undefined ? {} : { witnesses: readWitnesses(options.policy, options.slotProofs) }),
    ...(asksForStamps(options) ? { timeStamps: readTimeStamps(options.timestamps ?? true, options.timestampCa) } : {}),
  };
}

function readVerifierKey(keyOrFile: string): string {
  if (parseVerifierKey(keyOrFile) !== null || !existsSync(keyOrFile)) return keyOrFile;
  return readText(keyOrFile, '--key').trim();
}

const dataKeyFaults: Record<Exclude<ReadDataKeys, { ok: true }>['code'], (file: string) => string> = {
  unreadable: (file) => `--data-key: the file ${file} could not be read.`,
  malformed: () => '--data-key: expected lines "akashi-data-key <id> <base64 of 32 bytes>".',
  locked: (file) =>
    `--data-key: ${file} lies encrypted under the key of its installation. Give an export of the data keys, which the organisation's administrator makes.`,
  exposed: () => '--data-key: others may read the installation key beside it. Take that from them first (chmod 600).',
};

function dataKeysIn(file: string, tenantId: string): Map<string, Buffer> {
  const read = readDataKeys(file, tenantId);
  if (!read.ok) throw new UsageError(dataKeyFaults[read.code](file));
  return read.keys;
}

const asksForStamps = ({ timestamps, timestampCa }: Options): boolean =>
  timestamps !== undefined || timestampCa !== undefined;

async function verifyPlace(place: string, options: Options): Promise<{ verification: Verification; asked: Asked }> {
  const verify = async (folder: string): Promise<{ verification: Verification; asked: Asked }> => {
    const request = readRequest(folder, options);
    const { held } = request;
    const asked = {
      since: held === null ? null : { file: held.file, size: held.head.size },
      timeStamps: asksForStamps(options),
    };
    try {
      return { verification: await verifyArchive({ ...request, describes: options.json === true }), asked };
    } catch (error) {
      if (!(error instanceof HeldCheckpointError)) throw error;
      throw new UsageError(`--since: ${held?.file ?? ''} ${heldFaults['unknown-key']}`);
    }
  };
  if (!isS3Place(place)) return verify(place);
  const copy = await copyFromS3(place);
  try {
    return await verify(copy.folder);
  } finally {
    copy.remove();
  }
}

/** For other checkers: each record with its place, as it is sealed. */
function writeLines(file: string, { ownLines }: Verification): void {
  const lines = ownLines.map(({ block, leaf, group, text }) =>
    JSON.stringify({ block, leaf, logGroup: `akashi/${group}`, record: text }),
  );
  try {
    writeFileSync(file, lines.map((line) => `${line}\n`).join(''));
  } catch {
    throw new UsageError(`--lines: the file ${file} could not be written.`);
  }
}

/** Runs the command line and gives its exit code. Output goes to the given writers. */
export async function run(
  argv: readonly string[],
  write: { out: (text: string) => void; err: (text: string) => void },
): Promise<number> {
  const command = buildCommand().configureOutput({ writeOut: write.out, writeErr: write.err });
  try {
    command.parse(argv, { from: 'user' });
    const options = command.opts<Options>();
    const place = command.args[0] ?? '';
    if (isProofFile(place)) {
      const { verifierKey } = readKey(options);
      const { text, exitCode } = verifyProof(place, {
        verifierKey,
        json: options.json === true,
        language: options.lang,
      });
      write.out(text);
      return exitCode;
    }
    const { verification, asked } = await verifyPlace(place, options);
    const format = options.json === true ? formatJson : formatText;
    if (options.lines !== undefined) writeLines(options.lines, verification);
    write.out(format(verification, options.lang, asked));
    return verification.findings.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof UsageError) && !(error instanceof CopyError)) throw error;
    write.err(`${error.message}\n`);
    return 2;
  }
}
