import { takeProcessLock, type ProcessLock } from './process-lock.ts';

/** A process that takes and gives up the lock named in its arguments, as it is told. */
const path = process.argv[2] ?? '';
let lock: ProcessLock | undefined;

process.on('message', (question) => {
  if (question === 'take') lock = takeProcessLock(path);
  if (question === 'release' && lock?.outcome === 'taken') lock.release();
  process.send?.(question === 'take' ? lock?.outcome : 'done');
});
