import PDFDocument from 'pdfkit';
import type { Language } from '../rows/run-head.ts';
import { openFace, type Face, type Weight } from './face.ts';
import { visibleText } from './visible-text.ts';
import { wrapText } from './wrap-text.ts';

export const colours = {
  text: '#1C1F24',
  muted: '#555B66',
  line: '#E2DED6',
  edge: '#8A8477',
  sunken: '#F3F1ED',
  accent: '#1F4E8C',
  seal: '#B8342B',
  good: '#1E6B45',
  attention: '#8A5A00',
  bad: '#A3212C',
} as const;

export interface TextStyle {
  readonly weight: Weight;
  /** In points. */
  readonly size: number;
  readonly colour: string;
}

export const styles = {
  title: { weight: 'bold', size: 20, colour: colours.text },
  heading: { weight: 'bold', size: 12, colour: colours.text },
  figure: { weight: 'bold', size: 24, colour: colours.text },
  body: { weight: 'regular', size: 9, colour: colours.text },
  strong: { weight: 'bold', size: 9, colour: colours.text },
  wrong: { weight: 'bold', size: 9, colour: colours.bad },
  meta: { weight: 'regular', size: 7.5, colour: colours.muted },
  cell: { weight: 'regular', size: 7.5, colour: colours.text },
  head: { weight: 'bold', size: 7.5, colour: colours.muted },
  flag: { weight: 'bold', size: 7.5, colour: colours.bad },
  line: { weight: 'regular', size: 7, colour: colours.text },
} as const satisfies Record<string, TextStyle>;

/** What a structure element says beside its type; `scope` is of a table's head. */
export interface ElementOptions extends PDFKit.Mixins.StructureElementOptions {
  scope?: 'Row' | 'Column';
}

/**
 * Says that a file follows PDF/UA-1 (ISO 14289-1) too; PDF/A wants properties that it does not know to be described
 * (ISO 19005-3, 6.6.2.3).
 */
const universalAccess = `
<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"><pdfuaid:part>1</pdfuaid:part></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 that the file follows</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>`;

export interface SheetSettings {
  readonly language: Language;
  readonly title: string;
  readonly author: string;
  readonly createdAt: string;
  /** At the top and the bottom of each page. */
  readonly running: { readonly left: string; readonly right: string; readonly foot: string };
  readonly pageWords: (page: number, pages: number) => string;
}

/** A4 across, in points. */
const page = { width: 841.89, height: 595.28, side: 40, top: 56, bottom: 46 } as const;

/**
 * Pages of one PDF/A-3a file, filled from the top: texts, lines and their place in the document's structure. Everything
 * that it draws is either in that structure or an artifact. The same calls give the same bytes.
 */
export class Sheet {
  readonly left = page.side;
  readonly width = page.width - 2 * page.side;
  readonly bottom = page.height - page.bottom;
  y: number = page.top;

  readonly #doc: PDFKit.PDFDocument;
  readonly #faces: Readonly<Record<Weight, Face>>;
  readonly #settings: SheetSettings;
  #parent: PDFKit.PDFStructureElement;
  #type = 'Document';

