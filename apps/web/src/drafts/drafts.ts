import { cardNumbersIn } from '@akashi/masking';

/**
 * What was typed and not sent, in this tab of the browser, by person and place: it outlives a session that ends while
 * somebody types. Text that holds card data is not kept, because the browser may write it to disk.
 */
export interface Drafts {
  read: (place: string) => string | null;
  keep: (place: string, text: string) => void;
  drop: (place: string) => void;
}

type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

export function draftsOf(person: string, store: Store): Drafts {
  const key = (place: string) => `akashi-draft:${person}:${place}`;
  const drop = (place: string) => store.removeItem(key(place));
  return {
    read: (place) => store.getItem(key(place)),
    keep: (place, text) => {
      if (text === '' || cardNumbersIn(text).length > 0) return drop(place);
      try {
        store.setItem(key(place), text);
      } catch {
        // The browser has no room for it: what was typed still stands on the page.
      }
    },
    drop,
  };
}

/** The fields of a kept form; nothing where what was kept is none. */
export function readFields<Fields extends Record<string, string>>(kept: string | null): Partial<Fields> {
  try {
    const value: unknown = JSON.parse(kept ?? '{}');
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(Object.entries(value).filter(([, text]) => typeof text === 'string')) as Partial<Fields>;
  } catch {
    return {};
  }
}
