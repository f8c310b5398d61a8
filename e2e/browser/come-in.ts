import type { Page } from 'playwright-core';
import type { Language } from './browser.ts';
import { nextCodeOf } from './person-codes.ts';
import { wordsIn } from './words.ts';

interface Arrival {
  readonly webUrl: string;
  /** Of the mail. */
  readonly link: string;
  readonly password: string;
  readonly language: Language;
}

/** From the link of an invitation to a full session, with nothing but what the pages say. Answers the secret of the codes. */
export async function comeIn(page: Page, { webUrl, link, password, language }: Arrival): Promise<string> {
  const words = wordsIn(language);
  const press = (name: string): Promise<void> => page.getByRole('button', { name: words(name), exact: true }).click();
  await page.goto(`${webUrl}/invitation#${new URL(link).hash.slice(1)}`);
  await page.getByLabel(words('newPassword.label'), { exact: true }).fill(password);
  await press('invitation.submit');
  await press('enrolment.totp.choose');
  const totpSecret = (await page.locator('code').innerText()).replaceAll(' ', '');
  await page.getByLabel(words('enrolment.totp.code')).fill(await nextCodeOf({ totpSecret }));
  await page.keyboard.press('Enter');
  await page.getByText(words('recoveryCodes.kept')).click();
  await press('recoveryCodes.goOn');
  await page.waitForURL((url) => !['/invitation', '/sign-in'].includes(url.pathname));
  return totpSecret;
}
