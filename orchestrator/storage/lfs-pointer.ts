/** What `git clone` without Git LFS leaves in the place of a large file begins like this. */
export function isLfsPointer(start: string): boolean {
  return start.startsWith('version https://git-lfs');
}

export const lfsMessage = 'is a pointer of Git LFS, not the file itself';
export const lfsRemedy = 'Fetch it: git lfs pull, in the clone that it lies in; or download the file itself.';
