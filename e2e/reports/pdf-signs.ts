import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** All text of a PDF without spaces: what its lines are broken into says nothing. */
export async function pdfSigns(bytes: Uint8Array): Promise<string> {
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 });
  const document = await task.promise;
  const texts: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent({ disableNormalization: true });
    texts.push(...items.map((item) => ('str' in item ? item.str : '')));
  }
  await task.destroy();
  return withoutSpaces(texts.join(''));
}

export function withoutSpaces(text: string): string {
  return text.replaceAll(/\s/gu, '');
}
