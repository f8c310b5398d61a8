import { KeysPage } from './keys-page.tsx';

/** The keys that senders write with. */
export default function IngestKeys() {
  return <KeysPage kind="ingest" />;
}
