import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { settingsSchema } from '../../core/config/schema.ts';
import { findSetting } from '../../core/config/settings.ts';
import { checkValue } from '../../core/config/values.ts';
import { ok } from '../../core/result.ts';
import type { ConfigScope, Result } from '../../core/types.ts';
import type { ConfigWriter, Places } from '../../ports.ts';
import { setInText, unsetInText } from './config-edit.ts';
import { configPathOf, MAX_CONFIG_BYTES, resolveConfigFile } from './config-path.ts';
import { readSmallFile } from './read-small-file.ts';
import { failureOf } from './system-errors.ts';
import { writeAtomically } from './write-atomically.ts';

/** Edits config files as a person would: one line changes, comments stay. */
export function createConfigWriter(given: { readonly places: Places }): ConfigWriter {
  const { places } = given;
  return {
    set(scope, key, value) {
      const spec = findSetting(key);
      if (!spec.ok) return spec;
      const checked = checkValue(spec.value, value);
      if (!checked.ok) return checked;
      return edit(places, scope, (text, path) => setInText(text ?? NEW_FILE, path, key, value));
    },
    unset(scope, key) {
      const spec = findSetting(key);
      if (!spec.ok) return spec;
      return edit(places, scope, (text, path) =>
        text === null ? ok(null) : unsetInText(text, path, key),
      );
    },
  };
}

const SCHEMA_FILE = 'config.schema.json';
const NEW_FILE = `# yaml-language-server: $schema=./${SCHEMA_FILE}\n\n`;

/** Text in, text out; null for a file that is not there. */
type Edit = (text: string | null, path: string) => Result<string | null>;

function edit(places: Places, scope: ConfigScope, change: Edit): Result<void> {
  const path = resolveConfigFile(places, scope);
  if (!path.ok) return path;
  const read = readSmallFile(path.value, MAX_CONFIG_BYTES);
  if (!read.ok) return read;
  const before = read.value ? read.value.bytes.toString('utf8') : null;
  const after = change(before, path.value);
  if (!after.ok) return after;
  if (after.value === before || after.value === null) return ok(undefined);
  const schema = join(dirname(configPathOf(places, scope)), SCHEMA_FILE);
  const prepared = makeFolders([dirname(path.value), dirname(schema)]);
  if (!prepared.ok) return prepared;
  const described = writeSchema(schema);
  return described.ok ? writeAtomically(path.value, after.value) : described;
}

function makeFolders(folders: readonly string[]): Result<void> {
  for (const folder of folders) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
    } catch (error) {
      return failureOf(error, 'failed', `${folder} cannot be made`);
    }
  }
  return ok(undefined);
}

/** For editors: it lies beside the file, so that nothing has to be fetched. */
function writeSchema(path: string): Result<void> {
  const text = `${JSON.stringify(settingsSchema(), null, 2)}\n`;
  const read = readSmallFile(path, MAX_CONFIG_BYTES);
  const isCurrent = read.ok && read.value?.bytes.toString('utf8') === text;
  return isCurrent ? ok(undefined) : writeAtomically(path, text);
}
