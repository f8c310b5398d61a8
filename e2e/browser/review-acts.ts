import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from './browser.ts';
import type { Person } from './sign-in-page.ts';
import { stepUpIfAsked } from './step-up.ts';
import { wordsIn } from './words.ts';

type SignedAct = 'submit' | 'approve' | 'return';

/** From the open dialog of an act to its signature: with Enter alone, and a code where one is asked for. */
export async function sign(
  { page, person }: { readonly page: Page; readonly person: Person },
  { act, language }: { act: SignedAct; language: Language },
): Promise<void> {
  const words = wordsIn(language);
  const dialog = page.getByRole('dialog', { name: words(`logReviews.sign.titles.${act}`) });
  const last = dialog.getByRole('button', { name: words(`logReviews.sign.actions.${act}`) });
  await dialog.getByRole('button', { name: words('logReviews.sign.check') }).press('Enter');
  await stepUpIfAsked(page, { person, language, done: last });
  await last.waitFor();
  await expect.poll(() => last.evaluate((button) => button === button.ownerDocument.activeElement)).toBe(true);
  await page.keyboard.press('Enter');
  const done = page.getByText(words(`logReviews.sign.done.${act}`));
  await stepUpIfAsked(page, { person, language, done });
  await done.waitFor();
}

/** The page itself says by the focus that nothing is left to decide: the API may know earlier. */
export async function submitHasFocus(page: Page): Promise<void> {
  await hasFocus(page.locator('#review-submit'));
}

export async function hasFocus(place: Locator): Promise<void> {
  await expect.poll(() => place.evaluate((element) => element === element.ownerDocument.activeElement)).toBe(true);
}

/** Whoever has the finding before them takes a step with it, in the dialog that asks for their words. */
export async function takeStep(
  page: Page,
  { step, text }: { step: 'escalate' | 'instruct'; text: string },
): Promise<void> {
  const words = wordsIn('en');
  const name = words(`logFindings.steps.${step}`);
  await page.getByRole('button', { name, exact: true }).first().press('Enter');
  const dialog = page.getByRole('dialog');
  await hasFocus(dialog.getByLabel(words('logFindings.text')));
  await page.keyboard.type(text);
  await dialog.getByRole('button', { name, exact: true }).press('Enter');
  await page.getByText(words(`logFindings.stepDone.${step}`)).waitFor();
}
