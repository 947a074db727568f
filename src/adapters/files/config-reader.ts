import {
  type Environment,
  readConventions,
  readEnvironment,
  readFlags,
} from '../../core/config/layers.ts';
import { type Layer, mergeLayers, nameSettings } from '../../core/config/merge.ts';
import { settingsSchema } from '../../core/config/schema.ts';
import { ok } from '../../core/result.ts';
import type { ArgValues, ConfigScope, Result, TrustedFile } from '../../core/types.ts';
import type { ConfigReader, Configuration, Places } from '../../ports.ts';
import { parseConfig } from './config-document.ts';
import { MAX_CONFIG_BYTES, resolveConfigFile, WORKSPACE_CONFIG } from './config-path.ts';
import { readSmallFile } from './read-small-file.ts';
import { isTrusted, readTrust } from './trust-file.ts';
import { listWorkspaceFiles, sha256Of } from './workspace-files.ts';

/** Says what the files, the environment and the flags say at the time of each call. */
export function createConfigReader(given: {
  readonly places: Places;
  readonly env: Environment;
  /** The global options of the command line. */
  readonly flags: ArgValues;
}): ConfigReader {
  const { places, env, flags } = given;
  return {
    schema: settingsSchema,
    load() {
      const user = readLayer(places, 'user');
      if (!user.ok) return user;
      const workspace = readLayer(places, 'workspace');
      if (!workspace.ok) return workspace;
      const conventions = readConventions(env);
      if (!conventions.ok) return conventions;
      const environment = readEnvironment(env);
      if (!environment.ok) return environment;
      const flagged = readFlags(flags);
      if (!flagged.ok) return flagged;
      const below = [conventions.value, user.value.layer];
      return ok(configure(places, workspace.value, below, [environment.value, flagged.value]));
    },
  };
}

type FileLayer = { readonly layer: Layer; readonly sha256: string };

function readLayer(places: Places, scope: ConfigScope): Result<FileLayer> {
  const path = resolveConfigFile(places, scope);
  if (!path.ok) return path;
  const read = readSmallFile(path.value, MAX_CONFIG_BYTES);
  if (!read.ok) return read;
  const layer = { source: scope, isTrusted: true, values: new Map() };
  if (!read.value) return ok({ layer, sha256: '' });
  const { bytes } = read.value;
  const parsed = parseConfig(bytes.toString('utf8'), path.value);
  if (!parsed.ok) return parsed;
  return ok({ layer: { ...layer, values: parsed.value.values }, sha256: sha256Of(bytes) });
}

function configure(
  places: Places,
  workspace: FileLayer,
  below: readonly Layer[],
  above: readonly Layer[],
): Configuration {
  const trust = readTrust(places);
  const entries = trust.ok ? trust.value : [];
  const config = { path: WORKSPACE_CONFIG, sha256: workspace.sha256 };
  const layer = { ...workspace.layer, isTrusted: isTrusted(entries, config) };
  const all = mergeLayers([...below, layer, ...above]);
  const holdsBack = all.some((setting) => setting.heldBack !== undefined);
  const listed = listWorkspaceFiles(places.workspace);
  const untrusted: readonly TrustedFile[] = [
    ...(holdsBack ? [config] : []),
    ...listed.files.filter((file) => !isTrusted(entries, file)),
  ];
  const warnings = [...(trust.ok ? [] : [trust.error.message]), ...listed.warnings];
  return { settings: nameSettings(all), all, untrusted, warnings };
}
