export { startObjectStore, type ObjectStore, type ObjectStoreSettings } from './object-store.ts';
export { findVersitygw, type FoundProgram } from './versitygw-program.ts';
