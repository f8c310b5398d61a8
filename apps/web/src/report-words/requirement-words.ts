const shape = /^pci:([\d.]+):([\d.]+)$/;
/** The version of PCI DSS that the product keeps to; numbers of earlier ones stand beside its own. */
const present = '4.0.1';

export interface RequirementWords {
  /** Numbers of the present version. */
  readonly present: readonly string[];
  /** Numbers of earlier versions with their version: `10.2.4 (v3.0)`. */
  readonly earlier: readonly string[];
}

/** `pci:4.0.1:10.2.1.4` → `10.2.1.4`, `pci:3.0:10.2.4` → `10.2.4 (v3.0)`; what has another shape is left out. */
export function requirementWords(requirements: readonly string[]): RequirementWords {
  const found = requirements.flatMap((text) => {
    const [, version, number] = shape.exec(text) ?? [];
    return version === undefined || number === undefined ? [] : [{ version, number }];
  });
  return {
    present: found.filter(({ version }) => version === present).map(({ number }) => number),
    earlier: found.filter(({ version }) => version !== present).map(({ version, number }) => `${number} (v${version})`),
  };
}
