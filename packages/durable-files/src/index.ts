export { hasErrorCode, makeDirectory, syncDirectory } from './durable-directory.ts';
export { createFile, replaceFile } from './durable-file.ts';
export { takeProcessLock, type ProcessLock } from './process-lock.ts';
