import type { View } from '../../../ports.ts';
import type { Tools } from '../cage/tools.ts';
import type { CopyBounds } from './copy-tree.ts';
import type { Ground, OpenFolder } from './ground.ts';

/** A view before anything runs in it. */
export type OpenedView = Pick<View, 'kind' | 'folder' | 'changes'> & { readonly ground: Ground };

/** What views are made with. */
export type Makers = {
  readonly workspace: string;
  readonly tools: Tools;
  readonly openFolders: (folder: string) => OpenFolder;
  readonly copyBounds: CopyBounds;
};
