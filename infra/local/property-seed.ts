import fc from 'fast-check';

const usualSeed = 20_261_122;

/**
 * Property tests draw their examples from one seed, so that a commit has one verdict. `PROPERTY_SEED=N` draws others,
 * `PROPERTY_SEED=random` new ones each time (what failed is then told with its seed).
 */
function propertySeed(wanted: string | undefined): number | undefined {
  if (wanted === undefined || wanted === '') return usualSeed;
  return wanted === 'random' ? undefined : Number(wanted);
}

const seed = propertySeed(process.env['PROPERTY_SEED']);
if (seed !== undefined) fc.configureGlobal({ ...fc.readConfigureGlobal(), seed });
