import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What can differ between two themes, which change nothing but colours. */
const colourRules = ['color-contrast', 'link-in-text-block'];

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** Serious and critical findings of axe on the page as it stands, each with its first place. */
export function seriousFindings(page: Page): Promise<string[]> {
  return run(page, {});
}

/** Those of its colours alone. */
export function seriousColourFindings(page: Page): Promise<string[]> {
  return run(page, { runOnly: { type: 'rule', values: colourRules } });
}

async function run(page: Page, options: object): Promise<string[]> {
  // Through the debugger, because the page's own policy lets no foreign script in.
  if (await page.evaluate("typeof axe === 'undefined'")) await page.evaluate(`${axeSource}; 0`);
  const given = JSON.stringify({ resultTypes: ['violations'], ...options });
  const results: AxeResults = await page.evaluate(`axe.run(document, ${given})`);
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200) ?? ''} ${nodes[0]?.failureSummary ?? ''}`);
}
