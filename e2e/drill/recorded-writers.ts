import { writeSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { loadArchiveSource } from './campaign-archive.ts';
import { inboxTenant, landingKeys, loadWriters, makeBatch } from './landing-and-archive.ts';

/**
 * The process whose system calls are recorded: it takes batches into an inbox and writes an archive, with the product's
 * own writers, and says on standard output what it would have acknowledged.
 */
const batches = 24;
const batchesAtOnce = 3;
const blocks = 5;

const folder = process.argv[2] ?? '';
const acknowledge = (what: string): void => void writeSync(1, `acknowledged ${what}\n`);
const { openInboxWriter, openArchive } = await loadWriters();

const inbox = await openInboxWriter({
  dir: join(folder, 'inbox'),
  keys: landingKeys,
  // Small segments, so that many are opened and closed.
  limits: { rotateBytes: 500, diskReserveBytes: 0 },
});
for (let first = 0; first < batches; first += batchesAtOnce) {
  await Promise.all(
    Array.from({ length: batchesAtOnce }, async (_, index) => {
      const outcome = await inbox.append(inboxTenant, await makeBatch(first + index));
      if (outcome.code !== 'accepted') throw new Error(`a batch was refused: ${outcome.code}`);
      acknowledge(`batch ${first + index}`);
    }),
  );
}
await inbox.close();

const { archiveSteps, tenantId } = await loadArchiveSource();
const archive = openArchive(join(folder, 'archive')).forTenant(tenantId);
let sealed = 0;
for (const { object, bytes } of archiveSteps({ blocks })) {
  const content = Buffer.from(bytes ?? '');
  if (object === 'log/checkpoint') {
    await archive.replaceCheckpoint(content);
    sealed += 1;
    acknowledge(`block ${sealed}`);
  } else await archive.putOnce(object, content);
}
