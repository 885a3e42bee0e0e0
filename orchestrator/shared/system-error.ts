import { UserError } from './errors.ts';

interface Refusal {
  code: string;
  message: string;
  remedy: string;
  /** How libraries of other languages say it; they give no code. */
  words: RegExp;
}

const goesOn = 'then run the same command again to resume.';
const rights = 'Check its owner and permissions (ls -ld), or name another place.';

/** What a system refuses for reasons outside of this program. */
const refusals: Refusal[] = [
  {
    code: 'ENOSPC',
    message: 'the disk is full',
    remedy: `Free some space (df -h), or delete files if the disk has no inodes left (df -i); ${goesOn}`,
    words: /no space left on device|os error 28\b|there is not enough space on the disk/i,
  },
  {
    code: 'EDQUOT',
    message: 'your share of the disk is used up',
    remedy: `Free some space, or ask for a larger quota; ${goesOn}`,
    words: /disk quota exceeded|os error 122\b/i,
  },
  {
    code: 'EFBIG',
    message: 'a file would become larger than it may be',
    remedy: `Raise the limit (ulimit -f unlimited), or name a folder on another file system; ${goesOn}`,
    words: /file too large|os error 27\b/i,
  },
  {
    code: 'EACCES',
    message: 'this user is not allowed to open it',
    remedy: rights,
    words: /permission denied|os error 13\b/i,
  },
  {
    code: 'EPERM',
    message: 'this user is not allowed to do that',
    remedy: rights,
    words: /operation not permitted|os error 1\b/i,
  },
  {
    code: 'EROFS',
    message: 'it is on a read-only file system',
    remedy: 'Name a writable folder.',
    words: /read-only file system|os error 30\b/i,
  },
  {
    code: 'ENOTDIR',
    message: 'a part of this path is a file where a folder has to be',
    remedy: 'Check the path, or move the file away.',
    words: /not a directory|os error 20\b/i,
  },
  {
    code: 'EISDIR',
    message: 'is a folder where a file has to be',
    remedy: 'Name a file, or move the folder away.',
    words: /is a directory|os error 21\b/i,
  },
  {
    code: 'ENOENT',
    message: 'does not exist',
    remedy: 'Check the path; what belongs to a run is rebuilt by the same command.',
    words: /no such file or directory|os error 2\b/i,
  },
  {
    code: 'EEXIST',
    message: 'something else with this name exists already',
    remedy: 'Move it away.',
    words: /file exists|os error 17\b/i,
  },
  {
    code: 'ENOTEMPTY',
    message: 'is not empty: something else writes into it',
    remedy: `Stop the program that writes there, ${goesOn}`,
    words: /directory not empty|os error 39\b/i,
  },
  {
    code: 'ENAMETOOLONG',
    message: 'the path is longer than the system allows',
    remedy: 'Name a place with a shorter path.',
    words: /file ?name too long|os error 36\b/i,
  },
  {
    code: 'ELOOP',
    message: 'symbolic links form a loop',
    remedy: 'Fix the symbolic links in this path.',
    words: /too many levels of symbolic links|os error 40\b/i,
  },
  {
    code: 'EMFILE',
    message: 'too many files are open',
    remedy: `Raise the limit (ulimit -n 65536), ${goesOn}`,
    words: /too many open files|os error 24\b/i,
  },
  {
    code: 'ENFILE',
    message: 'too many files are open on this machine',
    remedy: `Close other programs, ${goesOn}`,
    words: /file table overflow/i,
  },
  {
    code: 'EIO',
    message: 'the device failed to read or write',
    remedy:
      'Look at the disk (dmesg, smartctl) or the network drive, and name a file or folder that can be read.',
    words: /input\/output error|os error 5\b/i,
  },
  {
    code: 'ENOMEM',
    message: 'the machine has no memory left',
    remedy: `Close other programs, or lower the sizes in the recipe; ${goesOn}`,
    words: /cannot allocate memory|os error 12\b/i,
  },
  {
    code: 'EAGAIN',
    message: 'the system allows no more processes or threads',
    remedy: `Raise the limit (ulimit -u), or take fewer threads (--threads 2); ${goesOn}`,
    words: /resource temporarily unavailable|os error 11\b/i,
  },
  {
    code: 'EBUSY',
    message: 'is in use by the system',
    remedy: `Wait until it is free, ${goesOn}`,
    words: /device or resource busy|os error 16\b/i,
  },
  {
    code: 'ESTALE',
    message: 'the network drive no longer has it',
    remedy: `Remount the drive, ${goesOn}`,
    words: /stale file handle|os error 116\b/i,
  },
  {
    code: 'ENXIO',
    message: 'is not a file that can be read or written',
    remedy: 'Name an ordinary file or folder.',
    words: /no such device|os error (6|19)\b/i,
  },
  {
    code: 'EINVAL',
    message: 'cannot be read or written like this',
    remedy: 'Name an ordinary file or folder.',
    words: /os error 22\b/i,
  },
];

/** Of a copy, it is the new file that cannot be. */
const ofWriting = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS']);

/**
 * An error of the file system or of the machine's limits, Node's own or told by a library of another language, as the
 * user's error: with its place, and what to do. Null for everything else, which may be a bug. `place` goes before
 * the path that the error names, which may be a temporary one.
 */
export function systemErrorOf(error: unknown, place?: string): UserError | null {
  if (error instanceof UserError) return null;
  for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth++) {
    const { code, path, dest, message } = cause as NodeJS.ErrnoException & { dest?: string };
    const refusal =
      refusals.find((each) => each.code === code) ?? refusals.find(({ words }) => words.test(message));
    if (!refusal) continue;
    return new UserError(
      `system/${refusal.code.toLowerCase()}`,
      `${refusal.message} (${firstLine(message)})`,
      {
        place: place ?? (ofWriting.has(refusal.code) ? dest : undefined) ?? path,
        remedy: refusal.remedy,
        cause: error,
      },
    );
  }
  return null;
}

/** Does something that may fail for the system's reasons; the error then names `place`. */
export function atPlace<T>(place: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw systemErrorOf(error, place) ?? error;
  }
}

function firstLine(message: string): string {
  return message.split('\n', 1)[0].slice(0, 300);
}
