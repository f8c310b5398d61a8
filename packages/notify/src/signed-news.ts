import type { ReviewNews } from './review-news.ts';

export type SignedAction = 'reviewed' | 'approved' | 'returned' | 'addendum';

export interface SignedAct {
  readonly action: SignedAction;
  /** Of the organisation, `yyyy-mm-dd`. */
  readonly day: string;
  /** The signer's id and name. */
  readonly by: { readonly id: string; readonly name: string };
}

/** Ids of the people of the day. */
export interface PeopleOfDay {
  readonly reviewers: readonly string[];
  readonly approvers: readonly string[];
}

export interface SignedNews {
  readonly to: readonly string[];
  readonly news: ReviewNews;
}

/** Whose turn it is after a signed act, and what they are told of it; nobody hears of what they signed themselves. */
export function newsOfSigned({ action, day, by }: SignedAct, { reviewers, approvers }: PeopleOfDay): SignedNews | null {
  if (action === 'addendum') return null;
  const [kind, told] = action === 'reviewed' ? (['submitted', approvers] as const) : ([action, reviewers] as const);
  return { to: [...new Set(told)].filter((id) => id !== by.id), news: { kind, day, by: by.name } };
}
