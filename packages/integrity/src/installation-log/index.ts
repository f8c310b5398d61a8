/** The log of a whole installation, which is what witnesses see, and an organisation's place in it. */
export { formatBlindingSecret, parseBlindingSecret } from './blinding-secret.ts';
export {
  blindedId,
  decodeInstallationEntry,
  encodeInstallationEntry,
  slotOf,
  type InstallationEntry,
} from './installation-entry.ts';
export { installationLogDescription } from './installation-log-text.ts';
export {
  checkSlotProof,
  formatSlotProof,
  parseSlotProof,
  type CheckedSlotProof,
  type SlotProof,
  type SlotProofFault,
} from './slot-proof.ts';
export { slotPaths, slotRoot, verifySlot, type Slot } from './slot-tree.ts';
