import { refusePassword, type PasswordRefusal } from '@akashi/policy';

/** What can be told while typing; breached and former passwords are only known to the server. */
export const passwordChecks = ['length', 'lettersAndDigits', 'notPersonal'] as const;
export type PasswordCheck = (typeof passwordChecks)[number];

export interface PasswordRules {
  minLength: number;
  /** The mail address and the name. */
  personal: readonly string[];
}

/** Which rules a password keeps, by the same arithmetic as the server's. Nothing typed keeps none. */
export function checkPassword(password: string, rules: PasswordRules): Record<PasswordCheck, boolean> {
  const refusal = (minLength: number): PasswordRefusal | null =>
    refusePassword({
      password,
      personal: rules.personal,
      isBreached: false,
      wasUsed: false,
      settings: { passwordMinLength: minLength },
    });
  const own = refusal(0);
  const lettersAndDigits = own === null || own === 'like-the-person';
  return {
    length: password !== '' && refusal(rules.minLength) !== 'too-short' && own !== 'too-long',
    lettersAndDigits,
    notPersonal: lettersAndDigits && own === null,
  };
}
