/** SQL: whether the account of this alias may be used now: not disabled, and its time is not over. */
export function canSignIn(user: string): string {
  return `(${user}.disabled_at IS NULL AND (${user}.access_until IS NULL OR ${user}.access_until > akashi_now()))`;
}
