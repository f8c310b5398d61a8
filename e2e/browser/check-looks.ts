import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { keepPicture, type Language } from './browser.ts';
import { seriousColourFindings, seriousFindings } from './check-accessibility.ts';
import { lostFocus } from './walk-by-keyboard.ts';

/** Collects what is wrong with how a person's pages look, so that one run of a journey names all of it. */
export class CheckedLooks {
  readonly #page: Page;
  readonly #language: Language;
  readonly #findings: Record<string, readonly string[]> = {};
  #frameIsWalked = false;

  constructor(page: Page, language: Language) {
    this.#page = page;
    this.#language = language;
  }

  /** What stands on the page now. The dark theme changes its colours and nothing else. */
  async inBothThemes(name: string): Promise<void> {
    await this.#page.emulateMedia({ colorScheme: 'light' });
    this.#findings[`${name} light`] = await seriousFindings(this.#page);
    await keepPicture(this.#page, `${name}-${this.#language}-light`);
    await this.#page.emulateMedia({ colorScheme: 'dark' });
    this.#findings[`${name} dark`] = await seriousColourFindings(this.#page);
    await keepPicture(this.#page, `${name}-${this.#language}-dark`);
  }

  /** Each stop of the keyboard: those of the frame, which is the same around all pages of a person, on the first one. */
  async byKeyboard(name: string): Promise<void> {
    this.#findings[`${name} keyboard`] = await lostFocus(this.#page, this.#frameIsWalked ? 'content' : 'beginning');
    this.#frameIsWalked = true;
  }

  expectNoFindings(): void {
    expect(this.#findings).toEqual(Object.fromEntries(Object.keys(this.#findings).map((name) => [name, []])));
  }
}
