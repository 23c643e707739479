// Keys of records as paths: parts are parted by slashes, each part encoded.
export function pathOf(key: string): string {
  return key.split('/').map(encodeURIComponent).join('/');
}
