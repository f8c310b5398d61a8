import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { arrive } from '../browser/arrive.ts';
import { chromiumPath, keepPicture, startBrowser } from '../browser/browser.ts';
import { seriousFindings } from '../browser/check-accessibility.ts';
import type { Person } from '../browser/sign-in-page.ts';
import { stepUpIfAsked } from '../browser/step-up.ts';
import { wordsIn } from '../browser/words.ts';

const demo = inject('demo');
const en = wordsIn('en');
/** An enrolment is sealed with its block: within a minute by default. */
const sealedMs = 150_000;

let browser: Browser | undefined;

beforeAll(async () => {
  if (chromiumPath !== undefined) browser = await startBrowser();
});

afterAll(async () => {
  await browser?.close();
});

function personAt(mail: string): Person {
  const person = demo.tenants.flatMap(({ users }) => users).find(({ email }) => email === mail);
  if (person === undefined) throw new Error('the demonstration has no such person');
  return person;
}

async function look(page: Page, name: string): Promise<void> {
  expect(await seriousFindings(page), name).toEqual([]);
  await keepPicture(page, name);
}

describe.runIf(chromiumPath !== undefined)('a signing credential', () => {
  it(
    'is enrolled in the profile, signs once it is sealed, and is ended',
    async () => {
      if (browser === undefined) return;
      const person = personAt('lee@minato.example');
      const { context, page } = await arrive(browser, { webUrl: demo.webUrl, person, language: 'en' });
      const debug = await context.newCDPSession(page);
      await debug.send('WebAuthn.enable');
      await debug.send('WebAuthn.addVirtualAuthenticator', {
        options: {
          protocol: 'ctap2',
          transport: 'usb',
          hasResidentKey: false,
          hasUserVerification: true,
          isUserVerified: true,
          automaticPresenceSimulation: true,
        },
      });
      await page.goto(`${demo.webUrl}/profile?tab=security`);
      const section = page.locator('section').filter({ hasText: en('profile.signing.note') });
      await section.getByRole('button', { name: en('profile.signing.add'), exact: true }).click();
      const dialog = page.getByRole('dialog', { name: en('profile.signing.addTitle') });
      await dialog.getByLabel(en('profile.signing.name')).fill('Blue key');
      await look(page, 'signing-add-en');
      await dialog.getByRole('button', { name: en('profile.signing.addAction'), exact: true }).click();
      const added = section.getByRole('listitem').filter({ hasText: 'Blue key' }).last();
      await stepUpIfAsked(page, { person, language: 'en', done: added });
      await added.waitFor();
      await added.getByText(en('profile.signing.deviceBound')).waitFor();
      await look(page, 'signing-en');
      await added.getByText(en('profile.signing.states.usable')).waitFor({ timeout: sealedMs });
      await added.getByRole('button', { name: en('profile.signing.endOf').replace('{name}', 'Blue key') }).click();
      const asked = page.getByRole('alertdialog').or(page.getByRole('dialog'));
      await asked.getByRole('button', { name: en('profile.signing.end'), exact: true }).click();
      const ended = section
        .getByRole('listitem')
        .filter({ hasText: en('profile.signing.endedAt') })
        .last();
      await stepUpIfAsked(page, { person, language: 'en', done: ended });
      await ended.waitFor();
      await context.close();
      const japanese = await arrive(browser, {
        webUrl: demo.webUrl,
        person: personAt('nakamura@demo.example'),
        language: 'ja',
      });
      await japanese.page.goto(`${demo.webUrl}/profile?tab=security`);
      await japanese.page.getByText(wordsIn('ja')('profile.signing.note')).waitFor();
      await look(japanese.page, 'signing-ja');
      await japanese.context.close();
    },
    sealedMs * 2,
  );
});
