import { createConfigReader } from '../adapters/files/config-reader.ts';
import { readFlags } from '../core/config/layers.ts';
import { mergeLayers, nameSettings } from '../core/config/merge.ts';
import type { Failure, TrustedFile } from '../core/types.ts';
import type { ConfigReader, Settings } from '../ports.ts';
import type { Start } from './beginning.ts';

export type Configured = {
  readonly reader: ConfigReader;
  readonly settings: Settings;
  /** Files of the workspace that wait for the trust question. */
  readonly untrusted: readonly TrustedFile[];
  /** Why the settings are the defaults and the flags alone. */
  readonly failure: Failure | null;
};

/** What is configured; a configuration that cannot be read still lets one mend it. */
export function readSettings({ places, env, line }: Start): Configured {
  const reader = createConfigReader({ places, env, flags: line.globals });
  const loaded = reader.load();
  if (loaded.ok) {
    const { settings, untrusted } = loaded.value;
    return { reader, settings, untrusted, failure: null };
  }
  const flags = readFlags(line.globals);
  const settings = nameSettings(mergeLayers(flags.ok ? [flags.value] : []));
  return { reader, settings, untrusted: [], failure: loaded.error };
}
