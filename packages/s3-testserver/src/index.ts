export { startObjectStore, type ObjectStore, type ObjectStoreSettings } from './object-store.ts';
export { findGoProgram, type FoundProgram, type GoProgram } from './go-program.ts';
export { findVersitygw } from './versitygw-program.ts';
