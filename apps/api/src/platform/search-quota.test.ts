import 'reflect-metadata';
import { expect, it } from 'vitest';
import { controllers } from '../api.module.ts';
import { countsAsSearch } from '../request-context/reads-logs.ts';

it('counts every route that asks the index as a search of its organisation', () => {
  const counted = controllers.flatMap((controller) => {
    const prototype = controller.prototype as Readonly<Record<string, unknown>>;
    return Object.getOwnPropertyNames(prototype).flatMap((name) => {
      const handler = name === 'constructor' ? undefined : prototype[name];
      return typeof handler === 'function' && countsAsSearch(handler) ? [`${controller.name}.${name}`] : [];
    });
  });
  expect(counted).toEqual(
    expect.arrayContaining([
      'LogSearchController.search',
      'LogSearchController.histogram',
      'LogSearchController.facets',
      'LogSearchController.fields',
      'EventController.get',
      'EventController.context',
      'EventController.proof',
      'AuditTrailController.list',
      'AccessReportsController.preview',
    ]),
  );
});
