import type { Locator, Page } from 'playwright-core';
import type { Language } from './browser.ts';
import { nextCodeOf } from './person-codes.ts';
import type { Person } from './sign-in-page.ts';
import { wordsIn } from './words.ts';

interface StepUp {
  readonly person: Person;
  readonly language: Language;
  /** What is there when nothing was asked. */
  readonly done: Locator;
}

/** Proves the second factor again where the page asks for it; nothing was asked when it was proven just now. */
export async function stepUpIfAsked(page: Page, { person, language, done }: StepUp): Promise<void> {
  const words = wordsIn(language);
  const question = page.getByRole('dialog', { name: words('stepUp.title') });
  await question.or(done).first().waitFor();
  if (!(await question.isVisible())) return;
  await question.getByLabel(words('secondFactor.code')).fill(await nextCodeOf(person));
  await page.keyboard.press('Enter');
}
