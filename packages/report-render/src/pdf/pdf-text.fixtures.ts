import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';

/** Text of each page, in the order of the file; lines are joined without a sign between them. */
export async function pagesOf(bytes: Uint8Array): Promise<string[]> {
  const task = open(bytes);
  const document = await task.promise;
  const pages: string[] = [];
  for (let number = 1; number <= document.numPages; number += 1) {
    const { items } = await (await document.getPage(number)).getTextContent({ disableNormalization: true });
    pages.push(items.map((item) => ('str' in item ? item.str : '')).join(''));
  }
  await task.destroy();
  return pages;
}

/** All text without spaces, so that it can be compared whatever the width of lines. */
export async function signsOf(bytes: Uint8Array): Promise<string> {
  return withoutSpaces((await pagesOf(bytes)).join(''));
}

export const withoutSpaces = (text: string): string => text.replaceAll(/\s/gu, '');

export async function attachmentsOf(bytes: Uint8Array): Promise<Map<string, Buffer>> {
  const task = open(bytes);
  const document = await task.promise;
  const names = [...((await document.getAttachments())?.keys() ?? [])];
  const files: [string, Buffer][] = [];
  for (const name of names) {
    const content = (await document.getAttachmentContent(name)) as Uint8Array;
    files.push([name, Buffer.from(content)]);
  }
  await task.destroy();
  return new Map(files);
}

function open(bytes: Uint8Array): ReturnType<typeof getDocument> {
  return getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 });
}
