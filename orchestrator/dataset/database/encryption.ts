import { readFileSync } from 'node:fs';
import type { ServerAddress } from '../../shared/database-address.ts';

export interface Encryption {
  rejectUnauthorized: boolean;
  ca?: string;
}

/** What `sslmode` asks of a client: false is an open connection. */
function encryptionOf({ ssl, sslRoot }: ServerAddress): Encryption | false {
  if (ssl === 'disable') return false;
  return {
    rejectUnauthorized: ssl === 'verify-full',
    ...(sslRoot === null ? {} : { ca: readFileSync(sslRoot, 'utf8') }),
  };
}

/** Opens a connection; with `prefer` an open one where the server has no encryption. */
export async function connectPreferred<T>(
  address: ServerAddress,
  connect: (encryption: Encryption | false) => Promise<T>,
  hasNone: (error: unknown) => boolean,
): Promise<T> {
  try {
    return await connect(encryptionOf(address));
  } catch (error) {
    if (address.ssl !== 'prefer' || !hasNone(error)) throw error;
    return connect(false);
  }
}
