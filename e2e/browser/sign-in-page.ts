import type { Page } from 'playwright-core';
import { wordsIn } from './words.ts';
import type { Language } from './browser.ts';

export interface Person {
  readonly email: string;
  readonly password: string;
}

export class SignInPage {
  readonly #page: Page;
  readonly #words: (path: string) => string;

  constructor(page: Page, language: Language) {
    this.#page = page;
    this.#words = wordsIn(language);
  }

  async signIn({ email, password }: Person): Promise<void> {
    await this.#page.getByLabel(this.#words('signIn.email')).fill(email);
    await this.#page.getByLabel(this.#words('signIn.password')).fill(password);
    await this.#page.getByRole('button', { name: this.#words('signIn.submit') }).click();
  }
}
