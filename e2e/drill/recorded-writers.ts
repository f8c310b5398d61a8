import { mkdirSync, renameSync, writeSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { loadArchiveSource } from './campaign-archive.ts';
import { inboxTenant, landingKeys, loadWriters, makeBatch } from './landing-and-archive.ts';

/**
 * The process whose system calls are recorded: it takes batches into an inbox and writes an archive, with the product's
 * own writers, and says on standard output what it would have acknowledged.
 */
const batches = 25;
/** Some alone and some together, in one segment. */
const batchesAtOnce = [1, 1, 3];
const blocks = 5;

const folder = process.argv[2] ?? '';
const acknowledge = (what: string): void => void writeSync(1, `acknowledged ${what}\n`);
const { openInboxWriter, openArchive } = await loadWriters();
const { archiveSteps, tenantId } = await loadArchiveSource();
const inboxFolder = join(folder, 'inbox');
const archiveFolder = join(folder, 'archive');

/** Every file handle has this prototype. */
async function handlePrototype(): Promise<FileHandle> {
  const handle = await open(folder, 'r');
  await handle.close();
  return Object.getPrototypeOf(handle) as FileHandle;
}

const prototype = await handlePrototype();
const datasync = Reflect.get(prototype, 'datasync') as () => Promise<void>;

/** Lets the next sync of a file's bytes come to this instead; nothing reaches the disk by it. */
function insteadOfNextDatasync(outcome: () => Promise<void>): void {
  prototype.datasync = () => {
    prototype.datasync = datasync;
    return outcome();
  };
}

// What a process leaves that was killed between making its folders and their sync.
mkdirSync(join(inboxFolder, inboxTenant), { recursive: true });
mkdirSync(join(archiveFolder, tenantId), { recursive: true });

// Small segments, so that many are opened and closed, and prepared before.
const settings = {
  dir: inboxFolder,
  keys: landingKeys,
  nowMs: Date.now,
  limits: { rotateBytes: 5_000, diskReserveBytes: 0 },
};

// One that is killed within a commit: its frame is in the file, and no disk has been asked to keep it.
const killed = await openInboxWriter(settings);
await new Promise<void>((reached) => {
  insteadOfNextDatasync(() => {
    reached();
    return new Promise(() => undefined);
  });
  void makeBatch(batches).then((batch) => killed.append(inboxTenant, batch));
});
renameSync(join(inboxFolder, 'writer.lock'), join(inboxFolder, 'writer.lock.gone'));

const inbox = await openInboxWriter(settings);

async function accept(number: number): Promise<void> {
  const outcome = await inbox.append(inboxTenant, await makeBatch(number));
  if (outcome.code !== 'accepted') throw new Error(`a batch was refused: ${outcome.code}`);
  acknowledge(`batch ${number}`);
}

/** A commit that the disk refuses, repeated by its sender. */
async function refuseThenAccept(number: number): Promise<void> {
  insteadOfNextDatasync(() => Promise.reject(Object.assign(new Error('the disk refused'), { code: 'EIO' })));
  const outcome = await inbox.append(inboxTenant, await makeBatch(number));
  if (outcome.code !== 'landing-failed') throw new Error(`a failed commit was answered: ${outcome.code}`);
  await accept(number);
}

await accept(batches);
// Refused as the first of its file, and behind one that was accepted.
await refuseThenAccept(batches + 1);
await refuseThenAccept(batches + 2);
for (let next = 0, turn = 0; next < batches; turn += 1) {
  const together = batchesAtOnce[turn % batchesAtOnce.length] ?? 1;
  await Promise.all(Array.from({ length: together }, (_, index) => accept(next + index)));
  next += together;
}
await inbox.close();

const archive = openArchive(archiveFolder, { clock: { now: () => new Date(), hostNow: () => new Date() } }).forTenant(
  tenantId,
);
let sealed = 0;
for (const { object, bytes } of archiveSteps({ blocks })) {
  const content = Buffer.from(bytes ?? '');
  if (object === 'log/checkpoint') {
    await archive.replaceCheckpoint(content);
    sealed += 1;
    acknowledge(`block ${sealed}`);
  } else await archive.putOnce(object, content);
}
