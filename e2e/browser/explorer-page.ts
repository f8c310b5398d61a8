import type { Locator, Page } from 'playwright-core';
import type { Language } from './browser.ts';
import { wordsIn } from './words.ts';

export interface Counted {
  readonly shown: number;
  readonly total: number;
  readonly exact: boolean;
}

/** The explorer as a person sees it: by its labels and words, in either language. */
export class ExplorerPage {
  readonly page: Page;
  readonly words: (path: string) => string;
  readonly #webUrl: string;

  constructor(page: Page, webUrl: string, language: Language) {
    this.page = page;
    this.#webUrl = webUrl;
    this.words = wordsIn(language);
  }

  get query(): Locator {
    return this.page.getByRole('textbox', { name: this.words('query.label'), exact: true });
  }

  get table(): Locator {
    return this.page.getByRole('grid', { name: this.words('table.label') });
  }

  /** Rows of events, without the row of headings. */
  get rows(): Locator {
    return this.table.locator('[role=row][aria-rowindex]:not([aria-rowindex="1"])');
  }

  get panel(): Locator {
    return this.page.getByRole('complementary', { name: this.words('panel.title'), exact: true });
  }

  async open(state: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.page.goto(`${this.#webUrl}/explorer?${new URLSearchParams({ v: '1', ...state }).toString()}`);
    await this.rows.first().waitFor();
  }

  async type(query: string): Promise<void> {
    await this.query.click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(query);
  }

  async run(query: string): Promise<void> {
    await this.type(query);
    await this.page.keyboard.press('Escape');
    // Values that are offered late would take Enter for themselves.
    await this.page.getByRole('button', { name: this.words('query.run'), exact: true }).click();
    await this.page.waitForURL((url) => url.searchParams.get('q') === query);
    await this.counted();
  }

  /** "100 shown of 1,234" once it stands there. */
  async counted(): Promise<Counted> {
    const line = this.page.getByRole('status').filter({ hasText: /shown of|件を表示/ });
    await line.waitFor();
    const text = await line.locator('span').first().innerText();
    const [shown = 0, total = 0] = [...text.matchAll(/\d[\d,]*/g)].map(([number]) =>
      Number(number.replaceAll(',', '')),
    );
    return { shown, total, exact: !text.includes('≥') };
  }

  tab(name: string): Locator {
    return this.panel.getByRole('tab', { name: this.words(`panel.tab.${name}`), exact: true });
  }
}
