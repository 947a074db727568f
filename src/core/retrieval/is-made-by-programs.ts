/** Whether a path, by its name, is a picture, an archive, or what programs write for programs. */
export const isMadeByPrograms = (path: string): boolean => MADE.test(path);

const MADE =
  /\.(?:png|jpe?g|gif|webp|ico|bmp|pdf|zip|gz|tgz|xz|bz2|7z|jar|war|class|o|a|so|dll|dylib|exe|bin|wasm|woff2?|ttf|otf|eot|mp[34]|mov|avi|webm|wav|flac|sqlite3?|db|pyc|map|lock|gguf|safetensors|min\.js|min\.css)$|(?:^|\/)(?:package-lock\.json|npm-shrinkwrap\.json|pnpm-lock\.yaml|go\.sum)$|(?:^|\/)(?:dist|build|target|out|coverage|vendor|\.next|\.cache)\//i;
