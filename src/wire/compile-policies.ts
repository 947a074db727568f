import { writeFileSync } from 'node:fs';
import { createHashing } from '../adapters/system/hashing.ts';
import { compileBuiltIn } from './policies.ts';

/** A step of the build: rules whose examples fail are not shipped. */
export function compilePoliciesTo(file: string, folder: string): void {
  const compiled = compileBuiltIn(folder, createHashing());
  if (!compiled.ok) {
    throw new Error([compiled.error.message, JSON.stringify(compiled.error.data)].join('\n'));
  }
  writeFileSync(file, compiled.value);
}
