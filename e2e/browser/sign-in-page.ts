import type { Page } from 'playwright-core';
import { nextCodeOf } from './person-codes.ts';
import { wordsIn } from './words.ts';
import type { Language } from './browser.ts';

export interface Person {
  readonly email: string;
  readonly password: string;
  readonly totpSecret: string;
}

export class SignInPage {
  readonly #page: Page;
  readonly #words: (path: string) => string;

  constructor(page: Page, language: Language) {
    this.#page = page;
    this.#words = wordsIn(language);
  }

  /** Password, then the one-time code. */
  async signIn(person: Person): Promise<void> {
    await this.enterPassword(person);
    await this.enterCode(() => nextCodeOf(person));
  }

  /** The code is asked for once its field is there: it may be waited for. */
  async enterCode(next: () => Promise<string>): Promise<void> {
    const field = this.#page.getByLabel(this.#words('secondFactor.code'));
    await field.waitFor();
    await field.fill(await next());
    await this.#page.getByRole('button', { name: this.#words('secondFactor.send.totp'), exact: true }).click();
  }

  async enterPassword({ email, password }: Pick<Person, 'email' | 'password'>): Promise<void> {
    await this.#page.getByLabel(this.#words('signIn.email')).fill(email);
    await this.#page.getByLabel(this.#words('signIn.password')).fill(password);
    await this.#page.getByRole('button', { name: this.#words('signIn.submit'), exact: true }).click();
  }
}