  constructor(settings: SheetSettings) {
    this.#settings = settings;
    this.#faces = { regular: openFace('regular'), bold: openFace('bold') };
    const doc = new PDFDocument({
      size: [page.width, page.height],
      margin: 0,
      pdfVersion: '1.7',
      subset: 'PDF/A-3a',
      tagged: true,
      lang: settings.language,
      displayTitle: true,
      bufferPages: true,
      autoFirstPage: false,
      // Without a font of our own pdfkit would name one that it does not embed.
      font: null as never,
      // Lines of logs are seldom the same, and ours cost little to set.
      fontLayoutCache: false,
      info: {
        Title: forMetadata(settings.title),
        Author: forMetadata(settings.author),
        Creator: 'Akashi',
        Producer: 'Akashi',
        CreationDate: new Date(settings.createdAt),
        ModDate: new Date(settings.createdAt),
      },
    });
    doc.registerFont('regular', this.#faces.regular.font as never);
    doc.registerFont('bold', this.#faces.bold.font as never);
    doc.appendXML(universalAccess);
    this.#doc = doc;
    this.#parent = doc.struct('Document');
    doc.addStructure(this.#parent);
    this.newPage();
  }

  newPage(): void {
    joinContent(this.#doc);
    this.#doc.addPage();
    this.y = page.top;
  }

  /** Begins a page unless so much of the present one is left. True when it did. */
  makeRoom(height: number): boolean {
    if (this.y + height <= this.bottom) return false;
    this.newPage();
    return true;
  }

  /** What is drawn inside belongs to an element of that type. */
  within(type: string, draw: () => void, options?: ElementOptions): void {
    const [outer, outerType] = [this.#parent, this.#type];
    const element = this.#doc.struct(type as never, options);
    outer.add(element);
    [this.#parent, this.#type] = [element, type];
    draw();
    element.end();
    [this.#parent, this.#type] = [outer, outerType];
  }

  /** What is drawn inside is content of the present element. Pages do not change inside. */
  content(draw: () => void): void {
    const content = this.#doc.markStructureContent(this.#type as never);
    draw();
    this.#doc.endMarkedContent();
    this.#parent.add(content);
  }

  /** What is drawn inside only looks so: lines, grounds, repeated heads. */
  artifact(draw: () => void, type: 'Layout' | 'Pagination' = 'Layout'): void {
    this.#doc.markContent('Artifact', { type });
    draw();
    this.#doc.endMarkedContent();
  }

  /** Lines of a text as it is shown, each no wider than `width`. Several texts begin a line each. */
  lines(text: string | readonly string[], style: TextStyle, width: number): string[] {
    const { covers, advance } = this.#faces[style.weight];
    const widthOf = (sign: string): number => advance(sign.codePointAt(0) ?? 0) * style.size;
    const texts = typeof text === 'string' ? [text] : text;
    return texts.flatMap((each) => wrapText(visibleText(each, covers), width, widthOf));
  }

  /** Width of a shown line. */
  widthOf(line: string, { weight, size }: TextStyle): number {
    const { advance } = this.#faces[weight];
    return Array.from(line).reduce((sum, sign) => sum + advance(sign.codePointAt(0) ?? 0) * size, 0);
  }

  /** Draws one shown line with its top at `y`. */
  ink(line: string, style: TextStyle, at: { readonly x: number; readonly y: number }): void {
    this.#doc.font(style.weight, style.size).fillColor(style.colour).text(line, at.x, at.y, { lineBreak: false });
  }

  rule(y: number, { x, width, colour }: { x: number; width: number; colour: string }): void {
    this.#doc
      .lineWidth(0.5)
      .strokeColor(colour)
      .moveTo(x, y)
      .lineTo(x + width, y)
      .stroke();
  }

  box(at: { x: number; y: number; width: number; height: number }, fill: string | null, edge: string | null): void {
    const drawn = this.#doc.lineWidth(0.5).rect(at.x, at.y, at.width, at.height);
    if (fill !== null && edge !== null) drawn.fillAndStroke(fill, edge);
    else if (fill !== null) drawn.fill(fill);
    else if (edge !== null) drawn.stroke(edge);
  }

  /** A file that goes with the document, as what it was made from. */
  attach({ name, type, bytes }: { name: string; type: string; bytes: Buffer }): void {
    const date = new Date(this.#settings.createdAt);
    const dates = { creationDate: date, modifiedDate: date };
    this.#doc.file(bytes, { name, type, relationship: 'Source', ...dates } as never);
  }

  /** Numbers the pages and ends the file. Its bytes, in chunks. */
  end(): AsyncIterable<Uint8Array> {
    const { start, count } = this.#doc.bufferedPageRange();
    for (let index = 0; index < count; index += 1) {
      this.#doc.switchToPage(start + index);
      this.artifact(() => this.#running(index + 1, count), 'Pagination');
    }
    this.#doc.end();
    return this.#doc as AsyncIterable<Uint8Array>;
  }

  #running(number: number, count: number): void {
    const { running, pageWords } = this.#settings;
    const mark = { x: this.left, y: 22, width: 15, height: 15 };
    this.#doc.lineWidth(0.8).roundedRect(mark.x, mark.y, mark.width, mark.height, 2).stroke(colours.seal);
    this.ink('証', { weight: 'bold', size: 9, colour: colours.seal }, { x: mark.x + 3, y: mark.y + 1.2 });
    this.#oneLine(running.left, { x: this.left + 22, y: 24 }, this.width * 0.45);
    this.#rightLine(running.right, 24);
    this.rule(44, { x: this.left, width: this.width, colour: colours.edge });
    this.rule(this.bottom + 8, { x: this.left, width: this.width, colour: colours.line });
    this.#oneLine(running.foot, { x: this.left, y: this.bottom + 13 }, this.width * 0.8);
    this.#rightLine(pageWords(number, count), this.bottom + 13);
  }

  #oneLine(text: string, at: { x: number; y: number }, width: number): void {
    this.ink(this.lines(text, styles.meta, width)[0] ?? '', styles.meta, at);
  }

  #rightLine(text: string, y: number): void {
    const line = this.lines(text, styles.meta, this.width * 0.5)[0] ?? '';
    this.ink(line, styles.meta, { x: this.left + this.width - this.widthOf(line, styles.meta), y });
  }
}

/**
 * pdfkit keeps the operators of a page apart until the file ends, which takes three times the memory of their bytes. Pages
 * wait for the end because each says how many there are.
 */
function joinContent({ page: ended }: PDFKit.PDFDocument): void {
  // Before the first page there is none, whatever the types say.
  const content = (ended as PDFKit.PDFPage | null)?.content as { buffer: Uint8Array[] } | undefined;
  if (content !== undefined) content.buffer = [Buffer.concat(content.buffer)];
}

/** pdfkit writes these into XML as they are; full-width signs stand for those that XML takes for its own. */
function forMetadata(text: string): string {
  return visibleText(text, () => true)
    .replaceAll('&', '＆')
    .replaceAll('<', '＜')
    .replaceAll('>', '＞')
    .replaceAll('\n', ' ');
}
