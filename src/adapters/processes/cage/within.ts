/** Whether a path is this folder or lies below it. Both are absolute and normalised. */
export const isWithin = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
