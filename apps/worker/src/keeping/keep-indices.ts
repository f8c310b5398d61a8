import type { Database } from '@akashi/database';
import type { SearchPlatform } from '@akashi/search';

export interface KeepIndicesParts {
  readonly database: { readonly platform: Pick<Database['platform'], 'findOnlineRaises'> };
  readonly search: { readonly platform: Pick<SearchPlatform, 'keepIndices'> };
  readonly now: () => Date;
}

/**
 * Removes what is past its days online (PCI DSS 10.5.1), and gives a new index to what grows. While documents wait to be made
 * again for more days nothing is removed: what is there stays searchable until then. Answers false while that is so.
 */
export async function keepIndices({ database, search, now }: KeepIndicesParts): Promise<boolean> {
  const raises = await database.platform.findOnlineRaises();
  const removesNothing = raises.length > 0;
  await search.platform.keepIndices(now(), { removesNothing });
  return !removesNothing;
}
