/** A request whose one text is the planted one. */
export interface PlantedRequest {
  readonly method: string;
  readonly path: string;
  /** Where the text stands: the name of a parameter, `path`, or the way to it in the body. */
  readonly place: string;
  readonly body?: unknown;
}

/** What is read of an OpenAPI document: the product's own gives each body an example. */
export interface DescribedRoutes {
  readonly paths: Readonly<Record<string, unknown>>;
}

interface Operation {
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly example?: unknown }>> };
}

/**
 * Every text that every route takes, in body, query and path. `text` makes what is planted at each of them; ids in a path are
 * `id` where the text stands elsewhere.
 */
export function plantInEveryRoute(
  { paths }: DescribedRoutes,
  { text, id }: { readonly text: () => string; readonly id: string },
): PlantedRequest[] {
  return Object.entries(paths).flatMap(([template, operations]) =>
    Object.entries(operations as Record<string, Operation>).flatMap(([name, operation]) => {
      const method = name.toUpperCase();
      const path = fill(template, id);
      const example = Object.values(operation.requestBody?.content ?? {})[0]?.example;
      const whole = example === undefined ? {} : { body: example };
      const inBody = placesIn(example).map((place) => ({
        method,
        path,
        place: place.join('.'),
        body: planted(example, place, text()),
      }));
      const inQuery = (operation.parameters ?? [])
        .filter((parameter) => parameter.in === 'query')
        .map((parameter) => ({
          method,
          path: `${path}?${parameter.name}=${encodeURIComponent(text())}`,
          place: parameter.name,
          ...whole,
        }));
      const inPath = template.includes('{') ? [{ method, path: fill(template, text()), place: 'path', ...whole }] : [];
      return [...inBody, ...inQuery, ...inPath];
    }),
  );
}

function fill(template: string, text: string): string {
  return template.replaceAll(/\{[^}]+\}/g, encodeURIComponent(text));
}

type Place = readonly string[];

/** Where a text stands, or could stand in place of null. */
function placesIn(value: unknown, at: Place = []): Place[] {
  if (typeof value === 'string' || value === null) return [at];
  if (typeof value !== 'object') return [];
  return Object.entries(value as object).flatMap(([name, inner]) => placesIn(inner, [...at, name]));
}

function planted(value: unknown, [name, ...rest]: Place, text: string): unknown {
  if (name === undefined) return text;
  if (Array.isArray(value)) return value.map((each, at) => (String(at) === name ? planted(each, rest, text) : each));
  return { ...(value as object), [name]: planted((value as Record<string, unknown>)[name], rest, text) };
}
