import type { SearchClient } from './search-client.ts';
import { SearchFault } from './search-fault.ts';

/** Makes data streams before they are written to: no index ever comes into being by a typing error. */
export interface StreamMaker {
  /** Makes it where it is not there. Throws when the server has no template for it. */
  ensure(name: string): Promise<void>;
  /** It was not there after all: a replaced server, or one that was removed meanwhile. */
  forget(name: string): void;
}

export function createStreamMaker(client: Pick<SearchClient, 'request'>): StreamMaker {
  const made = new Map<string, Promise<void>>();
  return {
    ensure(name) {
      const known = made.get(name);
      if (known !== undefined) return known;
      const making = makeStream(client, name);
      made.set(name, making);
      making.catch(() => made.delete(name));
      return making;
    },
    forget: (name) => void made.delete(name),
  };
}

export async function makeStream(client: Pick<SearchClient, 'request'>, name: string): Promise<void> {
  try {
    await client.request({ method: 'PUT', path: `/_data_stream/${name}` });
  } catch (error) {
    if (!(error instanceof SearchFault) || error.errorType !== 'resource_already_exists_exception') throw error;
  }
}
