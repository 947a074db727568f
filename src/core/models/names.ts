/** `llama3` and `llama3:latest` are the same model. */
export const isSameModel = (a: string, b: string): boolean => fullName(a) === fullName(b);

export const fullName = (name: string): string =>
  (hasTag(name) ? name : `${name}:latest`).toLowerCase();

const hasTag = (name: string): boolean => name.slice(name.lastIndexOf('/') + 1).includes(':');

/** A server hands these on to its maker's machines, whatever is installed. */
export function isCloudName(name: string): boolean {
  const tag = /:([^:]*)$/.exec(name.trim().toLowerCase())?.[1]?.trim() ?? '';
  return tag === 'cloud' || (tag.endsWith('-cloud') && !tag.includes('/'));
}
